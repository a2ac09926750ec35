/** One dialog that asks one question: its fields, a button that decides, one that leaves everything as it was. */

import { make } from "../shared/dom.ts";
import { decide } from "../synthesis/decide.ts";
import type { Payload } from "../shared/protocol.ts";
import { dataOf } from "../synthesis/page.ts";
import { WORDS } from "./words.ts";

export interface Act {
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** What is said once it is done. */
  readonly done: string;
}

export interface Question {
  readonly title: string;
  readonly fields: readonly HTMLElement[];
  readonly confirm: string;
  /** What was chosen; null while nothing is. */
  readonly act: () => Act | null;
}

/** Perform an act; the sentence of a refusal, or null when it is done. */
export async function perform({ name, payload, done }: Act): Promise<string | null> {
  const answer = await decide(dataOf(document).doors, name, payload as Payload);
  if ("sentence" in answer) return answer.sentence;
  dispatchEvent(new CustomEvent("restitution:decided", { detail: { position: answer.position, words: done } }));
  return null;
}

/** Open the dialog; where the focus was, it comes back. */
export function ask(question: Question): void {
  const dialog = make("dialog", "merge");
  const title = make("h2", "", question.title);
  title.id = "ask-title";
  title.dir = "auto";
  dialog.setAttribute("aria-labelledby", title.id);
  const wrong = make("p", "wrong");
  wrong.setAttribute("role", "alert");
  wrong.hidden = true;
  const confirm = make("button", "button primary", question.confirm);
  const cancel = make("button", "button", WORDS.cancel);
  cancel.type = "button";
  const form = make("form", "flow", [title, ...question.fields, wrong, make("p", "row", [confirm, cancel])]);
  const ready = (): void => void (confirm.disabled = question.act() === null);
  form.addEventListener("input", ready);
  form.addEventListener("change", ready);
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const act = question.act();
    if (act === null) return;
    confirm.disabled = true;
    void perform(act).then((sentence) => {
      confirm.disabled = false;
      if (sentence === null) return dialog.close();
      wrong.textContent = sentence;
      wrong.hidden = false;
    });
  });
  ready();
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
}

/** A field with its label. */
export function field(label: string, value = ""): { whole: HTMLElement; input: HTMLInputElement } {
  const id = `field-${Math.random().toString(36).slice(2)}`;
  const words = make("label", "", label);
  words.htmlFor = id;
  const input = make("input");
  Object.assign(input, { id, value, maxLength: 300, autocomplete: "off", dir: "auto" });
  return { whole: make("div", "field", [words, input]), input };
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly count?: string;
}

/** Choices under one legend: one of them, or several. */
export function choices(legend: string, type: "radio" | "checkbox", all: readonly Choice[]): HTMLFieldSetElement {
  const list = make("fieldset", "choices", [make("legend", "", legend)]);
  const name = `choice-${Math.random().toString(36).slice(2)}`;
  for (const { value, label, count } of all) {
    const input = make("input");
    Object.assign(input, { type, name, value });
    const text = make("span", "", label);
    text.dir = "auto";
    const line = make("label", "choice", [input, text]);
    if (count !== undefined) line.append(make("span", "soft figures", count));
    list.append(line);
  }
  return list;
}

export function chosen(list: HTMLFieldSetElement): string[] {
  return [...list.querySelectorAll<HTMLInputElement>("input:checked")].map((input) => input.value);
}
