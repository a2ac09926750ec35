/**
 * The field one types in: it grows with its words, and knows a finished Enter from one that belongs to a composition.
 *
 * Saving takes a moment of disk; what is typed meanwhile stays in the field. The draft survives a closed page.
 */

export interface FieldKeys {
  /** The words are finished. */
  readonly enter: () => void;
  /** A key that is not part of writing; true when it was taken. */
  readonly key: (event: KeyboardEvent) => boolean;
  readonly input: () => void;
}

export class Field {
  readonly element: HTMLTextAreaElement;
  /** What Enter has taken and the disk has not yet; "" when nothing is on its way. */
  leaving = "";
  #keys: FieldKeys;
  #shift = false;
  #composing = false;

  constructor(element: HTMLTextAreaElement, keys: FieldKeys) {
    this.element = element;
    this.#keys = keys;
    element.addEventListener("keydown", (event) => this.#keydown(event));
    element.addEventListener("keyup", (event) => (this.#shift = event.shiftKey));
    element.addEventListener("beforeinput", (event) => this.#beforeInput(event));
    element.addEventListener("input", () => this.#changed());
    element.addEventListener("compositionstart", () => (this.#composing = true));
    element.addEventListener("compositionend", () => (this.#composing = false));
  }

  get text(): string {
    return this.element.value;
  }

  get caret(): number {
    return this.element.selectionStart;
  }

  get empty(): boolean {
    return this.element.value === "";
  }

  /** Whether what stands here is on its way to the disk, and nothing was typed since. */
  get isLeaving(): boolean {
    return !this.empty && this.text === this.leaving;
  }

  set(text: string, caret = text.length): void {
    this.element.value = text;
    this.element.setSelectionRange(caret, caret);
    this.#changed();
  }

  focus(): void {
    this.element.focus({ preventScroll: true });
  }

  /** Take saved words out of the field; what was typed after them stays, and a composition under way is let finish. */
  async consume(saved: string): Promise<void> {
    await this.#composed();
    const now = this.element.value;
    if (now === saved) this.set("");
    else if (now.startsWith(saved)) this.set(now.slice(saved.length).trimStart());
  }

  async #composed(): Promise<void> {
    if (!this.#composing) return;
    await new Promise((resolve) => this.element.addEventListener("compositionend", resolve, { once: true }));
  }

  /** Some phone keyboards call every key « 229 » while they compose: that Enter is theirs. */
  #keydown(event: KeyboardEvent): void {
    this.#shift = event.shiftKey;
    if (event.isComposing || event.keyCode === 229) return;
    if (this.#keys.key(event)) {
      event.preventDefault();
    } else if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.#keys.enter();
    }
  }

  /** Where a phone's Enter comes as a line to insert rather than as a key. */
  #beforeInput(event: InputEvent): void {
    const line = event.inputType === "insertLineBreak" || event.inputType === "insertParagraph";
    if (!line || event.isComposing || this.#shift) return;
    event.preventDefault();
    this.#keys.enter();
  }

  #changed(): void {
    this.#grow();
    this.#keys.input();
  }

  /** As tall as its words, up to what the page leaves; then it scrolls. */
  #grow(): void {
    const { style } = this.element;
    style.height = "auto";
    style.height = `${this.element.scrollHeight + 2}px`;
  }
}
