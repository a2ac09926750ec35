/** The notes: each appears once and stays where it appeared. What arrives while one reads is counted, not pushed. */

import { byId, say } from "../shared/dom.ts";
import { NoteView, type NoteContext } from "./note-view.ts";
import type { Line } from "./overlay.ts";

/** Closer to the end than this, the reader is at the end. */
const NEAR = 48;

export class NoteList {
  #scroller = byId("notes-scroll");
  #list = byId<HTMLOListElement>("notes");
  #empty = byId("no-notes");
  #arrivals = byId<HTMLButtonElement>("arrivals");
  #views = new Map<string, NoteView>();
  #context: NoteContext;
  #unseen = 0;
  #atEnd = true;
  #first = true;

  constructor(context: NoteContext) {
    this.#context = context;
    this.#arrivals.addEventListener("click", () => this.toEnd());
    this.#scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => {
      if (this.#atEnd) this.#scrollToEnd();
    }).observe(this.#scroller);
  }

  /** Show these lines; return how many notes of others are new. */
  show(lines: readonly Line[]): number {
    const anchor = this.#atEnd ? null : this.#anchor();
    let arrived = 0;
    const seen = new Set<string>();
    for (const line of lines) {
      seen.add(line.id);
      const view = this.#views.get(line.id);
      if (view !== undefined) view.update(line);
      else if (!line.removed) arrived += this.#append(line);
    }
    for (const [id, view] of this.#views) if (!seen.has(id)) this.#forget(id, view);
    this.#empty.hidden = this.#views.size > 0;
    if (anchor !== null) this.#scroller.scrollTop += anchor.element.offsetTop - anchor.top;
    if (this.#atEnd) this.#scrollToEnd();
    else if (!this.#first) this.#count(this.#unseen + arrived);
    this.#first = false;
    return arrived;
  }

  /** Go to the end, as one does when writing. */
  toEnd(): void {
    this.#atEnd = true;
    this.#scrollToEnd();
    this.#count(0);
  }

  /** Close whatever is open on a note; false if nothing was. */
  close(): boolean {
    return [...this.#views.values()].map((view) => view.close()).includes(true);
  }

  #append(line: Line): number {
    const view = new NoteView(line, this.#context);
    this.#views.set(line.id, view);
    this.#list.append(view.element);
    return line.mine || this.#first ? 0 : 1;
  }

  #forget(id: string, view: NoteView): void {
    view.element.remove();
    this.#views.delete(id);
  }

  /** The first note in sight, and where it is: whatever changes above, it stays there. */
  #anchor(): { element: HTMLElement; top: number } | null {
    const edge = this.#scroller.scrollTop;
    for (const { element } of this.#views.values()) {
      if (element.offsetTop + element.offsetHeight > edge) return { element, top: element.offsetTop };
    }
    return null;
  }

  #scrolled(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.#atEnd) this.#count(0);
  }

  #scrollToEnd(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #count(unseen: number): void {
    this.#unseen = unseen;
    this.#arrivals.hidden = unseen === 0;
    if (unseen > 0) say(this.#arrivals, this.#context.say.arrived(unseen));
  }
}
