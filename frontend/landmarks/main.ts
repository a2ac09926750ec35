// « Mes repères »: what to say, in which order, in how long. Each change stands here at once, and is received after.

import { byId, make, say, words } from "../shared/dom.ts";
import { Live } from "../shared/live.ts";
import type { Payload } from "../shared/protocol.ts";
import { uuid7 } from "../shared/uuid7.ts";
import { ask } from "../shared/door.ts";
import { type Deck, type Scene, scene, themeOf, workshopOf } from "../stage/deck.ts";
import { keepNow, keepPages } from "../stage/keeping.ts";
import { Pocket } from "../stage/pocket.ts";
import { standing } from "../stage/standing.ts";
import { type Landmark, moved, type Sheet, withWaiting } from "../stage/sheet.ts";
import { WORDS } from "../stage/words.ts";

interface Data {
  readonly doors: string;
  readonly head: number;
  readonly edition: number;
  readonly version: number;
  readonly sheets: readonly Sheet[];
  readonly sheet: string;
  readonly own: string;
}

const data = JSON.parse(byId("page-data").textContent) as Data;
const deck = JSON.parse(byId("deck-data").textContent) as Deck;
/** The sheet as the server last told it. */
let told = data.sheets.find((one) => one.id === data.sheet) ?? { id: data.sheet, name: "", shared: false, landmarks: [] };
/** Whether the sheet was asked for once: the first answer changes nothing that somebody had read. */
let drawn = false;
/** How long a change made by another witness stays marked. */
const MARKED = 8_000;
/** How long to wait for a preparation's receipt and its lectern: speaking does not wait for a network that is gone. */
const PATIENCE = 8_000;
const MINUTES = [0, 30, 60, 90, 120, 180, 240, 300, 420, 600];

const pocket = new Pocket({
  name: "landmarks",
  doors: data.doors,
  onChange: (waiting, refusal) => {
    say(byId("kept"), refusal || (waiting.length === 0 ? WORDS.allReceived : WORDS.held(waiting.length)));
    if (refusal !== "") void refresh();
  },
  onReceipt: (operation) => {
    told = withWaiting(told, data.own, [operation]);
  },
});

const here = { sheet: data.sheet === data.own ? "" : data.sheet };

function now(): Sheet {
  return withWaiting(told, data.own, pocket.waiting);
}

function act(name: string, payload: Payload): void {
  pocket.put(name, { ...payload, ...here });
  render();
}

function render(): void {
  const { landmarks } = now();
  const focused = document.activeElement instanceof HTMLElement ? [document.activeElement.closest("li")?.dataset["landmark"], document.activeElement.dataset["act"]] : [];
  byId("landmarks").replaceChildren(...landmarks.map((one, place) => row(one, place, landmarks.length)));
  byId("none").hidden = landmarks.length > 0;
  const seconds = landmarks.reduce((sum, one) => sum + one.seconds, 0);
  say(byId("total"), seconds > 0 ? WORDS.total(seconds) : "");
  const [id, name] = focused;
  if (id !== undefined && name !== undefined) {
    const again = document.querySelector<HTMLElement>(`[data-landmark="${id}"] [data-act="${name}"]:not(:disabled)`);
    (again ?? document.querySelector<HTMLElement>(`[data-landmark="${id}"] input`))?.focus();
  }
}

function row(one: Landmark, place: number, all: number): HTMLElement {
  const item = make("li", "", [...about(one), controls(one, place, all)]);
  item.dataset["landmark"] = one.id;
  return item;
}

/** What it is about, exactly as noted. */
function about(one: Landmark): HTMLElement[] {
  const theme = themeOf(deck, one.theme_id);
  const note = deck.notes.find((found) => found.id === one.note_id);
  const parts: HTMLElement[] = [];
  if (one.line !== "") parts.push(words("p", "line", one.line));
  if (theme) parts.push(words("p", "of", theme.label));
  if (note) {
    parts.push(words("blockquote", "", `«\u202f${note.text}\u202f»`));
    const kind = deck.kinds.find((found) => found.key === note.kind)?.label ?? "";
    parts.push(make("p", "small soft", `${kind} · ${workshopOf(deck, note.workshop)}`));
  } else if (one.note_id !== "") parts.push(make("p", "soft", WORDS.notHere));
  return parts;
}

function nameOf(one: Landmark): string {
  return one.line || themeOf(deck, one.theme_id)?.label || deck.notes.find((found) => found.id === one.note_id)?.text.slice(0, 40) || WORDS.thisNote;
}

function controls(one: Landmark, place: number, all: number): HTMLElement {
  const line = make("input");
  line.value = one.line;
  line.maxLength = 300;
  line.setAttribute("aria-label", `${WORDS.line} : ${nameOf(one)}`);
  line.placeholder = WORDS.line;
  line.addEventListener("change", () => act("landmark.worded", { landmark_id: one.id, line: line.value.trim(), seconds: one.seconds }));
  const time = make("select");
  time.setAttribute("aria-label", `${WORDS.minutes} : ${nameOf(one)}`);
  for (const seconds of new Set([...MINUTES, one.seconds].sort((a, b) => a - b))) {
    const option = new Option(seconds === 0 ? WORDS.noTime : WORDS.minute(seconds), String(seconds), false, seconds === one.seconds);
    time.append(option);
  }
  time.addEventListener("change", () => act("landmark.worded", { landmark_id: one.id, line: one.line, seconds: Number(time.value) }));
  const step = (by: number): void => act("landmarks.ordered", { landmark_ids: moved(now().landmarks, one.id, by) });
  const up = button(WORDS.up, "up", nameOf(one), () => step(-1), "↑");
  const down = button(WORDS.down, "down", nameOf(one), () => step(1), "↓");
  up.disabled = place === 0;
  down.disabled = place === all - 1;
  const drop = button(WORDS.drop, "drop", nameOf(one), () => act("landmark.dropped", { landmark_id: one.id }));
  return make("div", "controls unprinted", [line, time, up, down, drop]);
}

function button(label: string, name: string, of: string, done: () => void, sign = ""): HTMLButtonElement {
  const words = sign === "" ? [label, make("span", "spoken", ` : ${of}`)] : [make("span", "", sign), make("span", "spoken", `${label} : ${of}`)];
  if (sign !== "") (words[0] as HTMLElement).setAttribute("aria-hidden", "true");
  const found = make("button", "button quiet", words);
  found.type = "button";
  found.dataset["act"] = name;
  found.addEventListener("click", done);
  return found;
}

/** Alt with an arrow moves a landmark, from anywhere in its row. */
byId("landmarks").addEventListener("keydown", (event) => {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const id = (event.target as HTMLElement).closest<HTMLElement>("[data-landmark]")?.dataset["landmark"];
  if (by === undefined || id === undefined || !event.altKey) return;
  event.preventDefault();
  act("landmarks.ordered", { landmark_ids: moved(now().landmarks, id, by) });
});

byId("own").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = byId<HTMLInputElement>("own-line");
  const line = field.value.trim();
  if (line === "") return;
  field.value = "";
  act("landmark.placed", { landmark_id: uuid7(), line });
});

document.getElementById("share")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = byId("share").querySelector("button")!;
  const shared = button.getAttribute("aria-pressed") !== "true";
  pocket.put("landmarks.shared", { shared, name: byId<HTMLInputElement>("share-name").value.trim() });
  button.setAttribute("aria-pressed", String(shared));
});

/** The screen's scenes, in the order of the sheet; a line of one's own leaves the screen as it is. */
export function scenes(landmarks: readonly Landmark[]): Scene[] {
  const found = landmarks.flatMap((one) => {
    const note = deck.notes.find((other) => other.id === one.note_id);
    if (note) return [scene("quote", { theme_id: note.theme_id, note_id: note.id })];
    return themeOf(deck, one.theme_id) ? [scene("theme", { theme_id: one.theme_id })] : [];
  });
  return [scene("title"), ...found, scene("table")];
}

/** Whether the screen was just prepared here: who asks for it now has it, whatever somebody else shows in the same moment. */
let preparing = false;

/** Kept apart from the landmarks: the lectern sends it, if this page could not. */
const stage = new Pocket({
  name: "stage",
  doors: data.doors,
  onReceipt: (operation, { refusal }, head) => {
    if (preparing && refusal?.code === "stage.moved") stage.renew(operation.name, { ...operation.payload, after: head });
  },
});

/** The last act on the screen that this device knows of. */
function known(): number {
  const spoken = standing(`lectern:${data.doors}${data.sheet}`);
  return Math.max(live.cursor, spoken?.prepared ?? 0, spoken?.driven ?? 0);
}

byId("prepare").addEventListener("click", () => {
  preparing = true;
  stage.renew("stage.prepared", { edition: data.edition, position: data.version, scenes: now().landmarks.length > 0 ? scenes(now().landmarks) : deck.scenes, after: known() });
  const lectern = byId("acts").querySelector<HTMLAnchorElement>('a[href*="pupitre"]')!.href;
  // The lectern that this device keeps is that of before: where the server is slow, it would be the one that opens.
  const kept = Promise.all([pocket.flush(), stage.flush()]).then(() => keepNow(lectern));
  void Promise.race([kept, new Promise((resolve) => setTimeout(resolve, PATIENCE))]).then(() => location.assign(lectern));
});

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

/** Ask for the sheet again; what another witness changed on it is marked for a while, and said. */
async function refresh(): Promise<void> {
  const before = new Map(now().landmarks.map((one) => [one.id, JSON.stringify(one)]));
  const answer = await ask<{ sheets: readonly Sheet[] }>(`${data.doors}landmarks`);
  if (!answer.ok) return;
  told = answer.value.sheets.find((one) => one.id === data.sheet) ?? { ...told, landmarks: data.sheet === data.own ? [] : told.landmarks };
  // Nothing moves under a typing thumb: the list is drawn again when no field of it is being written.
  if (!(document.activeElement instanceof HTMLInputElement)) render();
  const standing = now().landmarks;
  const changed = standing.filter((one) => before.get(one.id) !== JSON.stringify(one));
  const moved = standing.map((one) => one.id).join() !== [...before.keys()].join();
  if (!drawn || (changed.length === 0 && !moved)) return;
  say(byId("beside"), WORDS.beside);
  for (const { id } of changed) document.querySelector(`[data-landmark="${id}"]`)?.classList.add("just");
  setTimeout(() => {
    say(byId("beside"), "");
    for (const row of document.querySelectorAll("#landmarks .just")) row.classList.remove("just");
  }, MARKED);
}

const live = new Live({
  doors: data.doors,
  after: data.head,
  onEntry: (entry) => {
    if (/^landmarks?\./.test(entry.name) && !entry.mine) void refresh();
  },
});

byId("acts").hidden = false;
render();
document.documentElement.classList.add("ready");
void refresh().then(() => (drawn = true));
void live.run();
for (const event of ["online", "visibilitychange"]) addEventListener(event, () => live.wake());
void keepPages([byId("acts").querySelector<HTMLAnchorElement>('a[href*="pupitre"]')!.href]).then((all) => say(byId("here"), all ? WORDS.keptHere : ""));
