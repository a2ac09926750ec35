/** The keys of themes and proposals: they act on the one that holds the focus, never elsewhere. */

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
    const one = target.closest<HTMLElement>("[data-theme], .proposal");
    if (one === null) return;
    const act = actOf(event.key, one, options);
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

/** What a key does to a theme or a proposal: a button that says its key in `data-key` is pressed by it. */
function actOf(key: string, one: HTMLElement, options: KeysOptions): (() => void) | undefined {
  const theme = one.dataset["theme"] !== undefined;
  if (theme && key === "r") return () => options.rename(one);
  if (theme && key === "m") return () => options.merge(one);
  if (key === "j") return () => step(one, 1);
  if (key === "k") return () => step(one, -1);
  const button = one.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? (theme && key === "n" ? document.querySelector<HTMLElement>('[data-act="choose"]') : null);
  return button === null ? undefined : () => button.click();
}

/** Go to the next or the previous theme or proposal that is in sight. */
function step(from: HTMLElement, by: number): void {
  const kind = from.dataset["theme"] === undefined ? ".proposal" : "[data-theme]";
  const all = [...document.querySelectorAll<HTMLElement>(kind)].filter((one) => one.offsetParent !== null);
  const next = all[all.indexOf(from) + by];
  next?.querySelector<HTMLElement>(".name a, summary, .button")?.focus();
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
  dialog.append(make("div", "flow", [title, listed(WORDS.keysEverywhere), make("p", "", WORDS.keysWhere), listed(WORDS.keysList), make("p", "", WORDS.keysProposals), listed(WORDS.keysAnswers), close]));
  document.body.append(dialog);
  dialog.showModal();
}

function listed(lines: readonly (readonly string[])[]): HTMLElement {
  const list = make("dl", "key-list");
  for (const [key = "", meaning = ""] of lines) list.append(make("dt", "", [make("kbd", "", key)]), make("dd", "", meaning));
  return list;
}
