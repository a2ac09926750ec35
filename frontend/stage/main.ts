// The projector: shows what the speaker's phone shows; its own keyboard drives it too, and alone when the network is gone.

import { byId, say } from "../shared/dom.ts";
import { ask } from "../shared/door.ts";
import { clockAhead } from "../shared/clock.ts";
import { Live } from "../shared/live.ts";
import { Baton } from "./baton.ts";
import { type Deck, following, plain, preceding, type Scene, scene } from "./deck.ts";
import { keepPages } from "./keeping.ts";
import { draw } from "./scene.ts";
import { keepStanding, standingSince } from "./standing.ts";
import { WORDS } from "./words.ts";

interface Data {
  readonly doors: string;
  readonly head: number;
  readonly prepared: number;
  readonly scene: Scene;
  /** When the server made this page. */
  readonly read_at: number;
}

interface Prepared {
  readonly deck: Deck;
  readonly scene: Scene;
  readonly prepared: number;
}

const data = JSON.parse(byId("page-data").textContent) as Data;
let deck = JSON.parse(byId("deck-data").textContent) as Deck;
let prepared = data.prepared;
/** What stands on the screen, and what stood there before it was made black. */
let shown = data.scene;
let before: Scene | null = null;
/** When this screen's own keyboard last drove it, by the server's clock. */
let driven = 0;
let cut = false;
/** Whether its keyboard drove it while nobody could hear of it: what stands here is newer than what others know. */
let alone = false;

const place = byId("scene");
const room = document.getElementById("room-code") as HTMLTemplateElement | null;
const STEPS = ["", "fit-1", "fit-2", "fit-3"];

function show(next: Scene): void {
  if (next.view === "black" && shown.view !== "black") before = shown;
  shown = plain(next);
  draw(place, deck, shown, room);
  fit();
  keepStanding(`stage:${data.doors}`, { scene: shown, prepared, place: 0, sent: !alone, at: Date.now() - clockAhead() });
}

/** Words are whole on the screen: a step smaller, down to the smallest that the back of a room reads. */
function fit(): void {
  for (const step of STEPS) {
    place.classList.remove(...STEPS.filter((one) => one !== ""));
    if (step !== "") place.classList.add(step);
    if (place.scrollHeight <= place.clientHeight && place.scrollWidth <= place.clientWidth) return;
  }
}

const baton = new Baton(data.doors, () => undefined);

/** This keyboard's own move. */
function drive(next: Scene | null): void {
  if (next === null) return;
  driven = Date.now() - clockAhead();
  alone = cut;
  show(next);
  if (!cut) void baton.show(next);
}

function turnBlack(): void {
  drive(shown.view === "black" ? (before ?? scene("title")) : scene("black"));
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = {
    ArrowRight: () => drive(shown.view === "black" ? before : following(deck, shown)),
    ArrowLeft: () => drive(shown.view === "black" ? before : preceding(deck, shown)),
    b: turnBlack,
    ".": turnBlack,
    t: () => drive(scene("table")),
    Home: () => drive(deck.scenes[0] ?? scene("title")),
    f: () => void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
    "?": () => byId<HTMLDialogElement>("keys").showModal(),
  }[KEYS[event.key] ?? event.key];
  if (act === undefined || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  act();
});

/** What a presenter's remote sends, and capitals. */
const KEYS: Record<string, string> = { PageDown: "ArrowRight", " ": "ArrowRight", ArrowDown: "ArrowRight", Enter: "ArrowRight", PageUp: "ArrowLeft", ArrowUp: "ArrowLeft", B: "b", T: "t", F: "f" };

async function prepareAgain(): Promise<boolean> {
  const answer = await ask<Prepared>(`${data.doors}stage`);
  if (!answer.ok) return false;
  ({ deck, prepared } = answer.value);
  show(alone || baton.behind ? shown : answer.value.scene);
  void keepPages();
  return true;
}

const live = new Live({
  doors: data.doors,
  after: data.head,
  onEntry: (entry) => {
    if (entry.name === "stage.prepared") void prepareAgain();
    // What was shown elsewhere before this keyboard's last move is past: the screen does not jump back to it.
    else if (entry.name === "stage.shown" && entry.at >= driven) {
      alone = false;
      show(plain(entry.payload as unknown as Scene));
    }
  },
  onState: (state) => {
    cut = state === "cut" || state === "refused";
    say(byId("link"), cut ? WORDS.cutScreen : "");
  },
});

// A page that was opened without a network stands where this screen last stood.
const kept = standingSince(`stage:${data.doors}`, data);
alone = kept?.sent === false;
show(kept?.scene ?? data.scene);
document.documentElement.classList.add("ready");
addEventListener("resize", fit);
void document.fonts.ready.then(fit);
void live.run();
for (const event of ["online", "visibilitychange"]) addEventListener(event, () => live.wake());
void keepPages();
