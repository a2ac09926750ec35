// The speaker's phone: one landmark at a time, the time that is left, and what the room sees. Whole without a network.

import { byId, make, say, words } from "../shared/dom.ts";
import { clockAhead } from "../shared/clock.ts";
import { Live } from "../shared/live.ts";
import { Baton } from "../stage/baton.ts";
import { type Deck, partsOf, plain, saidBy, same, type Scene, scene, themeOf, workshopOf } from "../stage/deck.ts";
import { keepPages } from "../stage/keeping.ts";
import { Pocket } from "../stage/pocket.ts";
import { keepStanding, standingSince } from "../stage/standing.ts";
import type { Sheet } from "../stage/sheet.ts";
import { clock, WORDS } from "../stage/words.ts";
import { type Step, stepsOf } from "./steps.ts";
import { Timer } from "./timer.ts";

interface Data {
  readonly doors: string;
  readonly head: number;
  readonly sheets: readonly Sheet[];
  readonly sheet: string;
  readonly own: string;
  readonly scene: Scene;
  readonly prepared: number;
  /** The position at which the screen was last driven. */
  readonly driven: number;
  /** When the server made this page. */
  readonly read_at: number;
}

const data = JSON.parse(byId("page-data").textContent) as Data;
const deck = JSON.parse(byId("deck-data").textContent) as Deck;
const steps = stepsOf(data, deck);
let place = 0;
let shown = data.scene;
let before: Scene | null = null;
let prepared = data.prepared;
/** A preparation that found no network leaves from here, as soon as there is one. */
const stage = new Pocket({
  name: "stage",
  doors: data.doors,
  onReceipt: (_, { position, refusal }) => {
    if (refusal !== undefined) say(byId("link"), refusal.sentence);
    prepared = Math.max(prepared, position ?? 0);
    if (begun) keep();
    void keepPages();
  },
});
const awaited = stage.waiting.at(-1);
let begun = awaited === undefined && data.driven > data.prepared;
/** The last act on the screen that this phone knows of. */
let driven = Math.max(data.driven, Number(awaited?.payload["after"] ?? 0));

function progress(state: "sending" | "received" | "cut"): void {
  const link = byId("link");
  link.dataset["state"] = state;
  say(link, { sending: WORDS.sending, received: WORDS.received, cut: WORDS.cutSpeaker }[state]);
  if (state === "received") {
    byId("behind").hidden = true;
    keep();
  }
}

const baton = new Baton(data.doors, progress, { first: () => stage.flush(), onReceived: (position) => (driven = Math.max(driven, position)) });
let cut = false;

const timer = new Timer(data.doors);

/** Put a scene on the screen, and here. */
function show(next: Scene): void {
  if (next.view === "black" && shown.view !== "black") before = shown;
  begun = true;
  shown = plain(next);
  void baton.show(shown);
  render();
  keep();
}

/** A phone that is opened again in the middle of the speech goes on from here. */
function keep(): void {
  keepStanding(`lectern:${data.doors}${data.sheet}`, { scene: shown, prepared, place, sent: !baton.behind, at: Date.now() - clockAhead(), driven, awaits: stage.waiting.at(-1)?.id ?? "" });
}

function go(to: number): void {
  if (to < 0 || to >= steps.length) return;
  place = to;
  timer.point();
  const next = steps[place]?.scene;
  if (next) show(next);
  else {
    render();
    keep();
  }
  scrollTo({ top: 0, behavior: "instant" });
}

function forward(): void {
  const first = steps[place]?.scene;
  if (!begun) {
    begun = true;
    if (!timer.read().running) timer.toggle();
    // The first touch begins with the first landmark, whatever the screen still shows; only a title that stands there is past.
    if (first?.view !== "title" || !same(first, { ...shown, part: 0 })) return go(place);
  }
  const said = shown.view === "quote" ? saidBy(deck, shown) : undefined;
  if (said && shown.part + 1 < partsOf(said.text).length) show({ ...shown, part: shown.part + 1 });
  else go(place + 1);
}

function back(): void {
  if (shown.view === "quote" && shown.part > 0) show({ ...shown, part: shown.part - 1 });
  else go(place - 1);
}

function turnBlack(): void {
  show(shown.view === "black" ? (before ?? steps[place]?.scene ?? scene("title")) : scene("black"));
}

function render(): void {
  const step = steps[place];
  const now = byId("now");
  now.replaceChildren(...(step ? said(step) : [make("p", "soft", WORDS.empty)]));
  // Who faces the room does not see the screen: what it shows instead of this landmark is said.
  const elsewhere = step?.scene != null && !same(step.scene, { ...shown, part: 0 });
  byId("onscreen").hidden = !elsewhere;
  say(byId("onscreen"), elsewhere ? WORDS.onScreen(short({ line: "", scene: shown, seconds: 0 })) : "");
  const next = steps[place + 1];
  say(byId("next"), next ? WORDS.next(short(next)) : WORDS.last);
  byId<HTMLButtonElement>("back").disabled = place === 0 && shown.part === 0;
  byId<HTMLButtonElement>("forward").disabled = begun && next === undefined && !longer();
  say(byId("forward"), begun ? WORDS.forward : WORDS.begin);
  const black = byId("black");
  black.setAttribute("aria-pressed", String(shown.view === "black"));
  say(black, shown.view === "black" ? WORDS.lit : WORDS.black);
  also(step);
}

function longer(): boolean {
  const said = shown.view === "quote" ? saidBy(deck, shown) : undefined;
  return said !== undefined && shown.part + 1 < partsOf(said.text).length;
}

/** The present landmark, large: its line, then the words exactly as noted. */
function said(step: Step): HTMLElement[] {
  const parts: HTMLElement[] = [make("p", "small soft", WORDS.of(place + 1, steps.length))];
  if (step.line !== "") parts.push(words("p", "line", step.line));
  const theme = step.scene ? themeOf(deck, step.scene.theme_id) : undefined;
  if (step.scene?.view === "quote") {
    const quote = saidBy(deck, step.scene);
    const pieces = quote ? partsOf(quote.text) : [];
    const part = same({ ...shown, part: 0 }, { ...step.scene, part: 0 }) ? Math.min(shown.part, pieces.length - 1) : 0;
    if (quote) parts.push(words("blockquote", "", `«\u202f${(pieces[part] ?? "").trim()}\u202f»`), make("p", "small soft", source(quote.workshop, part, pieces.length)));
  } else if (theme) parts.push(words("p", step.line === "" ? "line" : "of", theme.label));
  else if (step.scene) parts.push(words("p", "line", named(step.scene)));
  return parts;
}

function source(workshop: string, part: number, parts: number): string {
  return parts > 1 ? `${workshopOf(deck, workshop)} · ${WORDS.part(part + 1, parts)}` : workshopOf(deck, workshop);
}

function named(one: Scene): string {
  if (one.view === "title") return deck.title;
  if (one.view === "table") return WORDS.table;
  if (one.view === "black") return WORDS.black;
  if (one.view === "actor") return deck.actors.find((actor) => actor.id === one.actor_id)?.name ?? "";
  return themeOf(deck, one.theme_id)?.label ?? "";
}

function short(step: Step): string {
  const text = step.line || (step.scene?.view === "quote" ? `«\u202f${saidBy(deck, step.scene)?.text ?? ""}\u202f»` : step.scene ? named(step.scene) : "");
  return text.length > 90 ? `${text.slice(0, 88)}…` : text;
}

/** What else the room may be shown now: the theme, its quotes, its actors, everything. */
function also(step: Step | undefined): void {
  const theme = themeOf(deck, shown.theme_id || (step?.scene?.theme_id ?? ""));
  const choices: [string, Scene][] = [];
  if (theme) {
    choices.push([theme.label, scene("theme", { theme_id: theme.id })]);
    for (const quote of theme.quotes) choices.push([`«\u202f${quote.text}\u202f»`, scene("quote", { theme_id: theme.id, note_id: quote.note_id })]);
    for (const id of theme.actors) {
      const actor = deck.actors.find((one) => one.id === id);
      if (actor) choices.push([`● ${actor.name}`, scene("actor", { actor_id: id, theme_id: theme.id })]);
    }
  }
  choices.push([WORDS.table, scene("table")], [WORDS.title, scene("title")]);
  byId("also").replaceChildren(...choices.map(([label, one]) => choice(label, one)));
}

function choice(label: string, one: Scene): HTMLElement {
  const on = same(one, { ...shown, part: 0 });
  const button = make("button", "button", [words("span", "", label)]);
  button.type = "button";
  button.setAttribute("aria-pressed", String(on));
  button.addEventListener("click", () => show(one));
  return button;
}

function tick(): void {
  const { point, whole, running } = timer.read();
  const budget = steps[place]?.seconds ?? 0;
  const all = steps.reduce((sum, one) => sum + one.seconds, 0);
  const left = budget - point;
  const face = byId("point");
  face.classList.toggle("over", budget > 0 && left < 0);
  say(face, budget === 0 ? clock(point) : left < 0 ? WORDS.over(clock(-left)) : WORDS.left(clock(left)));
  say(byId("whole"), WORDS.whole(clock(whole), all > 0 ? clock(all) : ""));
  say(byId("timer"), running ? WORDS.pause : WORDS.start);
  byId("reset").hidden = running || whole === 0;
}

byId("forward").addEventListener("click", forward);
byId("back").addEventListener("click", back);
byId("black").addEventListener("click", turnBlack);
byId("timer").addEventListener("click", () => {
  timer.toggle();
  tick();
});
byId("reset").addEventListener("click", () => {
  timer.reset();
  tick();
  byId("timer").focus();
});
byId("resend").addEventListener("click", () => show(shown));
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const onButton = (event.target as HTMLElement).closest("button, a") !== null;
  const key = event.key === " " && onButton ? "" : event.key;
  const acting = { ArrowRight: forward, PageDown: forward, " ": forward, ArrowLeft: back, PageUp: back, b: turnBlack, B: turnBlack, ".": turnBlack }[key];
  if (acting === undefined) return;
  event.preventDefault();
  acting();
});

const live = new Live({
  doors: data.doors,
  after: data.head,
  onEntry: (entry) => {
    // What was shown before this preparation is another speech, even when the page's notes are older than both.
    if (entry.name !== "stage.shown" || entry.mine || entry.position <= Math.max(prepared, driven)) return;
    driven = entry.position;
    // The projector's own keyboard moved: the phone follows.
    baton.yield();
    begun = true;
    shown = plain(entry.payload as unknown as Scene);
    const found = steps.findIndex((step) => step.scene !== null && same(step.scene, { ...shown, part: 0 }));
    if (found >= 0 && found !== place) {
      place = found;
      timer.point();
    }
    render();
    keep();
    state(cut);
  },
  onState: (now) => state(now === "cut" || now === "refused"),
});

/** Say whether the screen follows; back on the network, it may have stayed behind, and only the speaker moves it. */
function state(gone: boolean): void {
  cut = gone;
  const link = byId("link");
  const behind = !cut && baton.behind && link.dataset["state"] !== "sending";
  if (cut) say(link, WORDS.cutSpeaker);
  else if (behind) say(link, WORDS.behind);
  else if (link.dataset["state"] !== "sending") say(link, WORDS.received);
  byId("behind").hidden = !behind;
  link.classList.toggle("cut", cut || behind);
  if (!cut && !behind && link.dataset["state"] === "cut") link.dataset["state"] = "received";
}

function standing(): number {
  return Math.max(0, steps.findIndex((step) => step.scene !== null && same(step.scene, { ...shown, part: 0 })));
}

/** Where the screen stands is where the speech stands, once it began; a page kept on this phone is older than what it did since. */
const kept = standingSince(`lectern:${data.doors}${data.sheet}`, data, awaited?.id);
if (kept !== null) {
  shown = kept.scene;
  begun = true;
  driven = Math.max(driven, kept.driven ?? 0);
}
place = Math.min(kept?.place ?? (begun ? standing() : 0), Math.max(0, steps.length - 1));
if (kept?.sent === false) baton.hold(kept.scene, kept.at + clockAhead(), data.read_at > kept.at);
render();
setInterval(tick, 500);
tick();
document.documentElement.classList.add("ready");
void live.run();
for (const event of ["online", "visibilitychange"]) addEventListener(event, () => live.wake());
void keepPages();
