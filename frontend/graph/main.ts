// Starts the picture of the actors' page. The table beside it says the same, and works without this script.

import { byId, make, say } from "../shared/dom.ts";
import { fetchPage, transplant } from "../synthesis/alive.ts";
import { fold } from "../synthesis/merge.ts";
import { dataOf } from "../synthesis/page.ts";
import { WORDS } from "../synthesis/words.ts";
import { Canvas, type Lit } from "./canvas.ts";
import { choose, type Picture } from "./picture.ts";

let picture: Picture | null = null;
let canvas: Canvas | null = null;
const asked = new URLSearchParams(location.search);
let lit: Lit = { id: asked.get("acteur") ?? "", sort: "actor", theme: asked.get("theme") ?? "" };
const without = { kinds: new Set<string>(), groups: new Set<string>(), strengths: new Set<string>(), workshop: "" };
let searched = "";
const FILTERS = "#kinds button, #groups button, #strengths button";

async function fetchPicture(): Promise<Picture | null> {
  try {
    const response = await fetch(`${dataOf(document).doors}editions/latest/graph`, { credentials: "same-origin" });
    return response.ok ? ((await response.json()) as Picture) : null;
  } catch {
    return null;
  }
}

/** Draw in the place that the page now has: the page may have been replaced by a newer one. */
async function start(): Promise<void> {
  const section = document.getElementById("graph");
  picture = await fetchPicture();
  if (section === null || picture === null) return;
  section.hidden = false;
  byId("tools").hidden = false;
  if (matchMedia("(min-width: 62rem)").matches) byId<HTMLDetailsElement>("filters").open = true;
  await document.fonts.ready;
  const before = canvas?.viewport;
  canvas?.destroy();
  canvas = new Canvas(picture, { place: byId("picture"), onLight: (next) => void light(next), onUntold: tellUntold, onHover: tellHovered });
  listenToTools();
  listNames(picture);
  restore();
  canvas.filter(without);
  canvas.light(lit);
  if (before) canvas.goTo(before);
  filterRows();
}

async function refresh(): Promise<void> {
  const next = await fetchPicture();
  if (next === null) return;
  picture = next;
  canvas?.take(next);
  filterRows();
}

function tellUntold(count: number): void {
  const place = document.getElementById("untold");
  if (place === null) return;
  place.hidden = count === 0;
  say(place, count === 0 ? "" : WORDS.untold(count));
}

/** Say in a line what the pointer is over; the table says the same to those who have none. */
function tellHovered(ids: readonly string[]): void {
  const place = document.getElementById("hovered");
  if (place) say(place, picture ? sentenceOf(picture, ids) : "");
}

/** The word of a filter's button, without its sign and its count. */
function wordOf(selector: string): string {
  return document.querySelector(selector)?.textContent?.trim() ?? "";
}

function sentenceOf(from: Picture, [first = "", second = ""]: readonly string[]): string {
  const theme = from.themes.find((one) => one.id === first || one.id === second);
  const actor = from.actors.find((one) => one.id === first);
  const link = from.links.find((one) => one.actor_id === first && one.theme_id === second);
  if (link && actor && theme) {
    const kinds = link.kinds.filter(([key, count]) => key !== "" && count > 0).map(([key, count]) => `${wordOf(`[data-kind="${key}"]`)} ${count}`);
    const said = [WORDS.notes(link.notes), ...kinds, wordOf(`[data-strength="${link.strength}"]`)];
    return WORDS.about(`${actor.name} – ${theme.label}`, said.join(" · "));
  }
  const one = actor ?? theme;
  return one === undefined ? "" : WORDS.about(actor ? actor.name : (theme?.label ?? ""), WORDS.notes(one.notes));
}

/** Put one actor or theme in the light: the rest fades, a sentence says it, its notes are below. */
async function light(next: Lit): Promise<void> {
  lit = next;
  canvas?.light(next);
  const address = new URL(location.href);
  if (next.sort === "actor" && next.id !== "") address.searchParams.set("acteur", next.id);
  else address.searchParams.delete("acteur");
  if (next.sort === "actor" && next.theme) address.searchParams.set("theme", next.theme);
  else address.searchParams.delete("theme");
  address.hash = "";
  history.replaceState(null, "", address);
  for (const row of rows()) row.toggleAttribute("aria-current", row.dataset["actor"] === next.id);
  const place = byId("light");
  if (next.sort === "theme") place.replaceChildren(...sayTheme(next.id));
  else if (next.id === "") place.replaceChildren();
  else {
    const page = await fetchPage(address.href);
    const then = page?.getElementById("light");
    if (then && lit === next) transplant(place, then);
  }
}

function sayTheme(id: string): HTMLElement[] {
  const theme = picture?.themes.find((one) => one.id === id);
  if (!theme || !picture) return [];
  const cited = picture.links.filter((link) => link.theme_id === id).length;
  const title = make("h2", "", theme.label);
  title.dir = "auto";
  const open = make("a", "button quiet", WORDS.open);
  open.href = location.pathname.replace(/acteurs$/, `themes/${encodeURIComponent(id)}`);
  const all = make("button", "button quiet", WORDS.all);
  all.id = "unlight";
  return [title, make("p", "lead", `${WORDS.theme(theme.notes, cited)}.`), make("p", "row", [open, all])];
}

function rows(): HTMLTableRowElement[] {
  return [...document.querySelectorAll<HTMLTableRowElement>("#actors tbody tr")];
}

/** The table follows the same filters as the picture. */
function filterRows(): void {
  const passing = new Set(picture ? choose(picture, without).actors.map((actor) => actor.id) : []);
  const filtered = without.kinds.size + without.strengths.size > 0 || without.workshop !== "";
  for (const row of rows()) {
    const id = row.dataset["actor"] ?? "";
    const left = without.groups.has(row.dataset["group"] ?? "") || (filtered && !passing.has(id));
    row.hidden = left || (searched !== "" && !fold(row.textContent).includes(searched));
  }
}

function listNames(from: Picture): void {
  const options = [...from.actors.map((actor) => actor.name), ...from.themes.map((theme) => theme.label)];
  byId("names").replaceChildren(
    ...options.sort((one, other) => one.localeCompare(other, "fr")).map((value) => Object.assign(make("option"), { value })),
  );
}

function find(text: string, exact: boolean): Lit | null {
  const wanted = fold(text);
  const fits = (name: string): boolean => (exact ? fold(name) === wanted : fold(name).includes(wanted));
  const actor = picture?.actors.find((one) => fits(one.name) || (one.acronym !== "" && fits(one.acronym)));
  if (actor) return { id: actor.id, sort: "actor" };
  const theme = picture?.themes.find((one) => fits(one.label));
  return theme ? { id: theme.id, sort: "theme" } : null;
}

function listenToTools(): void {
  byId("closer").addEventListener("click", () => canvas?.zoomBy(1.6));
  byId("farther").addEventListener("click", () => canvas?.zoomBy(1 / 1.6));
  byId("whole").addEventListener("click", () => {
    canvas?.whole();
    void light({ id: "", sort: "" });
  });
  const field = byId<HTMLInputElement>("search");
  field.addEventListener("input", () => {
    searched = fold(field.value.trim());
    filterRows();
    const found = searched === "" ? null : find(searched, true);
    if (found) void light(found);
  });
  field.addEventListener("keydown", (event) => {
    const found = event.key === "Enter" && searched !== "" ? find(searched, false) : null;
    if (found) void light(found);
  });
  for (const button of document.querySelectorAll<HTMLButtonElement>(FILTERS)) {
    button.addEventListener("click", () => toggle(button));
  }
  const rooms = document.getElementById("rooms") as HTMLSelectElement | null;
  rooms?.addEventListener("change", () => {
    without.workshop = rooms.value;
    canvas?.filter(without);
    filterRows();
  });
  // The wheel turns the page; with Ctrl it brings the picture closer, as it does everywhere.
  byId("picture").parentElement!.addEventListener("wheel", (event) => event.ctrlKey || event.metaKey || event.stopPropagation(), { capture: true });
}

/** What a filter's button leaves out, and under which name. */
function switchOf({ dataset: { kind, group, strength } }: HTMLElement): [Set<string>, string] {
  if (kind !== undefined) return [without.kinds, kind];
  return strength !== undefined ? [without.strengths, strength] : [without.groups, group ?? ""];
}

function toggle(button: HTMLButtonElement): void {
  const kept = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(kept));
  const [set, key] = switchOf(button);
  if (kept) set.delete(key);
  else set.add(key);
  canvas?.filter(without);
  filterRows();
}

/** A newer page starts with everything shown: give it the reader's filters back. */
function restore(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>(FILTERS)) {
    const [set, key] = switchOf(button);
    button.setAttribute("aria-pressed", String(!set.has(key)));
  }
  const rooms = document.getElementById("rooms") as HTMLSelectElement | null;
  if (rooms) rooms.value = without.workshop;
}

document.addEventListener("click", (event) => {
  const link = (event.target as HTMLElement).closest<HTMLElement>("[data-light], #unlight");
  if (link === null || canvas === null) return;
  event.preventDefault();
  const id = link.dataset["light"] ?? "";
  void light({ id, sort: id === "" ? "" : "actor", theme: link.dataset["theme"] ?? "" }).then(() => {
    if (id === "") return;
    byId("workplace").scrollIntoView({ block: "start", behavior: "instant" });
    byId("light").focus({ preventScroll: true });
  });
});

addEventListener("restitution:shown", () => void start());
addEventListener("restitution:quiet", () => void refresh());
for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
  matchMedia(query).addEventListener("change", () => picture && canvas?.take(picture));
}
let resized = 0;
addEventListener("resize", () => {
  clearTimeout(resized);
  resized = setTimeout(() => canvas?.draw(), 150);
});
void start();
