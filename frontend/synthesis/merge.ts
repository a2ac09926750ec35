/** Joins a theme with another: choose which, choose the name that stays, confirm. */

import { make } from "../shared/dom.ts";
import { decide } from "./decide.ts";
import type { ThemeName } from "./page.ts";
import { WORDS } from "./words.ts";

export interface MergeOptions {
  readonly doors: string;
  readonly edition: number;
  /** The journal position that the themes were read at. */
  readonly read: number;
  readonly themes: readonly ThemeName[];
  /** Called with the position of the decision and the theme that stays. */
  readonly onDone: (position: number, into: string) => void;
}

/** Open the dialog for one theme. */
export function merge(theme: ThemeName, options: MergeOptions): void {
  const others = options.themes
    .filter((other) => other.id !== theme.id)
    .sort((one, other) => one.label.localeCompare(other.label, "fr"));
  const dialog = make("dialog", "merge");
  const title = make("h2", "", WORDS.mergeTitle(theme.label));
  title.id = "merge-title";
  dialog.setAttribute("aria-labelledby", title.id);
  const choice = choose(others);
  const kept = make("fieldset", "flow");
  kept.hidden = true;
  const wrong = make("p", "wrong");
  wrong.setAttribute("role", "alert");
  wrong.hidden = true;
  const confirm = make("button", "button primary", WORDS.merge);
  confirm.disabled = true;
  const cancel = make("button", "button", WORDS.cancel);
  cancel.type = "button";
  const body = others.length > 0 ? [choice.search, choice.list, kept] : [make("p", "", WORDS.noOther)];
  const form = make("form", "flow", [title, ...body, wrong, make("p", "row", [confirm, cancel])]);
  let other: ThemeName | null = null;
  let read = options.read;
  choice.list.addEventListener("change", (event) => {
    other = others.find((one) => one.id === (event.target as HTMLInputElement).value) ?? null;
    confirm.disabled = other === null;
    if (other) offerNames(kept, theme, other);
  });
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (other) void save(other);
  });
  async function save(chosen: ThemeName): Promise<void> {
    const into = kept.querySelector<HTMLInputElement>("input:checked")?.value ?? theme.id;
    const gone = into === theme.id ? chosen.id : theme.id;
    const done = await decide(options.doors, "themes.merged", { into, theme_ids: [gone], edition: options.edition, read });
    if ("sentence" in done) {
      // Shown once, it is no surprise any more: the same tap again is a choice.
      read = done.meanwhile?.position ?? read;
      wrong.textContent = done.sentence;
      wrong.hidden = false;
      return;
    }
    dialog.close();
    options.onDone(done.position, into);
  }
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
}

/** Ask for one theme among several, and hand it over. */
export function chooseTheme(title: string, confirmed: string, themes: readonly ThemeName[], onChosen: (id: string) => void): void {
  const dialog = make("dialog", "merge");
  const heading = make("h2", "", title);
  heading.id = "choose-title";
  dialog.setAttribute("aria-labelledby", heading.id);
  const choice = choose([...themes].sort((one, other) => one.label.localeCompare(other.label, "fr")));
  const confirm = make("button", "button primary", confirmed);
  confirm.disabled = true;
  const cancel = make("button", "button", WORDS.cancel);
  cancel.type = "button";
  const body = themes.length > 0 ? [choice.search, choice.list] : [make("p", "", WORDS.noOther)];
  const form = make("form", "flow", [heading, ...body, make("p", "row", [confirm, cancel])]);
  let found = "";
  choice.list.addEventListener("change", (event) => {
    found = (event.target as HTMLInputElement).value;
    confirm.disabled = found === "";
  });
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    if (found !== "") onChosen(found);
  });
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
}

function choose(others: readonly ThemeName[]): { search: HTMLElement; list: HTMLFieldSetElement } {
  const list = make("fieldset", "choices");
  list.append(make("legend", "", WORDS.otherTheme));
  const lines = others.map((one) => {
    const line = radio("other", one.id, one.label, one.notes);
    list.append(line);
    return { line, text: fold(one.label) };
  });
  const label = make("label", "", WORDS.search);
  label.htmlFor = "merge-search";
  const field = make("input");
  Object.assign(field, { id: "merge-search", type: "search", autocomplete: "off" });
  field.addEventListener("input", () => {
    const wanted = fold(field.value);
    for (const { line, text } of lines) line.hidden = !text.includes(wanted);
  });
  // Enter in the search is not yet a decision.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  return { search: make("div", "field", [label, field]), list };
}

function offerNames(place: HTMLFieldSetElement, theme: ThemeName, other: ThemeName): void {
  const first = radio("into", theme.id, theme.label);
  first.querySelector("input")!.checked = true;
  place.replaceChildren(
    make("legend", "", WORDS.keptName),
    first,
    radio("into", other.id, other.label),
    make("p", "soft", WORDS.together(theme.notes + other.notes)),
  );
  place.hidden = false;
}

function radio(name: string, value: string, label: string, count?: number): HTMLLabelElement {
  const input = make("input");
  Object.assign(input, { type: "radio", name, value });
  const text = make("span", "", label);
  text.dir = "auto";
  const line = make("label", "choice", [input, text]);
  if (count !== undefined) line.append(make("span", "soft figures", String(count)));
  return line;
}

/** Without case or accents, to search as people type. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
