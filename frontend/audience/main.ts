// The room's phones: the quote of the moment, or everything at one's own pace; an echo, counted, from nobody.

import { byId, make, say, words } from "../shared/dom.ts";
import { ask } from "../shared/door.ts";
import { clockAhead } from "../shared/clock.ts";
import { Live } from "../shared/live.ts";
import { type Deck, type DeckNote, plain, saidBy, type Scene, themeOf, workshopOf } from "../stage/deck.ts";
import { keepPages } from "../stage/keeping.ts";
import { Pocket } from "../stage/pocket.ts";
import { keepStanding, standingSince } from "../stage/standing.ts";
import { WORDS } from "../stage/words.ts";

interface Data {
  readonly doors: string;
  readonly head: number;
  readonly prepared: number;
  readonly scene: Scene;
  /** When the server made this page. */
  readonly read_at: number;
  readonly echoes: Readonly<Record<string, number>>;
}

/** A hall of phones does not ask in the same second. */
const SPREAD = 3_000;
const COUNT_EVERY = 12_000;

const data = JSON.parse(byId("page-data").textContent) as Data;
let deck = JSON.parse(byId("deck-data").textContent) as Deck;
const STANDING = `audience:${data.doors}`;
// A page that was kept on this phone is older than what the speaker showed since.
let shown = standingSince(STANDING, data)?.scene ?? data.scene;
let counts = data.echoes;
let following = true;
const given = new Set(remembered());
const KEY = `restitution:echoes:${data.doors}`;

const pocket = new Pocket({ name: "echo", doors: data.doors, onReceipt: () => void count() });

function remembered(): string[] {
  try {
    return JSON.parse(localStorage.getItem(`restitution:echoes:${data.doors}`) ?? "[]") as string[];
  } catch {
    return [];
  }
}

function show(): void {
  byId("now").replaceChildren(...caption());
  renderEchoes();
}

/** What the screen says, to be read on a phone: the words whole, whatever their length. */
function caption(): Node[] {
  const theme = themeOf(deck, shown.theme_id);
  const name = theme ? [words("p", "of", theme.label)] : [];
  if (shown.view === "quote") {
    const said = saidBy(deck, shown);
    if (said === undefined) return [...name, make("p", "soft", WORDS.sending)];
    const kind = deck.kinds.find((one) => one.key === said.kind);
    const source = make("p", "small soft", workshopOf(deck, said.workshop));
    if (kind) {
      const mark = make("span", "kind", [make("span", "sign", kind.sign), ` ${kind.label}`]);
      mark.dataset["kind"] = kind.key;
      source.prepend(mark, " · ");
    }
    return [...name, words("blockquote", "", `«\u202f${said.text}\u202f»`), source, ...(theme ? [echoPlace(theme.id)] : [])];
  }
  if (theme && shown.view === "theme") return [words("p", "line", theme.label), echoPlace(theme.id)];
  if (shown.view === "actor") {
    const actor = deck.actors.find((one) => one.id === shown.actor_id);
    return actor ? [words("p", "line", actor.name), make("p", "soft", WORDS.cited(actor.links.length))] : [];
  }
  if (shown.view === "table") return [words("p", "line", WORDS.table), workshopsList()];
  return shown.view === "title" ? [words("p", "line", deck.title)] : [make("p", "soft", WORDS.nothing)];
}

/** The table's words: each theme and where it was said. */
function workshopsList(): HTMLElement {
  const rows = deck.themes.slice(0, 9).map((theme) => make("li", "", [words("span", "", theme.label), make("span", "soft small", ` ${WORDS.workshops(theme.workshops.length)}`)]));
  return make("ul", "counted", rows);
}

function echoPlace(theme: string): HTMLElement {
  const place = make("p", "echo");
  place.dataset["echo"] = theme;
  return place;
}

function renderEchoes(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-echo]")) {
    const id = place.dataset["echo"] ?? "";
    const done = given.has(id);
    let button = place.querySelector("button");
    if (button === null) {
      button = make("button", "button");
      button.type = "button";
      button.addEventListener("click", () => give(id));
      place.replaceChildren(button, make("span", "figures soft small"));
    }
    say(button, done ? WORDS.echoed : WORDS.echo);
    button.setAttribute("aria-pressed", String(done));
    button.setAttribute("aria-disabled", String(done));
    say(place.querySelector("span")!, WORDS.echoes(Math.max(counts[id] ?? 0, done ? 1 : 0)));
  }
}

/** Once per device and theme; without a network it waits here. */
function give(theme: string): void {
  if (given.has(theme)) return;
  given.add(theme);
  try {
    localStorage.setItem(KEY, JSON.stringify([...given].sort()));
  } catch {
    // The server counts a device once in any case.
  }
  pocket.put("echo.given", { theme_id: theme });
  renderEchoes();
}

async function count(): Promise<void> {
  const answer = await ask<{ echoes: Readonly<Record<string, number>> }>(`${data.doors}echoes`);
  if (answer.ok) counts = answer.value.echoes;
  renderEchoes();
}

/** A note that this phone did not bring along: ask for it, not all at once. */
async function fetchNote(): Promise<void> {
  const wanted = shown.note_id;
  await later(SPREAD / 3);
  if (wanted !== shown.note_id) return;
  const answer = await ask<DeckNote>(`${data.doors}stage/notes/${encodeURIComponent(wanted)}`);
  if (!answer.ok) return;
  deck = { ...deck, notes: [...deck.notes, answer.value] };
  if (following) show();
}

function take(scene: Scene): void {
  shown = plain(scene);
  keepStanding(STANDING, { scene: shown, prepared: data.prepared, place: 0, sent: true, at: Date.now() - clockAhead() });
  if (!following) return;
  show();
  if (shown.view === "quote" && saidBy(deck, shown) === undefined) void fetchNote();
}

function later(spread: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * spread));
}

function follow(on: boolean): void {
  following = on;
  byId("follow").setAttribute("aria-pressed", String(on));
  byId("free").setAttribute("aria-pressed", String(!on));
  byId("now").hidden = !on;
  byId("all").hidden = on;
  if (on) take(shown);
}

byId("how").hidden = false;
byId("follow").addEventListener("click", () => follow(true));
byId("free").addEventListener("click", () => follow(false));

const live = new Live({
  doors: data.doors,
  after: data.head,
  onEntry: (entry) => {
    if (entry.name === "stage.shown") take(entry.payload as unknown as Scene);
    // The list of themes is another: the page is asked for again, by each phone in its own second.
    else if (entry.name === "stage.prepared") void later(SPREAD).then(() => location.reload());
  },
  onState: (state) => {
    const cut = state === "cut" || state === "refused";
    say(byId("link"), cut ? WORDS.cutReader : state === "connecting" ? "" : WORDS.followed);
  },
});

follow(true);
renderEchoes();
document.documentElement.classList.add("ready");
void live.run();
for (const event of ["online", "visibilitychange"]) addEventListener(event, () => live.wake());
setInterval(() => {
  if (!document.hidden) void count();
}, COUNT_EVERY + Math.random() * SPREAD);
void keepPages();
