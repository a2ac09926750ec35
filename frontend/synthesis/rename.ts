/** Renames a theme where its name stands: Enter keeps it, Escape leaves it as it was. */

import { make } from "../shared/dom.ts";
import { both } from "./acts.ts";
import { decide } from "./decide.ts";
import { WORDS } from "./words.ts";

const LONGEST = 300;

export interface RenameOptions {
  readonly doors: string;
  readonly edition: number;
  /** The journal position that the name was read at: somebody else's name since is shown, never overwritten. */
  readonly read: number;
  /** Called with the position of the decision. */
  readonly onDone: (position: number) => void;
}

/** Open the field in the place of the theme's name. */
export function rename(theme: HTMLElement, options: RenameOptions): void {
  const heading = theme.querySelector<HTMLElement>(".name");
  const label = heading?.querySelector<HTMLElement>("[data-quiet]");
  const opener = theme.querySelector<HTMLElement>('[data-act="rename"]');
  if (!heading || !label || heading.hidden) return;
  const { form, field, wrong } = build(label.textContent);
  const close = (): void => {
    form.remove();
    heading.hidden = false;
    (opener ?? heading).focus();
  };
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  form.querySelector('[type="button"]')?.addEventListener("click", close);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void save();
  });
  async function save(): Promise<void> {
    const name = field.value.trim();
    if (name === label!.textContent) return close();
    const payload = { theme_id: theme.dataset["theme"], label: name, edition: options.edition, read: options.read };
    const done = await decide(options.doors, "theme.renamed", payload);
    if ("sentence" in done && done.meanwhile) {
      close();
      both([{ name: "theme.renamed", payload }], WORDS.renamed, done.meanwhile);
      return;
    }
    if ("sentence" in done) {
      wrong.textContent = done.sentence;
      wrong.hidden = false;
      field.setAttribute("aria-invalid", "true");
      field.focus();
      return;
    }
    label!.textContent = name;
    options.onDone(done.position);
    close();
  }
  heading.hidden = true;
  heading.after(form);
  field.focus();
  field.select();
}

function build(value: string): { form: HTMLFormElement; field: HTMLInputElement; wrong: HTMLElement } {
  const id = `rename-${Math.random().toString(36).slice(2)}`;
  const label = make("label", "", WORDS.newName);
  label.htmlFor = id;
  const field = make("input");
  Object.assign(field, { id, value, maxLength: LONGEST, autocomplete: "off", dir: "auto" });
  field.setAttribute("aria-describedby", `${id}-wrong`);
  const wrong = make("p", "wrong");
  wrong.id = `${id}-wrong`;
  wrong.setAttribute("role", "alert");
  wrong.hidden = true;
  const save = make("button", "button primary", WORDS.save);
  const cancel = make("button", "button", WORDS.cancel);
  cancel.type = "button";
  const form = make("form", "rename field", [label, field, wrong, make("p", "row", [save, cancel])]);
  return { form, field, wrong };
}
