/** One note on the page: its kind, its hour, where its words are, what one can do with it. Updated in place, never moved. */

import { make, say, words } from "../shared/dom.ts";
import type { Kind, Wording } from "../shared/protocol.ts";
import { differing } from "./differing.ts";
import type { Line } from "./overlay.ts";
import type { Words } from "./words.ts";

export interface NoteActions {
  readonly correct: (line: Line) => void;
  readonly remove: (line: Line) => void;
  readonly restore: (line: Line) => void;
  readonly settle: (line: Line, revision: number) => void;
  readonly again: (line: Line) => void;
  readonly setAside: (line: Line) => void;
  /** Whether undoing now would take back a correction of this note. */
  readonly hasCorrected: (line: Line) => boolean;
  readonly undo: () => void;
}

export interface NoteContext {
  readonly kinds: readonly Kind[];
  readonly say: Words;
  readonly time: (at: number) => string;
  readonly actions: NoteActions;
}

const MARKS: Record<Line["state"], string> = { received: "✓", here: "◌", review: "!" };

export class NoteView {
  readonly element = make("li", "note");
  #context: NoteContext;
  #line: Line;
  #open = false;
  #shown = "";

  constructor(line: Line, context: NoteContext) {
    this.#context = context;
    this.#line = line;
    this.update(line);
  }

  get line(): Line {
    return this.#line;
  }

  /** Show the line as it is now; nothing is touched when nothing changed. */
  update(line: Line): void {
    const shown = JSON.stringify([line, this.#open]);
    if (shown === this.#shown) return;
    const before = this.#shown === "" ? null : this.#line;
    this.#shown = shown;
    this.#line = line;
    const focused = this.element.contains(document.activeElement) ? document.activeElement?.getAttribute("data-do") : null;
    this.element.dataset.kind = line.kind;
    this.element.dataset.state = line.removed ? "removed" : line.state;
    this.element.replaceChildren(...(line.removed ? this.#gone() : this.#whole()));
    this.#markChange(before);
    if (focused !== null) this.#refocus(focused);
  }

  close(): boolean {
    if (!this.#open) return false;
    this.#toggle(false);
    return true;
  }

  #refocus(focused: string | undefined): void {
    const again = focused === undefined ? null : this.element.querySelector<HTMLElement>(`[data-do="${focused}"]`);
    (again ?? this.element.querySelector<HTMLElement>("button"))?.focus();
  }

  /** What somebody else changed is marked for a while; it does not jump. */
  #markChange(before: Line | null): void {
    if (before === null || before.text === this.#line.text || this.#line.state !== "received") return;
    if (before.state !== "received") return;
    this.element.classList.add("changed");
    this.element.title = this.#context.say.changed;
    setTimeout(() => {
      this.element.classList.remove("changed");
      this.element.removeAttribute("title");
    }, 20_000);
  }

  #whole(): HTMLElement[] {
    const parts: HTMLElement[] = [this.#head()];
    if (this.#line.rivals.length > 0) parts.push(this.#rivals());
    else parts.push(words("p", "text", this.#line.text), ...this.#marks(this.#line));
    if (this.#line.refusedRow !== null) parts.push(this.#refusal());
    if (this.#open) parts.push(this.#choices());
    return parts;
  }

  #kindOf(key: string): HTMLElement {
    const kind = this.#context.kinds.find((one) => one.key === key);
    const sign = make("span", "sign", kind?.sign ?? "●");
    sign.setAttribute("aria-hidden", "true");
    const badge = make("span", "kind", [sign, kind?.label ?? key]);
    badge.dataset.kind = key;
    return badge;
  }

  #head(): HTMLElement {
    const { say: say_, time } = this.#context;
    const head = make("div", "head-line", [this.#kindOf(this.#line.kind)]);
    if (!this.#line.mine) head.append(make("span", "spoken", say_.colleague));
    const hour = make("time", "soft small", time(this.#line.at));
    hour.dateTime = new Date(this.#line.at).toISOString();
    head.append(hour);
    if (this.#line.mine || this.#line.state !== "received") head.append(...this.#mark());
    head.append(this.#more());
    return head;
  }

  #mark(): HTMLElement[] {
    const mark = make("span", "mark", MARKS[this.#line.state]);
    mark.setAttribute("aria-hidden", "true");
    const meaning = this.#context.say[this.#line.state];
    mark.title = meaning;
    return [mark, make("span", this.#line.state === "review" ? "small" : "spoken", meaning)];
  }

  #more(): HTMLElement {
    const { kinds, say: say_, time } = this.#context;
    const label = kinds.find((one) => one.key === this.#line.kind)?.label ?? this.#line.kind;
    const more = this.#button("⋯", "more", () => this.#toggle(!this.#open));
    more.className = "more";
    more.setAttribute("aria-label", say_.actions(label, time(this.#line.at), this.#line.mine));
    more.setAttribute("aria-expanded", String(this.#open));
    return more;
  }

  #toggle(open: boolean): void {
    this.#open = open;
    this.update(this.#line);
    if (open) this.element.scrollIntoView({ block: "nearest" });
  }

  #choices(): HTMLElement {
    const { say: say_, actions } = this.#context;
    const row = make("div", "row choices", [this.#button(say_.correct, "correct", () => this.#act(actions.correct))]);
    if (this.#line.mine) row.append(this.#button(say_.remove, "remove", () => this.#act(actions.remove)));
    if (actions.hasCorrected(this.#line)) row.append(this.#button(say_.uncorrect, "undo", () => this.#act(actions.undo)));
    return row;
  }

  #act(action: (line: Line) => void): void {
    this.#toggle(false);
    action(this.#line);
  }

  #marks({ actors, territories }: Pick<Wording, "actors" | "territories">): HTMLElement[] {
    if (actors.length + territories.length === 0) return [];
    const names = [...actors.map((name) => `@${name}`), ...territories.map((name) => `#${name}`)];
    return [make("p", "chips", names.map((name) => words("span", "chip", name)))];
  }

  #refusal(): HTMLElement {
    const { say: say_, actions } = this.#context;
    const row = this.#line.refusedRow;
    const parts: HTMLElement[] = [make("p", "", row?.refusal?.sentence ?? "")];
    const typed = row?.payload.text ?? "";
    if (typed !== this.#line.text && typed !== "") parts.push(make("p", "small", say_.yourVersion), words("p", "text", typed));
    parts.push(
      make("div", "row", [
        this.#button(say_.correct, "correct", () => actions.correct(this.#line)),
        this.#button(say_.again, "again", () => actions.again(this.#line)),
        this.#button(say_.setAside, "aside", () => actions.setAside(this.#line)),
      ]),
    );
    return make("div", "notice", parts);
  }

  #rivals(): HTMLElement {
    const { say: say_ } = this.#context;
    const [standing, rivals] = [this.#line as Wording, this.#line.rivals];
    const versions = [standing, ...rivals].map((one, index) => this.#version(one, index, index === 0 ? rivals[0]! : standing));
    return make("div", "notice rivals", [make("p", "", say_.twoVersions), make("div", "columns", versions)]);
  }

  #version(wording: Wording, index: number, beside: Wording): HTMLElement {
    const { say: say_, time, actions } = this.#context;
    const title = index === 0 ? say_.thisOne : `${time(wording.at)} · ${wording.mine ? say_.yours : say_.colleague}`;
    const text = words("p", "text", wording.text);
    text.replaceChildren(...differing(wording.text, beside.text).map((piece) => (piece.differs ? make("mark", "", piece.text) : piece.text)));
    const parts: HTMLElement[] = [make("p", "small soft", title), text, ...this.#marks(wording)];
    parts.push(this.#button(say_.keepThis, `keep-${wording.revision}`, () => actions.settle(this.#line, wording.revision)));
    return make("div", "version", parts);
  }

  #gone(): HTMLElement[] {
    const { say: say_, actions } = this.#context;
    const parts: HTMLElement[] = [make("span", "soft", this.#line.mine ? say_.removed : say_.removedByOther)];
    if (this.#line.mine) parts.push(this.#button(say_.restore, "restore", () => actions.restore(this.#line)));
    return [make("div", "row", parts)];
  }

  #button(label: string, does: string, act: () => void): HTMLButtonElement {
    const button = make("button", "button");
    say(button, label);
    button.type = "button";
    button.dataset.do = does;
    button.addEventListener("click", act);
    return button;
  }
}
