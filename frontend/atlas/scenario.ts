/** Sends a scenario as it was written, or a choice between two wordings; the words stay in the form until it is done. */

import { say } from "../shared/dom.ts";
import { uuid7 } from "../shared/uuid7.ts";
import { fetchPage } from "../synthesis/alive.ts";
import { type Act, perform } from "./ask.ts";
import { WORDS } from "./words.ts";

const PARTS: Record<string, string> = { lever: "levers", obstacle: "obstacles", condition: "conditions" };

function linesOf(id: string): string[] {
  const field = document.getElementById(id) as HTMLTextAreaElement | null;
  return (field?.value ?? "").split("\n").map((line) => line.trim()).filter(Boolean);
}

/** What the form says: its notes go where their kind says they belong. */
function written(form: HTMLFormElement): Act {
  const payload: Record<string, unknown> = {
    scenario_id: form.dataset["scenario"] || uuid7(),
    base: Number(form.dataset["base"]),
    title: (document.getElementById("scenario-title") as HTMLInputElement).value.trim(),
    steps: linesOf("scenario-steps"),
    actors: linesOf("scenario-actors"),
  };
  for (const part of [...Object.values(PARTS), "notes"]) payload[part] = [];
  for (const box of form.querySelectorAll<HTMLInputElement>("input[type=checkbox]:checked")) {
    (payload[PARTS[box.dataset["kind"] ?? ""] ?? "notes"] as string[]).push(box.value);
  }
  return { name: "scenario.written", payload, done: "" };
}

/** Add the notes that a search or a theme brings, without losing a word of what is being written. */
async function more(asked: HTMLFormElement, form: HTMLFormElement): Promise<void> {
  const address = new URL(location.pathname, location.href);
  for (const [name, value] of new FormData(asked)) address.searchParams.append(name, String(value));
  const page = await fetchPage(address.href);
  const there = new Set([...form.querySelectorAll<HTMLInputElement>("input[type=checkbox]")].map((box) => box.value));
  let added: HTMLElement | null = null;
  for (const shelf of page?.querySelectorAll<HTMLElement>("#scenario-form fieldset") ?? []) {
    for (const choice of shelf.querySelectorAll<HTMLElement>(".choice")) {
      if (there.has(choice.querySelector("input")?.value ?? "")) choice.remove();
    }
    if (shelf.querySelector(".choice") === null) continue;
    const adopted = document.adoptNode(shelf);
    document.getElementById("scenario-wrong")?.before(adopted);
    added ??= adopted;
  }
  const told = document.getElementById("more-found");
  if (told) say(told, page?.getElementById("more-found")?.textContent ?? WORDS.away);
  added?.scrollIntoView({ block: "start" });
  added?.querySelector("input")?.focus({ preventScroll: true });
}

/** Listen to the form, when the page has one. */
export function listenToForm(): void {
  const form = document.getElementById("scenario-form") as HTMLFormElement | null;
  if (form === null) return;
  // Sent again after a failure, it is the same scenario.
  form.dataset["scenario"] ||= uuid7();
  for (const asked of document.querySelectorAll<HTMLFormElement>("[data-more]")) {
    asked.addEventListener("submit", (event) => {
      event.preventDefault();
      void more(asked, form);
    });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void perform(written(form)).then((sentence) => {
      if (sentence === null) return location.assign(`${form.dataset["done"] ?? ""}#scenario-${form.dataset["scenario"] ?? ""}`);
      const wrong = document.getElementById("scenario-wrong")!;
      wrong.textContent = sentence;
      wrong.hidden = false;
    });
  });
}

/** The act of a button beside a scenario; null for a button of something else. */
export function chosenAct(button: HTMLElement, kind: string): Act | null {
  const scenario_id = button.closest<HTMLElement>("[data-scenario]")?.dataset["scenario"];
  if (scenario_id === undefined) return null;
  if (kind === "remove") return { name: "scenario.removed", payload: { scenario_id }, done: WORDS.removed };
  const revision = Number(button.closest<HTMLElement>("[data-revision]")?.dataset["revision"]);
  return kind === "settle" && revision ? { name: "scenario.settled", payload: { scenario_id, revision }, done: WORDS.settled } : null;
}
