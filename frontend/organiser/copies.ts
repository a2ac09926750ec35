/** Copies a link; where a browser refuses the clipboard, the address is selected, ready to be copied by hand. */

import { byId, say } from "../shared/dom.ts";

const SAID_FOR = 2_000;

export function offerCopies(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => void copy(button));
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const field = byId<HTMLInputElement>(button.dataset.copy ?? "");
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    if (!document.execCommand("copy")) return;
  }
  const word = button.querySelector("span");
  if (word === null) return;
  const before = word.textContent;
  say(word, button.dataset.done ?? "");
  say(byId("copied"), button.dataset.done ?? "");
  setTimeout(() => {
    say(word, before);
    say(byId("copied"), "");
  }, SAID_FOR);
}
