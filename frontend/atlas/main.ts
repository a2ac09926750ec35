// Lets a person say what actors are: rename, join, part, sort, set aside, and take a decision back.

import { byId, say } from "../shared/dom.ts";
import { fold } from "../synthesis/merge.ts";
import { type Act, ask, choices, chosen, field, perform } from "./ask.ts";
import { chosenAct, listenToForm } from "./scenario.ts";
import { WORDS } from "./words.ts";

interface Line {
  readonly id: string;
  readonly name: string;
  readonly notes: string;
  readonly group: string;
  readonly marks: readonly string[];
  readonly texts: readonly string[];
}

function lineOf(element: HTMLElement): Line {
  const { line = "", name = "", notes = "", group = "", marks = "", texts = "[]" } = element.dataset;
  return { id: line, name, notes, group, marks: marks.split(" ").filter(Boolean), texts: JSON.parse(texts) as string[] };
}

function elements(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-line]")];
}

function lineNamed(id: string): Line | null {
  const element = document.getElementById(`line-${id}`);
  return element === null ? null : lineOf(element);
}

/** An actor as this page shows it: its id and the marks of its spellings. */
const seen = (line: Line): { id: string; names: readonly string[] } => ({ id: line.id, names: line.marks });

const decisions: Record<string, (line: Line) => void> = {
  rename(line) {
    const { whole, input } = field(WORDS.newName, line.name);
    const act = (): Act | null => {
      const name = input.value.trim();
      const payload = { actor: seen(line), name };
      return name === "" || name === line.name ? null : { name: "actor.renamed", payload, done: WORDS.renamed };
    };
    ask({ title: WORDS.renameTitle(line.name), fields: [whole], confirm: WORDS.save, act });
    input.focus();
    input.select();
  },
  merge(line) {
    const others = elements().map(lineOf).filter((one) => one.id !== line.id);
    const list = choices(WORDS.other, "radio", others.map(({ id, name, notes }) => ({ value: id, label: name, count: notes })));
    const { whole, input } = field(WORDS.search);
    input.type = "search";
    input.addEventListener("input", () => {
      const wanted = fold(input.value);
      for (const choice of list.querySelectorAll<HTMLElement>(".choice")) choice.hidden = !fold(choice.textContent).includes(wanted);
    });
    input.addEventListener("keydown", (event) => void (event.key === "Enter" && event.preventDefault()));
    const kept = document.createElement("p");
    kept.className = "soft";
    kept.textContent = WORDS.keep(line.name);
    const act = (): Act | null => {
      const other = others.find((one) => one.id === chosen(list)[0]);
      return other ? { name: "actors.merged", payload: { into: seen(line), actors: [seen(other)] }, done: WORDS.joined } : null;
    };
    ask({ title: WORDS.mergeTitle(line.name), fields: [whole, list, kept], confirm: WORDS.join, act });
  },
  split(line) {
    if (line.marks.length < 2) return;
    const list = choices(WORDS.spellings, "checkbox", line.marks.map((mark, at) => ({ value: mark, label: line.texts[at] ?? "" })));
    const { whole, input } = field(WORDS.partName);
    let suggested = "";
    list.addEventListener("change", () => {
      const first = line.texts[line.marks.indexOf(chosen(list)[0] ?? "")] ?? "";
      if (input.value === suggested) input.value = first;
      suggested = first;
    });
    const act = (): Act | null => {
      const spellings = chosen(list);
      const name = input.value.trim();
      if (name === "" || spellings.length === 0 || spellings.length === line.marks.length) return null;
      return { name: "actor.split", payload: { actor: seen(line), spellings, name }, done: WORDS.parted };
    };
    ask({ title: WORDS.splitTitle(line.name), fields: [list, whole], confirm: WORDS.split, act });
  },
  family(line) {
    const groups = [...byId("desk-groups").children] as HTMLElement[];
    const list = choices(WORDS.family, "radio", groups.map((one) => ({ value: one.dataset["key"] ?? "", label: one.textContent })));
    const own = list.querySelector<HTMLInputElement>(`input[value="${line.group}"]`);
    if (own) own.checked = true;
    const act = (): Act | null => {
      const [family = ""] = chosen(list);
      if (family === "" || family === line.group) return null;
      return { name: "actor.classified", payload: { actor: seen(line), family }, done: WORDS.classified };
    };
    ask({ title: WORDS.familyTitle(line.name), fields: [list], confirm: WORDS.save, act });
  },
  ignore(line) {
    const reasons = [
      { value: "nothing", label: WORDS.nothing },
      { value: "person", label: WORDS.person },
    ];
    const list = choices(WORDS.why, "radio", reasons);
    const act = (): Act | null => {
      const [why] = chosen(list);
      if (why === undefined) return null;
      const actor = why === "person" ? { id: "", names: line.marks } : seen(line);
      return { name: "actor.ignored", payload: { actor, reason: why === "person" ? why : "" }, done: WORDS.ignored };
    };
    ask({ title: WORDS.ignoreTitle(line.name), fields: [list], confirm: WORDS.ignore, act });
  },
};

/** What needs no question: a suggestion answered, a decision taken back. */
function answer(button: HTMLElement, kind: string): void {
  const pair = button.closest<HTMLElement>("[data-alike]");
  const into = lineNamed(pair?.dataset["alike"] ?? "");
  const other = lineNamed(pair?.dataset["other"] ?? "");
  let act: Act | null = chosenAct(button, kind);
  if (kind === "join" && into && other) act = { name: "actors.merged", payload: { into: seen(into), actors: [seen(other)] }, done: WORDS.joined };
  if (kind === "apart" && into && other) act = { name: "actors.kept_apart", payload: { actors: [seen(into), seen(other)] }, done: WORDS.apart };
  if (kind === "undo") act = takenBack(button.closest<HTMLElement>("[data-decision]"));
  if (act) void settle(act, button as HTMLButtonElement);
}

function takenBack(line: HTMLElement | null): Act | null {
  const position = Number(line?.dataset["decision"]);
  return position ? { name: "actor.decision_withdrawn", payload: { position }, done: WORDS.undone } : null;
}

async function settle(act: Act, button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  const sentence = await perform(act);
  button.disabled = false;
  // A scenario makes no new edition: the page is read again.
  if (sentence === null) return act.name.startsWith("scenario.") ? location.reload() : undefined;
  const wrong = document.createElement("p");
  wrong.className = "wrong";
  wrong.setAttribute("role", "alert");
  wrong.textContent = sentence;
  (button.closest("li") ?? button.parentElement)?.append(wrong);
}

document.addEventListener("click", (event) => {
  const button = (event.target as HTMLElement).closest<HTMLElement>("[data-decide]");
  if (button === null) return;
  const kind = button.dataset["decide"] ?? "";
  const line = button.closest<HTMLElement>("[data-line]");
  if (line) decisions[kind]?.(lineOf(line));
  else answer(button, kind);
});

const KEYS: Record<string, string> = { r: "rename", m: "merge", s: "split", f: "family", x: "ignore" };

document.addEventListener("keydown", (event) => {
  const target = event.target as HTMLElement;
  if (event.defaultPrevented || event.altKey || target.closest("input, textarea, select, dialog")) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "z") {
    const last = document.querySelector<HTMLElement>('[data-decide="undo"]');
    if (last) answer(last, "undo");
    return;
  }
  const line = target.closest<HTMLElement>("[data-line]");
  if (line === null || event.ctrlKey || event.metaKey) return;
  const kind = KEYS[event.key];
  if (kind) decisions[kind]?.(lineOf(line));
  else if (event.key === "j" || event.key === "k") step(line, event.key === "j" ? 1 : -1);
  else return;
  event.preventDefault();
});

function step(line: HTMLElement, by: number): void {
  const all = elements().filter((one) => !one.hidden);
  const next = all[all.indexOf(line) + by];
  next?.querySelector<HTMLElement>(".name a")?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

let searched = "";

/** What only a script can do is shown only when a script is there; a newer page keeps what was searched. */
function prepare(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-decide], #desk-search")) button.hidden = false;
  const input = document.getElementById("search-actors") as HTMLInputElement | null;
  if (input === null) return;
  input.value = searched;
  input.addEventListener("input", () => {
    searched = input.value;
    filter();
  });
  filter();
}

function filter(): void {
  const wanted = fold(searched.trim());
  let shown = 0;
  for (const element of elements()) {
    const line = lineOf(element);
    element.hidden = wanted !== "" && ![line.name, ...line.texts].some((text) => fold(text).includes(wanted));
    if (!element.hidden) shown += 1;
  }
  const place = document.getElementById("desk-found");
  if (place) say(place, wanted === "" ? "" : WORDS.found(shown));
}

/** A tie touched on the map opens its notes. */
function openTarget(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!(target instanceof HTMLDetailsElement)) return;
  target.open = true;
  target.querySelector("summary")?.focus();
}

listenToForm();
openTarget();
addEventListener("hashchange", openTarget);
addEventListener("restitution:shown", prepare);
prepare();
