/** The bottom of the page: kind, words, Enter. What is typed there becomes a note, a correction, or a command. */

import { byId, say } from "../shared/dom.ts";
import type { Kind } from "../shared/protocol.ts";
import type { Content } from "./acts.ts";
import { lengthOf, linesOf, prefixed, substituted, substitution, unbulleted, visible } from "./commands.ts";
import { Chips } from "./chips.ts";
import { type Candidate, once, pick, type Suggestion, type Token, typedMarks } from "./complete.ts";
import type { Drafts } from "./draft.ts";
import { Field } from "./field.ts";
import type { Line } from "./overlay.ts";
import { PasteOffer } from "./pasted.ts";
import { Picker } from "./picker.ts";
import type { Words } from "./words.ts";

export interface ComposerOptions {
  readonly kinds: readonly Kind[];
  readonly limit: number;
  readonly words: Words;
  readonly drafts: Drafts;
  readonly actors: () => readonly Candidate[];
  readonly territories: () => readonly string[];
  readonly seek: (query: string) => Promise<boolean>;
  readonly time: (at: number) => string;
  /** The last note of this device's writer, to correct. */
  readonly last: () => Line | undefined;
  readonly find: (id: string) => Line | undefined;
  readonly write: (contents: readonly Content[], typed: Content) => Promise<void>;
  readonly edit: (line: Line, content: Content) => Promise<void>;
  readonly undo: () => void;
  readonly help: () => void;
  readonly announce: (words: string) => void;
}

export class Composer {
  readonly field: Field;
  #options: ComposerOptions;
  #picker: Picker;
  #kind: string;
  #chips: Chips;
  #pasted: PasteOffer;
  #editing: Line | null = null;
  #saving: Promise<void> = Promise.resolve();

  constructor(options: ComposerOptions) {
    this.#options = options;
    this.#kind = options.kinds[0]?.key ?? "";
    this.field = new Field(byId<HTMLTextAreaElement>("field"), {
      enter: () => this.save(),
      key: (event) => this.#key(event),
      input: () => this.#typed(),
    });
    this.#picker = new Picker({
      field: () => this.field,
      actors: options.actors,
      territories: options.territories,
      seek: options.seek,
      take: (token, suggestion) => this.#take(token, suggestion),
      announce: (count) => options.announce(options.words.suggestions(count)),
    });
    this.#chips = new Chips(options.words, () => this.field.focus());
    this.#pasted = new PasteOffer(options.words, options.announce, () => this.#next(() => this.#saveLines()), () => this.field.focus());
    this.#listen();
    this.#restore();
  }

  /** Choose a kind by its place, as Alt+1 does. */
  choose(index: number): boolean {
    const kind = this.#options.kinds[index];
    if (kind === undefined) return false;
    this.#setKind(kind.key);
    return true;
  }

  /** Put a note's words back in the field, to give it others. */
  correct(line: Line): void {
    const words = line.refusedRow?.payload ?? line;
    this.#editing = line;
    this.#setKind(words.kind ?? line.kind);
    this.#chips.set(words.actors ?? [], words.territories ?? []);
    this.field.set(words.text ?? line.text);
    say(byId("editing-words"), this.#options.words.editing(this.#options.time(line.at)));
    byId("editing").hidden = false;
    this.field.focus();
    this.#keepDraft();
  }

  /** Close what is open here, the nearest first; false if nothing was. */
  close(): boolean {
    if (this.#picker.close() || this.#pasted.close()) return true;
    if (this.#editing === null) return false;
    this.#stopEditing();
    this.field.set("");
    return true;
  }

  /** Put back what stood in the field when it was saved, to save it otherwise; nothing, if other words are there. */
  giveBack(typed: Content): void {
    if (typed.text === "" || !this.field.empty) return;
    this.#setKind(typed.kind);
    this.#chips.set(typed.actors, typed.territories);
    this.field.set(typed.text);
  }

  /** Save what stands in the field; one at a time, in the order of the Enters. */
  save(): void {
    this.field.leaving = this.field.text;
    this.#next(() => this.#save().finally(() => (this.field.leaving = "")));
  }

  #next(saving: () => Promise<void>): void {
    this.#saving = this.#saving.then(saving).catch(() => this.#complain(this.#options.words.notKept));
  }

  #listen(): void {
    byId("kinds").addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-kind]");
      if (button === null) return;
      this.#setKind(button.dataset.kind ?? this.#kind);
      this.field.focus();
    });
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
      this.field.focus();
    });
    // A tap on these must not fold the keyboard away.
    for (const id of ["kinds", "send"]) byId(id).addEventListener("pointerdown", (event) => event.preventDefault());
    byId("stop-editing").addEventListener("click", () => {
      this.close();
      this.field.focus();
    });
    this.field.element.addEventListener("paste", (event) => {
      if (this.#editing === null) this.#pasted.look(event);
    });
  }

  #key(event: KeyboardEvent): boolean {
    if (this.#picker.key(event)) return true;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "ArrowUp" && plain && this.field.isLeaving) {
      // What Enter took stands here until the disk has it: once it has, and if nothing else was typed, it is corrected.
      void this.#saving.then(() => this.field.empty && this.#correctLast());
      return true;
    }
    if (!this.field.empty) return false;
    if (event.key === "ArrowUp" && plain) return this.#correctLast();
    if (event.key === "?" && plain && !this.#typesKind("?")) {
      this.#options.help();
      return true;
    }
    if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      this.#options.undo();
      return true;
    }
    return false;
  }

  #typesKind(sign: string): boolean {
    return this.#options.kinds.some((kind) => kind.typed.includes(sign));
  }

  #correctLast(): boolean {
    const last = this.#options.last();
    if (last === undefined) this.#complain(this.#options.words.noLast);
    else this.correct(last);
    return true;
  }

  #typed(): void {
    this.#complain("");
    if (this.field.empty) this.#pasted.close();
    this.#picker.look();
    this.#showKind(prefixed(this.field.text, this.#options.kinds).kind ?? this.#kind);
    this.#keepDraft();
  }

  async #save(): Promise<void> {
    const typed = this.field.text;
    const change = this.#editing === null ? substitution(typed) : null;
    if (change !== null) return this.#substitute(typed, change);
    const { kind, text } = prefixed(typed, this.#options.kinds);
    if (kind !== null) this.#setKind(kind);
    if (!visible(text)) {
      if (kind !== null) this.field.set("");
      return;
    }
    const content = this.#content(text.trim());
    const length = lengthOf(content.text);
    if (length > this.#options.limit) return this.#complain(this.#options.words.tooLong(length, this.#options.limit));
    const line = this.#editing;
    await (line === null ? this.#options.write([content], this.#typedAs(typed)) : this.#options.edit(line, content));
    await this.#saved(typed, this.#options.words.kept);
  }

  /** The words are on the device: only now does the field let them go. */
  async #saved(typed: string, said: string): Promise<void> {
    this.#stopEditing();
    this.#chips.set([], []);
    this.#pasted.close();
    await this.field.consume(typed);
    this.#options.announce(said);
  }

  async #substitute(typed: string, change: NonNullable<ReturnType<typeof substitution>>): Promise<void> {
    const { words } = this.#options;
    const last = this.#options.last();
    if (last === undefined) return this.#complain(words.noLast);
    const text = substituted(last.text, change);
    if (text === null || !visible(text)) return this.#complain(words.notInLast(change.from));
    await this.#options.edit(last, { kind: last.kind, text, actors: last.actors, territories: last.territories });
    await this.#saved(typed, words.kept);
  }

  async #saveLines(): Promise<void> {
    const typed = this.field.text;
    const lines = linesOf(typed);
    const bare = unbulleted(lines)?.map((text) => ({ kind: null, text }));
    const contents = (bare ?? lines.map((line) => prefixed(line, this.#options.kinds))).map(({ kind, text }) => ({
      ...this.#content(text.trim()),
      kind: kind ?? this.#kind,
    }));
    const written = contents.filter((content) => visible(content.text));
    // The offer was taken twice in one instant: the field is empty by now.
    if (written.length === 0) return;
    await this.#options.write(written, this.#typedAs(typed));
    await this.#saved(typed, this.#options.words.madeNotes(written.length));
    this.field.focus();
  }

  #typedAs(text: string): Content {
    return { kind: this.#kind, text, actors: this.#chips.actors, territories: this.#chips.territories };
  }

  #content(text: string): Content {
    const marks = typedMarks(text, this.#options.actors(), this.#options.territories());
    return {
      kind: this.#kind,
      text,
      actors: once([...this.#chips.actors, ...marks.actors]),
      territories: once([...this.#chips.territories, ...marks.territories]),
    };
  }

  #take(token: Token, suggestion: Suggestion): void {
    const { text, caret } = pick(this.field.text, token, this.field.caret, suggestion);
    this.#chips.add(token.sign, suggestion.name);
    this.field.set(text, caret);
    this.field.focus();
  }

  #setKind(kind: string): void {
    this.#kind = kind;
    this.#showKind(kind);
    this.#keepDraft();
  }

  #showKind(kind: string): void {
    for (const button of byId("kinds").querySelectorAll<HTMLElement>("[data-kind]")) {
      button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
    }
    byId("composer").dataset.kind = kind;
  }

  #stopEditing(): void {
    if (this.#editing !== null) this.#chips.set([], []);
    this.#editing = null;
    byId("editing").hidden = true;
  }

  #complain(words: string): void {
    const complaint = byId("complaint");
    say(complaint, words);
    complaint.hidden = words === "";
    this.field.element.setAttribute("aria-invalid", String(words !== ""));
  }

  #keepDraft(): void {
    const { text } = this.field;
    this.#options.drafts.keep({
      kind: this.#kind,
      text,
      actors: this.#chips.actors,
      territories: this.#chips.territories,
      editing: this.#editing?.id ?? "",
    });
  }

  #restore(): void {
    const draft = this.#options.drafts.read();
    const known = this.#options.kinds.some((kind) => kind.key === draft?.kind);
    this.#showKind((this.#kind = known && draft !== null ? draft.kind : this.#kind));
    if (draft === null || draft.text === "") return;
    const line = draft.editing === "" ? undefined : this.#options.find(draft.editing);
    if (line !== undefined) this.correct(line);
    this.#chips.set(draft.actors, draft.territories);
    this.field.set(draft.text);
  }
}
