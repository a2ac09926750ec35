// Saves the report's texts as they are written. What is not received yet says so, and is tried again until it is;
// what others write appears where nobody is writing, and two versions written apart are both shown.

import { byId, pageData, say } from "../shared/dom.ts";
import { Live } from "../shared/live.ts";
import type { Payload } from "../shared/protocol.ts";
import { decide } from "../synthesis/decide.ts";
import type { PageData } from "../synthesis/page.ts";

const WORDS = {
  typing: "Pas encore enregistré…",
  saving: "Enregistrement…",
  saved: "Enregistré.",
  apart: "Enregistré. Quelqu’un avait écrit entre-temps : les deux versions sont gardées.",
  later: (why: string) => `Pas encore enregistré, nouvel essai dans un instant. ${why}`,
};

/** A pause in writing that long is saved. */
const PAUSE = 1_000;
const AGAIN = 4_000;

const data = pageData<PageData>();
const root = byId("texts");
const closed = "closed" in root.dataset;
const timers = new Map<string, number>();
/** The parts whose words are not received yet, and those on their way. */
const dirty = new Set<string>();
const sending = new Set<string>();

function draftOf(part: string): HTMLElement | null {
  return root.querySelector<HTMLElement>(`.draft[data-part="${CSS.escape(part)}"]`);
}

function textOf(draft: HTMLElement): HTMLInputElement | HTMLTextAreaElement {
  return draft.querySelector<HTMLInputElement | HTMLTextAreaElement>("[data-text]")!;
}

function byOf(draft: HTMLElement): HTMLInputElement | null {
  return draft.closest("[data-testimony]")?.querySelector<HTMLInputElement>("[data-by]") ?? null;
}

function tell(draft: HTMLElement, words: string): void {
  say(draft.querySelector(".saved")!, words);
}

function later(part: string, delay: number): void {
  clearTimeout(timers.get(part));
  timers.set(part, window.setTimeout(() => void save(part), delay));
}

function changed(draft: HTMLElement): void {
  const part = draft.dataset["part"]!;
  dirty.add(part);
  tell(draft, WORDS.typing);
  later(part, PAUSE);
}

function actOf(draft: HTMLElement): readonly [string, Payload] {
  const part = draft.dataset["part"]!;
  const written = { text: textOf(draft).value, base: Number(draft.dataset["base"]) };
  const by = byOf(draft);
  if (by === null) return ["report.worded", { part, ...written }];
  return ["report.testified", { text_id: part.replace("regard.", ""), by: by.value, ...written }];
}

async function save(part: string): Promise<void> {
  const draft = draftOf(part);
  if (draft === null || !dirty.has(part)) return;
  if (sending.has(part)) return later(part, PAUSE);
  sending.add(part);
  dirty.delete(part);
  tell(draft, WORDS.saving);
  const done = await decide(data.doors, ...actOf(draft));
  sending.delete(part);
  if ("sentence" in done) {
    dirty.add(part);
    tell(draft, WORDS.later(done.sentence));
    later(part, AGAIN);
    return;
  }
  if (!dirty.has(part)) tell(draft, WORDS.saved);
  await refresh(part, done.position);
}

/** Take what stands from the server: bases, others' words where nobody writes, and versions written apart. */
async function refresh(own = "", position = 0): Promise<void> {
  const response = await fetch(location.href, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
  if (response === null || !response.ok) {
    const draft = draftOf(own);
    if (draft !== null) draft.dataset["base"] = String(position);
    return;
  }
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const draft of root.querySelectorAll<HTMLElement>(".draft")) {
    const part = draft.dataset["part"]!;
    const other = fresh.querySelector<HTMLElement>(`.draft[data-part="${CSS.escape(part)}"]`);
    if (other !== null) take(draft, other, part === own ? position : 0);
  }
  const order = fresh.getElementById("chapters");
  if (order !== null) arrange(order);
  const orders = fresh.getElementById("orders");
  if (orders !== null && orders.innerHTML !== byId("orders").innerHTML) byId("orders").replaceChildren(...[...orders.childNodes].map((node) => document.adoptNode(node)));
}

function take(draft: HTMLElement, other: HTMLElement, position: number): void {
  const part = draft.dataset["part"]!;
  const apart = draft.querySelector(".apart")!;
  const theirs = other.querySelector(".apart")!;
  if (apart.innerHTML !== theirs.innerHTML) apart.replaceChildren(...[...theirs.childNodes].map((node) => document.adoptNode(node)));
  const rivals = apart.childElementCount > 0;
  if (position > 0) {
    if (rivals) tell(draft, WORDS.apart);
    // What comes next replaces the words that were just received, even where others' stand first.
    draft.dataset["base"] = String(position);
    return;
  }
  if (dirty.has(part) || sending.has(part)) return;
  if (rivals && draft.querySelector(".saved")!.textContent !== "") return;
  const field = textOf(draft);
  if (field.value !== textOf(other).value) field.value = textOf(other).value;
  draft.dataset["base"] = other.dataset["base"];
}

/** Put the chapters in the order that the server tells; fields keep their words and their cursor. */
function arrange(fresh: HTMLElement): void {
  const list = byId("chapters");
  const ids = [...fresh.querySelectorAll<HTMLElement>(":scope > li")].map((one) => one.dataset["theme"]);
  list.dataset["base"] = fresh.dataset["base"];
  const now = [...list.querySelectorAll<HTMLElement>(":scope > li")];
  if (ids.join() === now.map((one) => one.dataset["theme"]).join()) return;
  if (list.contains(document.activeElement)) return;
  for (const id of ids) {
    const one = now.find((found) => found.dataset["theme"] === id);
    if (one) list.append(one);
  }
}

async function move(button: HTMLButtonElement): Promise<void> {
  const chapter = button.closest<HTMLElement>("li")!;
  const beside = button.dataset["move"] === "-1" ? chapter.previousElementSibling : chapter.nextElementSibling;
  if (beside === null) return;
  if (button.dataset["move"] === "-1") beside.before(chapter);
  else beside.after(chapter);
  button.focus();
  const list = byId("chapters");
  const theme_ids = [...list.querySelectorAll<HTMLElement>(":scope > li")].map((one) => one.dataset["theme"]!);
  say(byId("ordered"), WORDS.saving);
  const done = await decide(data.doors, "report.ordered", { theme_ids, base: Number(list.dataset["base"]) });
  if ("position" in done) list.dataset["base"] = String(done.position);
  say(byId("ordered"), "sentence" in done ? done.sentence : WORDS.saved);
  await refresh();
}

async function settle(button: HTMLElement): Promise<void> {
  const part = button.dataset["of"]!;
  const done = await decide(data.doors, "report.settled", { part, position: Number(button.dataset["settle"]) });
  const draft = draftOf(part);
  if (draft === null) {
    say(byId("ordered"), "sentence" in done ? done.sentence : "");
    await refresh();
    byId("chapters").querySelector<HTMLElement>("[data-move]")?.focus();
    return;
  }
  tell(draft, "sentence" in done ? done.sentence : "");
  await refresh();
  textOf(draft).focus();
}

root.addEventListener("input", (event) => {
  const target = event.target as HTMLElement;
  const draft = target.closest<HTMLElement>(".draft") ?? target.closest("[data-testimony]")?.querySelector<HTMLElement>(".draft");
  if (draft) changed(draft);
});

root.addEventListener("focusout", (event) => {
  const part = (event.target as HTMLElement).closest<HTMLElement>(".draft")?.dataset["part"];
  if (part !== undefined && dirty.has(part)) later(part, 0);
});

root.addEventListener("click", (event) => {
  const button = (event.target as HTMLElement).closest<HTMLButtonElement>("[data-move], [data-settle]");
  if (button?.dataset["move"] !== undefined) void move(button);
  else if (button !== null) void settle(button);
});

// Words that are not received yet hold the page back.
addEventListener("beforeunload", (event) => {
  if (dirty.size > 0 || sending.size > 0) event.preventDefault();
});

for (const one of root.querySelectorAll<HTMLInputElement | HTMLButtonElement>(":disabled")) one.disabled = closed;

const live = new Live({
  doors: data.doors,
  after: data.head,
  onEntry: (entry) => {
    if (/^report\./.test(entry.name) && !entry.mine) void refresh();
  },
});
void live.run();
for (const event of ["online", "visibilitychange"]) addEventListener(event, () => live.wake());
