/**
 * Keeps the board true: the same page is asked for again, and each part marked data-live takes its new words where it
 * stands. Nothing moves: when rows would change places, the page offers it and waits. The server alone makes sentences.
 */

import { byId, pageData } from "../shared/dom.ts";
import { Live } from "../shared/live.ts";

interface BoardData {
  readonly doors: string;
  readonly after: number;
}

/** Screens come and go, and devices say what they hold, without an operation. */
const AT_LEAST_EVERY = 5_000;
/** A room that writes fast does not make the board ask ten times a second. */
const AT_MOST_EVERY = 1_500;

const FORBIDDEN = 403;

export function keepAlive(): void {
  const { doors, after } = pageData<BoardData>();
  const board = new Board();
  const live = new Live({ doors, after, onEntry: () => board.soon(), onPresence: () => board.soon() });
  void live.run();
  setInterval(() => board.soon(), AT_LEAST_EVERY);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") board.soon();
  });
}

class Board {
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** Look again shortly, once, however many things happened. */
  soon(): void {
    if (this.#timer !== null || document.visibilityState === "hidden") return;
    const wait = Math.max(0, this.#asked + AT_MOST_EVERY - Date.now());
    this.#timer = setTimeout(() => void this.#look(), wait);
  }

  async #look(): Promise<void> {
    this.#asked = Date.now();
    const fresh = await this.#fetch();
    this.#timer = null;
    stale(fresh === null);
    if (fresh !== null) renew(fresh);
  }

  async #fetch(): Promise<Document | null> {
    try {
      const response = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (response.status === FORBIDDEN) location.reload();
      return response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
    } catch {
      return null;
    }
  }
}

/** Say that the figures are old; hide the sentence as soon as they are not. */
function stale(old: boolean): void {
  const notice = byId("stale");
  if (notice.hidden === !old) return;
  notice.textContent = old ? (notice.dataset.words ?? "") : "";
  notice.hidden = !old;
}

/** Take the new words of each part, except the part where the keyboard is. */
function renew(fresh: Document): void {
  const parts = new Map([...fresh.querySelectorAll("[data-live]")].map((part) => [part.getAttribute("data-live"), part]));
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = parts.get(part.getAttribute("data-live"));
    if (next === undefined || part.contains(document.activeElement) || part.innerHTML === next.innerHTML) continue;
    part.replaceChildren(...[...next.childNodes].map((node) => document.importNode(node, true)));
  }
  const [now, then] = [shape(document), shape(fresh)];
  byId("moved").hidden = now === then;
  document.title = fresh.title;
}

function shape(page: Document): string {
  return page.querySelector("[data-shape]")?.getAttribute("data-shape") ?? "";
}
