/**
 * Keeps a page that the server made alive without moving what is being read.
 *
 * The page is its own update: it is fetched again, parts marked `data-quiet` take their new words where they stand, and
 * when its shape has changed (`data-shape`) the reader is offered the new one. One template says how things look.
 */

import { byId, make } from "../shared/dom.ts";
import { dataOf, type PageData } from "./page.ts";

/** Between two looks: what comes in a burst is shown at once, then at this rhythm. */
const RHYTHM = 400;
/** How long a changed part stays marked. */
const MARKED = 8_000;
/** A reader at the top of the page who has touched nothing for this long is not reading anything that could move. */
const IDLE = 20_000;

export interface AliveOptions {
  /** Called after a new page took the place of the one before, and once at the start. */
  readonly onShown?: () => void;
  /** Called after quiet parts took their new words. */
  readonly onQuiet?: (page: Document) => void;
  /** Called with each fetched page before anything is taken from it. */
  readonly onFetched?: (page: Document) => void;
  /** Called with what each fetched page says of itself. */
  readonly onData?: (data: PageData) => void;
  /** True when a new shape may be shown without asking. */
  readonly mayShow?: () => boolean;
  /** Milliseconds between two looks. */
  readonly rhythm?: () => number;
}

export class Alive {
  #options: AliveOptions;
  #next: Document | null = null;
  #looking = false;
  #again = false;
  #last = 0;
  #touched = Date.now();
  /** Pages read before this position are too old: a decision of this reader would seem undone. */
  #least = 0;
  /** True while what comes is of the reader's own making: it is shown without asking. */
  #mine = false;

  constructor(options: AliveOptions = {}) {
    this.#options = options;
    for (const event of ["pointerdown", "keydown", "wheel", "touchmove"]) {
      addEventListener(event, () => (this.#touched = Date.now()), { passive: true });
    }
    options.onShown?.();
  }

  /** Look again soon. */
  look(): void {
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = true;
    const wait = Math.max(0, this.#last + (this.#options.rhythm?.() ?? RHYTHM) - Date.now());
    setTimeout(() => void this.#fetch(), wait);
  }

  /** Show at once what a decision of this reader makes of the page, and nothing older. */
  expect(position: number): void {
    this.#least = position;
    this.#mine = true;
    setTimeout(() => {
      this.#least = 0;
      this.#mine = false;
    }, 10_000);
  }

  /** Say that something is done, for as long as it takes to read it. */
  tell(words: string): void {
    const place = document.getElementById("offer");
    const told = make("p", "told", words);
    place?.append(told);
    setTimeout(() => told.remove(), 6_000);
  }

  async #fetch(): Promise<void> {
    this.#again = false;
    this.#last = Date.now();
    const page = await fetchPage(location.href);
    if (page !== null) this.take(page);
    this.#looking = false;
    if (this.#again || page === null) this.look();
  }

  /** Take a newer page: its quiet parts now, its shape when the reader agrees. */
  take(page: Document): void {
    const data = dataOf(page);
    if (data.position < this.#least) return;
    const mine = this.#mine && this.#least > 0;
    this.#options.onFetched?.(page);
    this.#least = 0;
    this.#options.onData?.(data);
    document.title = page.title;
    const now = byId("living");
    const then = page.getElementById("living");
    if (then === null) return;
    if (now.dataset["shape"] === then.dataset["shape"]) {
      this.#offer(null);
      quieten(now, then);
      stand(page);
      this.#options.onQuiet?.(page);
      return;
    }
    quieten(now, then);
    this.#offer(page);
    if (mine || (this.#options.mayShow ?? (() => this.#free()))()) this.show();
  }

  /** Put the newest page in the place of this one; what is under the reader's eyes stays where it is. */
  show(): void {
    const page = this.#next;
    const then = page?.getElementById("living");
    if (!page || !then) return;
    const now = byId("living");
    const anchor = topmost(now);
    const focused = document.activeElement?.id ?? "";
    transplant(now, then);
    now.dataset["shape"] = then.dataset["shape"] ?? "";
    stand(page);
    if (anchor !== null) {
      const moved = document.getElementById(anchor.id);
      if (moved) scrollBy({ top: moved.getBoundingClientRect().top - anchor.top, behavior: "instant" });
    }
    if (focused !== "") document.getElementById(focused)?.focus({ preventScroll: true });
    this.#offer(null);
    this.#options.onShown?.();
  }

  #offer(page: Document | null): void {
    this.#next = page;
    const place = document.getElementById("offer");
    if (place === null) return;
    const there = place.querySelector(":scope > button");
    if (page === null) there?.remove();
    else if (there === null) {
      const button = make("button", "button primary", place.dataset["words"] ?? "");
      button.type = "button";
      button.addEventListener("click", () => {
        this.show();
        byId("main").focus({ preventScroll: true });
      });
      place.append(button);
    }
  }

  /** True when nothing that moves could be under a reading eye or a working hand. */
  #free(): boolean {
    if (document.querySelector("dialog[open], form.rename, .choosing")) return false;
    // Nothing was shown yet: the first themes move nothing.
    if (byId("living").querySelector("[data-theme]") === null && this.#next?.querySelector("[data-theme]")) return true;
    if (document.hidden) return true;
    const reading = byId("living").contains(document.activeElement) || getSelection()?.type === "Range";
    return !reading && scrollY < 40 && Date.now() - this.#touched > IDLE;
  }
}

/** Say of which version this page now is: what is frozen is what stands under the reader's eyes, not what once opened. */
function stand(page: Document): void {
  const then = page.getElementById("page-data");
  if (then !== null) byId("page-data").textContent = then.textContent;
}

/** Fetch a page of ours; null when it cannot be had now. */
export async function fetchPage(address: string): Promise<Document | null> {
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin", cache: "no-store" });
    if (!response.ok) {
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      return response.status >= 500 || response.status === 429 ? null : document.implementation.createHTMLDocument();
    }
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    return null;
  }
}

/** Give each quiet part its new words where it stands, and mark those that changed for a while. */
function quieten(now: Element, then: Element): void {
  const parts = new Map<string, Element>();
  for (const part of then.querySelectorAll<HTMLElement>("[data-quiet]")) parts.set(part.dataset["quiet"]!, part);
  for (const part of now.querySelectorAll<HTMLElement>("[data-quiet]")) {
    const next = parts.get(part.dataset["quiet"]!);
    if (!next || same(part, next)) continue;
    const said = part.textContent;
    const within = part.contains(document.activeElement);
    transplant(part, next);
    // A hand that was at work here goes on from here: what it pressed may be gone.
    if (within) part.closest("details")?.querySelector("summary")?.focus({ preventScroll: true });
    if (said !== part.textContent) mark(part);
  }
}

function same(one: Element, other: Element): boolean {
  return one.innerHTML === other.innerHTML;
}

function mark(part: Element): void {
  part.classList.add("just");
  setTimeout(() => part.classList.remove("just"), MARKED);
}

/** Put the content of one element in the place of another's, leaving open what the reader had opened. */
export function transplant(now: Element, then: Element): void {
  const open = new Set([...now.querySelectorAll<HTMLDetailsElement>("details[open]")].map((part) => part.id));
  now.replaceChildren(...[...then.childNodes].map((node) => document.importNode(node, true)));
  for (const part of now.querySelectorAll<HTMLDetailsElement>("details")) if (open.has(part.id)) part.open = true;
}

/** The first thing with a name that the reader sees, and where it stands. */
function topmost(within: Element): { id: string; top: number } | null {
  for (const part of within.querySelectorAll<HTMLElement>("[id]")) {
    const { top, bottom } = part.getBoundingClientRect();
    if (bottom > 0 && top < innerHeight && part.offsetParent !== null) return { id: part.id, top };
  }
  return null;
}
