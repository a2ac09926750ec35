// The wall: a slow page. Numbers follow the notes; the last notes take turns; nothing asks for a hand.

import { Live } from "../shared/live.ts";
import { say } from "../shared/dom.ts";
import { Alive } from "../synthesis/alive.ts";
import { dataOf } from "../synthesis/page.ts";
import { WORDS } from "../synthesis/words.ts";
import { fit } from "./fit.ts";
import { Turn } from "./turn.ts";

const data = dataOf(document);

/** A hall of phones does not ask in the same second, and a room reads slowly. */
const CALM = 3_000;
const SPREAD = 5_000;

const turn = new Turn();

function settle(): void {
  turn.start();
  fit();
}

addEventListener("resize", fit);
void document.fonts.ready.then(fit);

const alive = new Alive({
  rhythm: () => CALM + Math.random() * SPREAD,
  mayShow: () => true,
  onShown: () => settle(),
  onQuiet: () => settle(),
});

const live = new Live({
  doors: data.doors,
  after: data.head,
  onEntry: (entry) => {
    if (/^(edition|programme)\./.test(entry.name)) alive.look();
  },
  onState: (state) => {
    const place = document.getElementById("fresh");
    if (place) say(place, state === "cut" || state === "refused" ? ` · ${WORDS.cut(clock())}` : "");
    if (state === "live") heard = Date.now();
  },
  onPresence: () => (heard = Date.now()),
});
let heard = Date.now();

function clock(): string {
  return new Date(heard).toLocaleTimeString("fr", { hour: "2-digit", minute: "2-digit" });
}

void live.run();
for (const event of ["online", "visibilitychange"]) addEventListener(event, () => live.wake());
