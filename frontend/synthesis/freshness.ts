/** Says how fresh the page is, and only what is true: when the server last spoke, what is still on its way, what is cut. */

import type { LiveState } from "../shared/live.ts";
import { say } from "../shared/dom.ts";
import { WORDS } from "./words.ts";

/** Below this, a note on its way is not worth a word. */
const SOON = 2_000;

export class Freshness {
  #state: LiveState = "connecting";
  #heard: number;
  /** Notes on the stream that no page has shown yet, with when they came. */
  #coming: { position: number; at: number }[] = [];

  /** The page was made at this moment: one that was kept on this device says its own age. */
  constructor(heard = Date.now()) {
    this.#heard = heard;
    setInterval(() => this.tell(), 1_000);
  }

  /** The server said something. */
  heard(): void {
    this.#heard = Date.now();
  }

  state(state: LiveState): void {
    this.#state = state;
    if (state === "live" || state === "polling") this.heard();
    this.tell();
  }

  /** A note was written at this position. */
  coming(position: number): void {
    this.#coming.push({ position, at: Date.now() });
  }

  /** The themes that are shown were read from this position. */
  shown(position: number): void {
    this.#coming = this.#coming.filter((note) => note.position > position);
    this.tell();
  }

  tell(): void {
    const place = document.getElementById("fresh");
    if (place !== null) say(place, this.#sentence());
  }

  #sentence(): string {
    if (this.#state === "refused") return WORDS.refused;
    if (this.#state === "cut") return WORDS.cut(clock(this.#heard));
    const late = this.#coming.filter((note) => Date.now() - note.at > SOON).length;
    if (late > 0) return WORDS.arriving(this.#coming.length);
    const seconds = Math.floor((Date.now() - this.#heard) / 1000);
    if (seconds < 10) return WORDS.now;
    return seconds < 60 ? WORDS.seconds(Math.floor(seconds / 10) * 10) : WORDS.minutes(Math.floor(seconds / 60));
  }
}

function clock(moment: number): string {
  return new Date(moment).toLocaleTimeString(document.documentElement.lang || "fr", { hour: "2-digit", minute: "2-digit" });
}
