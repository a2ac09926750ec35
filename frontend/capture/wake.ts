/** When to try again at once: the network says that it is back, or the screen is lit after a sleep. */

import type { Live } from "../shared/live.ts";
import type { Sender } from "./sender.ts";

/** A screen dark for longer may hold a line that only looks alive. */
const LONG_SLEEP = 20_000;

export function wakeWith(sender: Sender, live: Live): void {
  let dark = 0;
  addEventListener("online", () => {
    sender.wake();
    live.wake();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      dark = Date.now();
      return;
    }
    sender.wake();
    if (Date.now() - dark > LONG_SLEEP) live.wake();
  });
}
