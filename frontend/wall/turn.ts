/** Shows the last notes one after the other, each long enough to be read; a reader may stop it, or prefer that it stays. */

import { say } from "../shared/dom.ts";
import { WORDS } from "../synthesis/words.ts";
import { staying } from "./staying.ts";

/** Beyond this many characters a note is set smaller, so that it stays whole. */
const LONG = 330;

export class Turn {
  #shown = "";
  #seen = new Set<string>();
  #timer = 0;
  #stopped = false;
  /** Still: the reader asked for less motion, or reads on a phone, where all of them stand in a list. */
  #still = matchMedia("(prefers-reduced-motion: reduce), (max-width: 900px)");

  constructor() {
    this.#still.addEventListener("change", () => this.start());
    document.addEventListener("click", (event) => {
      if ((event.target as HTMLElement).closest("#pause")) this.#toggle();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === " " && event.target === document.body) {
        event.preventDefault();
        this.#toggle();
      }
    });
  }

  /** Take the list that the page now has: what is shown stays, what is new comes next. */
  start(): void {
    const button = document.getElementById("pause");
    const place = document.getElementById("turn");
    if (!button || !place) return;
    const still = this.#still.matches;
    button.hidden = still || this.#notes().length < 2;
    place.classList.toggle("turning", !still);
    clearTimeout(this.#timer);
    if (still) return;
    this.#label(button);
    if (!this.#notes().some((note) => note.dataset["note"] === this.#shown)) this.#next();
    else this.#show(this.#shown);
  }

  #notes(): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>("#turn [data-note]")];
  }

  #next(): void {
    const notes = this.#notes();
    if (notes.length === 0) return;
    const unseen = notes.find((note) => !this.#seen.has(note.dataset["note"] ?? ""));
    const at = notes.findIndex((note) => note.dataset["note"] === this.#shown);
    const next = unseen ?? notes[(at + 1) % notes.length];
    this.#show(next?.dataset["note"] ?? "");
  }

  #show(id: string): void {
    this.#shown = id;
    this.#seen.add(id);
    let text = "";
    for (const note of this.#notes()) {
      const on = note.dataset["note"] === id;
      note.classList.toggle("on", on);
      note.classList.toggle("long", note.textContent.length > LONG);
      if (on) text = note.textContent;
    }
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => this.#next(), staying(text));
  }

  #toggle(): void {
    this.#stopped = !this.#stopped;
    const button = document.getElementById("pause");
    if (button) this.#label(button);
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#next();
  }

  #label(button: HTMLElement): void {
    say(button, this.#stopped ? WORDS.go : WORDS.halt);
    button.setAttribute("aria-pressed", String(this.#stopped));
  }
}
