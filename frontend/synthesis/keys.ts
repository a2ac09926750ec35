/** The keys of the list of themes: they act on the theme that holds the focus, never elsewhere. */

import { make } from "../shared/dom.ts";
import { WORDS } from "./words.ts";

export interface KeysOptions {
  readonly rename: (theme: HTMLElement) => void;
  readonly merge: (theme: HTMLElement) => void;
}

/** Listen for the whole page, so that themes that appear later have their keys too. */
export function listen(options: KeysOptions): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = event.target as HTMLElement;
    if (target.closest("input, textarea, select, dialog")) return;
    if (event.key === "?") {
      event.preventDefault();
      showKeys();
      return;
    }
    const theme = target.closest<HTMLElement>("[data-theme]");
    if (theme === null) return;
    const act = { r: () => options.rename(theme), m: () => options.merge(theme), j: () => step(theme, 1), k: () => step(theme, -1) }[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

/** Go to the next or the previous theme that is in sight. */
function step(theme: HTMLElement, by: number): void {
  const all = [...document.querySelectorAll<HTMLElement>("[data-theme]")].filter((one) => one.offsetParent !== null);
  const next = all[all.indexOf(theme) + by];
  next?.querySelector<HTMLElement>(".name a")?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

/** Show the keys, on demand. */
export function showKeys(): void {
  const dialog = make("dialog", "keys");
  const title = make("h2", "", WORDS.keys);
  title.id = "keys-title";
  dialog.setAttribute("aria-labelledby", title.id);
  const close = make("button", "button", WORDS.close);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(make("div", "flow", [title, listed(WORDS.keysEverywhere), make("p", "", WORDS.keysWhere), listed(WORDS.keysList), close]));
  document.body.append(dialog);
  dialog.showModal();
}

function listed(lines: readonly (readonly string[])[]): HTMLElement {
  const list = make("dl", "key-list");
  for (const [key = "", meaning = ""] of lines) list.append(make("dt", "", [make("kbd", "", key)]), make("dd", "", meaning));
  return list;
}
