/** Saying something to those who listen to the page; what is shown is said elsewhere. */

import { byId } from "../shared/dom.ts";

export function announce(words: string): void {
  const region = byId("announcements");
  region.textContent = "";
  setTimeout(() => (region.textContent = words), 60);
}

let lastAnnounced = 0;

/** What others write is announced at most twice a minute: a listener must be able to think. */
export function announceRarely(words: string): void {
  if (Date.now() - lastAnnounced < 30_000) return;
  lastAnnounced = Date.now();
  announce(words);
}
