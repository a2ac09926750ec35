/** Lets a hand choose notes, by thumb or by keys, and say where they belong: one bar, counted, at the bottom. */

import { make } from "../shared/dom.ts";
import { perform } from "./acts.ts";
import { chooseTheme } from "./merge.ts";
import type { Act } from "./decide.ts";
import type { PageData } from "./page.ts";
import { WORDS } from "./words.ts";

let bar: HTMLElement | null = null;
let source = "";
/** Chosen notes, in the order they were chosen: they stay chosen while the page takes new words. */
const chosen = new Set<string>();

/** Begin or end choosing in the notes that stand on the page. */
export function toggleChoosing(button: HTMLElement, data: () => PageData): void {
  if (bar !== null) return stop();
  source = button.dataset["from"] ?? "";
  button.setAttribute("aria-pressed", "true");
  bar = make("div", "choosing");
  bar.setAttribute("role", "group");
  (document.getElementById("main") ?? document.body).append(bar);
  document.body.classList.add("is-choosing");
  dress();
  draw(data);
  document.querySelector<HTMLInputElement>(".note-choice input")?.focus();
}

/** Give the notes their boxes again after the page took a new shape. */
export function dress(): void {
  if (bar === null) return;
  // Only the whole list: a note quoted elsewhere on the page is the same note.
  const list = document.querySelector('[data-act="choose"]')?.closest("section");
  for (const note of list?.querySelectorAll<HTMLElement>(".note[id]") ?? []) {
    if (note.querySelector(".note-choice")) continue;
    const id = note.id.replace(/^note-/, "");
    const box = make("input");
    box.type = "checkbox";
    box.checked = chosen.has(id);
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(id);
      else chosen.delete(id);
      draw();
    });
    note.prepend(make("label", "note-choice", [box, make("span", "spoken", `${WORDS.chooseNote} ${note.querySelector(".words")?.textContent ?? ""}`)]));
  }
}

function stop(): void {
  bar?.remove();
  bar = null;
  chosen.clear();
  document.body.classList.remove("is-choosing");
  for (const box of document.querySelectorAll(".note-choice")) box.remove();
  for (const one of document.querySelectorAll<HTMLElement>('[data-act="choose"]')) {
    one.setAttribute("aria-pressed", "false");
    one.focus();
  }
}

let known: () => PageData;

function draw(data = known): void {
  known = data;
  if (bar === null) return;
  const ids = [...chosen];
  const read = known().position;
  const button = (words: string, enough: number, act: () => void): HTMLButtonElement => {
    const made = make("button", "button", words);
    made.type = "button";
    made.disabled = ids.length < enough;
    made.addEventListener("click", act);
    return made;
  };
  const done = async (acts: readonly Act[], told: string): Promise<void> => {
    if (await perform(acts, told)) stop();
  };
  const founding = source === "" ? { name: "theme.founded", payload: { note_ids: ids, read } } : { name: "theme.split", payload: { theme_id: source, note_ids: ids, read } };
  const move = (theme_id: string): Act[] => ids.map((note_id) => ({ name: "note.moved", payload: { note_id, theme_id, read } }));
  const buttons = [
    button(WORDS.newTheme, 1, () => void done([founding], WORDS.told.split)),
    button(WORDS.moveTo, 1, () => chooseTheme(WORDS.moveTitle(ids.length), WORDS.move, known().themes.filter((one) => one.id !== source), (id) => void done(move(id), WORDS.told.moved))),
  ];
  if (source !== "") {
    buttons.push(
      button(WORDS.toTray, 1, () => void done(move(""), WORDS.told.moved)),
      button(WORDS.pin, 1, () => void done(ids.map((note_id) => ({ name: "note.pinned", payload: { note_id, theme_id: source, read } })), WORDS.told.pinned)),
    );
  }
  buttons.push(button(WORDS.apart, 2, () => void done([{ name: "notes.kept_apart", payload: { note_ids: ids, read } }], WORDS.told.apart)));
  const end = button(WORDS.close, 0, stop);
  const counted = make("p", "figures", WORDS.chosen(ids.length));
  counted.setAttribute("role", "status");
  bar.setAttribute("aria-label", WORDS.choosing);
  bar.replaceChildren(counted, make("p", "row", [...buttons, end]));
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && bar !== null && !document.querySelector("dialog[open]")) stop();
});
