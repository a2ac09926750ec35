/** What stands in the field, kept from one opening of the page to the next. A convenience: the outbox is the promise. */

import type { Content } from "./acts.ts";

export interface Draft extends Content {
  /** The note being corrected, or "". */
  readonly editing: string;
}

export class Drafts {
  #key: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #latest: Draft | null = null;

  constructor(gathering: string, workshop: string) {
    this.#key = `restitution:draft:${gathering}:${workshop}`;
    addEventListener("pagehide", () => this.#write());
  }

  /** Keep a draft, soon; at once when the page goes away, or when its words have become a note. */
  keep(draft: Draft): void {
    this.#latest = draft;
    clearTimeout(this.#timer);
    if (draft.text === "") this.#write();
    else this.#timer = setTimeout(() => this.#write(), 250);
  }

  read(): Draft | null {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? "null") as Draft | null;
    } catch {
      return null;
    }
  }

  #write(): void {
    if (this.#latest === null) return;
    try {
      localStorage.setItem(this.#key, JSON.stringify(this.#latest));
    } catch {
      // A browser that keeps nothing was already said to keep nothing.
    }
  }
}
