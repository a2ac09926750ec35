/** The marks that will go with the note, under the field: each with its name, each removed with one tap. */

import { byId, make } from "../shared/dom.ts";
import { once } from "./complete.ts";
import type { Words } from "./words.ts";

export class Chips {
  #words: Words;
  #removed: () => void;
  #actors: readonly string[] = [];
  #territories: readonly string[] = [];

  constructor(words: Words, removed: () => void) {
    this.#words = words;
    this.#removed = removed;
  }

  get actors(): readonly string[] {
    return this.#actors;
  }

  get territories(): readonly string[] {
    return this.#territories;
  }

  set(actors: readonly string[], territories: readonly string[]): void {
    this.#actors = once(actors);
    this.#territories = once(territories);
    const chips = [...this.#actors.map((name) => this.#chip("@", name)), ...this.#territories.map((name) => this.#chip("#", name))];
    byId("marks").replaceChildren(...chips);
    byId("marks").hidden = chips.length === 0;
  }

  add(sign: string, name: string): void {
    if (sign === "@") this.set([...this.#actors, name], this.#territories);
    else this.set(this.#actors, [...this.#territories, name]);
  }

  #remove(sign: string, name: string): void {
    const others = (names: readonly string[]): string[] => names.filter((other) => other !== name);
    if (sign === "@") this.set(others(this.#actors), this.#territories);
    else this.set(this.#actors, others(this.#territories));
    this.#removed();
  }

  #chip(sign: string, name: string): HTMLButtonElement {
    const cross = make("span", "", "×");
    cross.setAttribute("aria-hidden", "true");
    const chip = make("button", "button chip", [make("span", "words", `${sign}${name}`), cross]);
    chip.type = "button";
    chip.setAttribute("aria-label", this.#words.unmark(`${sign}${name}`));
    chip.addEventListener("click", () => this.#remove(sign, name));
    return chip;
  }
}
