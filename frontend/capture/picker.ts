/** The list under `@` and `#`: the field keeps the focus, arrows choose, Enter or a thumb takes, Escape closes. */

import { byId, make, say } from "../shared/dom.ts";
import { type Candidate, type Suggestion, suggestActors, suggestTerritories, type Token, tokenAt } from "./complete.ts";
import type { Field } from "./field.ts";

export interface PickerOptions {
  readonly field: () => Field;
  readonly actors: () => readonly Candidate[];
  readonly territories: () => readonly string[];
  /** Look elsewhere for territories that start so; true when there are new ones. */
  readonly seek: (query: string) => Promise<boolean>;
  readonly take: (token: Token, suggestion: Suggestion) => void;
  readonly announce: (count: number) => void;
}

export class Picker {
  #options: PickerOptions;
  #list = byId<HTMLUListElement>("suggestions");
  #token: Token | null = null;
  #found: Suggestion[] = [];
  #active = 0;
  /** Where a mark was closed with Escape: it stays closed until another one is begun. */
  #dismissed = -1;

  constructor(options: PickerOptions) {
    this.#options = options;
    // The field must keep the focus, or a phone's keyboard folds away under the thumb.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => this.#tapped(event));
  }

  get open(): boolean {
    return this.#token !== null;
  }

  /** Look at what is being typed. */
  look(): void {
    const field = this.#options.field();
    const token = tokenAt(field.text, field.caret);
    if (token === null) this.#dismissed = -1;
    if (token?.sign === "#") void this.#seek(token);
    const found = token === null || token.start === this.#dismissed ? [] : this.#search(token);
    if (token === null || found.length === 0) return this.#hide();
    const fresh = this.#token === null || this.#token.start !== token.start;
    this.#token = token;
    this.#found = found;
    this.#active = 0;
    this.#draw();
    if (fresh) this.#options.announce(found.length);
  }

  /** Take a key if the list is open and the key is the list's. */
  key(event: KeyboardEvent): boolean {
    if (this.#token === null || event.ctrlKey || event.metaKey || event.altKey) return false;
    switch (event.key) {
      case "ArrowDown":
        return this.#move(1);
      case "ArrowUp":
        return this.#move(-1);
      case "Enter":
      case "Tab":
        return !event.shiftKey && this.#take(this.#active);
      case "Escape":
        return this.close();
      default:
        return false;
    }
  }

  /** Close the list; false if it was not open. */
  close(): boolean {
    if (this.#token === null) return false;
    this.#dismissed = this.#token.start;
    this.#hide();
    return true;
  }

  /** What comes from elsewhere is shown when it still answers what is typed. */
  async #seek(token: Token): Promise<void> {
    if (!(await this.#options.seek(token.query))) return;
    const field = this.#options.field();
    const now = tokenAt(field.text, field.caret);
    if (now?.start === token.start && now.query === token.query) this.look();
  }

  #search({ sign, query }: Token): Suggestion[] {
    return sign === "@" ? suggestActors(query, this.#options.actors()) : suggestTerritories(query, this.#options.territories());
  }

  #move(step: number): boolean {
    this.#active = (this.#active + step + this.#found.length) % this.#found.length;
    this.#point();
    return true;
  }

  #take(index: number): boolean {
    const suggestion = this.#found[index];
    if (this.#token === null || suggestion === undefined) return false;
    const token = this.#token;
    this.#hide();
    this.#options.take(token, suggestion);
    return true;
  }

  #tapped(event: MouseEvent): void {
    const option = (event.target as Element).closest("[role=option]");
    if (option !== null) this.#take([...this.#list.children].indexOf(option));
  }

  #draw(): void {
    this.#list.replaceChildren(...this.#found.map((suggestion, index) => this.#option(suggestion, index)));
    this.#list.hidden = false;
    this.#point();
  }

  #option({ written, beside }: Suggestion, index: number): HTMLLIElement {
    const name = make("span", "words", "");
    say(name, written);
    const option = make("li", "", beside === "" ? [name] : [name, make("span", "soft small", beside)]);
    option.id = `suggestion-${index}`;
    option.setAttribute("role", "option");
    return option;
  }

  #point(): void {
    [...this.#list.children].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === this.#active));
      if (index === this.#active) option.scrollIntoView({ block: "nearest" });
    });
    this.#options.field().element.setAttribute("aria-activedescendant", `suggestion-${this.#active}`);
  }

  #hide(): void {
    this.#token = null;
    this.#found = [];
    this.#list.hidden = true;
    this.#list.replaceChildren();
    this.#options.field().element.removeAttribute("aria-activedescendant");
  }
}
