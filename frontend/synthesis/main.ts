// Starts every page of the synthesis: follows the journal, keeps the page alive, and lets a person decide.

import "../reading/desk.ts";
import { Live } from "../shared/live.ts";
import { clockAhead } from "../shared/clock.ts";
import { perform, startActs } from "./acts.ts";
import { Alive } from "./alive.ts";
import { dress, toggleChoosing } from "./choosing.ts";
import type { Act } from "./decide.ts";
import { Freshness } from "./freshness.ts";
import { listen, showKeys } from "./keys.ts";
import { chooseTheme, merge } from "./merge.ts";
import { dataOf, type PageData, type ThemeName } from "./page.ts";
import { rename } from "./rename.ts";
import { startTable } from "./table.ts";
import { WORDS } from "./words.ts";

let data: PageData = dataOf(document);
const freshness = new Freshness(data.read_at + clockAhead());

const alive = new Alive({
  onShown: () => {
    prepare();
    dispatchEvent(new Event("restitution:shown"));
  },
  onFetched: unhide,
  onQuiet: () => dispatchEvent(new Event("restitution:quiet")),
  onData: (fetched) => {
    data = fetched;
    freshness.shown(fetched.position);
  },
});

function unhide(page: Document): void {
  for (const part of page.querySelectorAll("[data-act], [data-modes], #show-keys")) part.removeAttribute("hidden");
}

/** What only a script can do is shown only when a script is there. */
function prepare(): void {
  unhide(document);
  startTable();
  dress();
}

function nameOf(theme: HTMLElement): ThemeName {
  const label = theme.querySelector(".name [data-quiet]")?.textContent ?? "";
  return { id: theme.dataset["theme"] ?? "", label, notes: Number(theme.dataset["notes"]) };
}

function startRename(theme: HTMLElement): void {
  rename(theme, {
    doors: data.doors,
    edition: data.edition,
    read: data.position,
    onDone: (position) => done(position, WORDS.renamed),
  });
}

function startMerge(theme: HTMLElement): void {
  merge(nameOf(theme), {
    doors: data.doors,
    edition: data.edition,
    read: data.position,
    themes: data.themes,
    onDone: (position, into) => {
      if (theme.classList.contains("open") && into !== theme.dataset["theme"]) {
        location.assign(location.pathname.replace(/[^/]+$/, encodeURIComponent(into)));
        return;
      }
      done(position, WORDS.merged);
    },
  });
}

function done(position: number, words: string): void {
  alive.tell(words);
  alive.expect(position);
  alive.look();
}

function startApart(theme: HTMLElement): void {
  const { id, label } = nameOf(theme);
  chooseTheme(WORDS.apartTitle(label), WORDS.apart, data.themes.filter((one) => one.id !== id), (other) => {
    void perform([{ name: "themes.kept_apart", payload: { theme_ids: [id, other], read: data.position } }], WORDS.told.apart);
  });
}

/** Perform what the server wrote on a button: what it decides, and over what this page had read. */
function startActsOf(button: HTMLElement): void {
  const acts = JSON.parse(button.dataset["acts"] ?? "[]") as Act[];
  const told = WORDS.told[(button.dataset["told"] ?? "done") as keyof typeof WORDS.told];
  void perform(acts, told);
}

startActs({
  doors: () => data.doors,
  onDone: (position) => {
    alive.expect(position);
    alive.look();
  },
});

listen({ rename: startRename, merge: startMerge });

// Other scripts of the page decide too: what they did is shown like any decision of this reader.
addEventListener("restitution:decided", (event) => {
  const { position, words } = (event as CustomEvent<{ position: number; words: string }>).detail;
  done(position, words);
});

document.addEventListener("click", (event) => {
  const button = (event.target as HTMLElement).closest<HTMLElement>("[data-act], #show-keys");
  const theme = button?.closest<HTMLElement>("[data-theme]");
  if (button?.id === "show-keys") showKeys();
  else if (theme && button?.dataset["act"] === "rename") startRename(theme);
  else if (theme && button?.dataset["act"] === "merge") startMerge(theme);
  else if (theme && button?.dataset["act"] === "apart") startApart(theme);
  else if (button?.dataset["act"] === "decide") startActsOf(button);
  else if (button?.dataset["act"] === "choose") toggleChoosing(button, () => data);
});

const live = new Live({
  doors: data.doors,
  after: data.head,
  onEntry: (entry) => {
    freshness.heard();
    if (entry.name === "note.written") freshness.coming(entry.position);
    if (/^(edition|notes?|themes?|programme|report|scenario)\./.test(entry.name)) alive.look();
    if (!entry.mine && entry.author !== "" && entry.name in WORDS.others) alive.tell(WORDS.others[entry.name as keyof typeof WORDS.others]);
  },
  onPresence: () => freshness.heard(),
  onState: (state) => freshness.state(state),
});
void live.run();
for (const event of ["online", "visibilitychange"]) addEventListener(event, () => live.wake());

// « Note mal placée… » on a card leads here: the notes may be chosen at once.
if (location.hash === "#choisir") document.querySelector<HTMLElement>('[data-act="choose"]')?.click();
