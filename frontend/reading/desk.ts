/** What the witness's pages add around the themes: a version to freeze, stars to put, pages kept for the dead zone. */

import { make, say } from "../shared/dom.ts";
import { ask } from "../shared/door.ts";
import { uuid7 } from "../shared/uuid7.ts";
import { keepPages } from "../stage/keeping.ts";
import { Pocket } from "../stage/pocket.ts";
import { type Landmark, type Sheet, withWaiting } from "../stage/sheet.ts";
import { WORDS } from "../stage/words.ts";

interface Data {
  readonly doors: string;
  readonly edition: number;
  readonly version: number;
  readonly themes: readonly { readonly id: string }[];
}

function data(): Data {
  return JSON.parse(document.getElementById("page-data")?.textContent ?? "{}") as Data;
}

const doors = data().doors;
const KEY = `restitution:sheet:${doors}`;
let told = remembered();
/** Whether all that a witness may open from here is on this device. */
let kept = false;

const pocket = new Pocket({
  name: "landmarks",
  doors,
  onChange: (_waiting, refusal) => {
    if (refusal !== "") void refresh();
    render();
  },
  onReceipt: (operation) => {
    told = withWaiting(told, told.id, [operation]);
    remember();
    if (operation.name.startsWith("reading.")) location.reload();
  },
});

function remembered(): Sheet {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null") as Sheet | null;
    if (kept !== null) return kept;
  } catch {
    // Nothing was kept.
  }
  return { id: "", name: "", shared: false, landmarks: [] };
}

function remember(): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(told));
  } catch {
    // It will be asked for again.
  }
}

async function refresh(): Promise<void> {
  const answer = await ask<{ sheets: readonly Sheet[] }>(`${doors}landmarks`);
  const own = answer.ok ? answer.value.sheets[0] : undefined;
  if (own === undefined) return;
  told = own;
  remember();
  render();
}

function landmarks(): readonly Landmark[] {
  return withWaiting(told, told.id, pocket.waiting).landmarks;
}

/** Give each theme and each note its star; a star that is put carries its place in the speech. */
function render(): void {
  const standing = landmarks();
  for (const theme of document.querySelectorAll<HTMLElement>("#living [data-theme]")) {
    const titled = theme.querySelector<HTMLElement>(".titled");
    if (titled) star(titled, { theme_id: theme.dataset["theme"] ?? "" }, titled.querySelector(".name")?.textContent ?? "", standing);
  }
  for (const note of document.querySelectorAll<HTMLElement>("#living [data-note]")) {
    const source = note.querySelector<HTMLElement>(":scope > .source");
    if (source) star(source, { note_id: note.dataset["note"] ?? "" }, WORDS.thisNote, standing);
  }
  const here = document.getElementById("kept-here");
  if (here) say(here, kept ? ` · ${WORDS.keptHere}` : "");
  const count = document.getElementById("starred");
  if (count) say(count, standing.length > 0 ? `★ ${standing.length}` : "");
  for (const button of document.querySelectorAll<HTMLElement>("[data-reading], [data-print]")) button.hidden = false;
}

function star(place: HTMLElement, target: { theme_id?: string; note_id?: string }, label: string, standing: readonly Landmark[]): void {
  let button = place.querySelector<HTMLButtonElement>(":scope > .star");
  if (button === null) {
    button = make("button", "button quiet star unprinted");
    button.type = "button";
    button.addEventListener("click", () => toggle(target));
    place.append(button);
  }
  const at = find(standing, target);
  // What is seen is also what is spoken, then what it does.
  const sign = at < 0 ? "☆" : `★ ${at + 1}`;
  const does = at < 0 ? WORDS.star(label) : WORDS.starred(label);
  if (button.textContent !== `${sign} ${does}`) button.replaceChildren(`${sign} `, make("span", "spoken", does));
  button.setAttribute("aria-pressed", String(at >= 0));
}

function find(standing: readonly Landmark[], { theme_id = "", note_id = "" }: { theme_id?: string; note_id?: string }): number {
  return standing.findIndex((one) => one.theme_id === theme_id && one.note_id === note_id);
}

function toggle(target: { theme_id?: string; note_id?: string }): void {
  const standing = landmarks();
  const known = standing[find(standing, target)];
  if (known) pocket.put("landmark.dropped", { landmark_id: known.id });
  else pocket.put("landmark.placed", { landmark_id: uuid7(), ...target });
  render();
}

/** Freeze what stands here, or read the newest: the page is asked for again once the server has kept it. */
document.addEventListener("click", (event) => {
  const button = (event.target as HTMLElement).closest<HTMLElement>("[data-reading]");
  if (button?.dataset["reading"] === "released") pocket.put("reading.released", {});
  else if (button) {
    const { edition, version } = data();
    pocket.put("reading.frozen", { edition, position: version });
  }
  if ((event.target as HTMLElement).closest("[data-print]")) print();
});

if (document.getElementById("living") !== null && doors) {
  for (const name of ["restitution:shown", "restitution:quiet"]) addEventListener(name, render);
  render();
  void refresh();
  const base = location.pathname.replace(/\/synthese.*$/, "/synthese");
  const desk = location.pathname === base;
  const themes = desk ? data().themes.map((theme) => `${base}/themes/${encodeURIComponent(theme.id)}`) : [];
  const doors = ["partout", "debat", "une-fois", "questions", "depuis", "reperes", "ensemble", "a-classer", "acteurs"].map((name) => `${base}/${name}`);
  const beside = desk ? [...doors, base.replace(/synthese$/, "pupitre")] : [];
  // What a witness needs is kept once the page is quiet: the first look comes first.
  setTimeout(() => void keepPages([...beside, ...themes]).then((all) => {
    kept = desk && all;
    render();
  }), 2_000);
}
