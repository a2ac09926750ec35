// Starts the organiser's pages: whatever a page holds is given its life, and a page without scripts still works.

import { keepAlive } from "./alive.ts";
import { offerCopies } from "./copies.ts";
import { offerPrint } from "./print.ts";

offerCopies();
offerPrint();
if (document.querySelector("[data-shape]") !== null) keepAlive();
