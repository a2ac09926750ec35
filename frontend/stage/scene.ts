/** Draws one scene: few words, large. Sizes are the style's; which size, the number of characters decides. */

import { make, words } from "../shared/dom.ts";
import { type Counts, type Deck, type DeckTheme, partsOf, saidBy, type Scene, themeOf, workshopOf } from "./deck.ts";
import { WORDS } from "./words.ts";

const SVG = "http://www.w3.org/2000/svg";
const ROWS = 7;
const COLUMNS = 22;
const LINKS = 6;

/** Put a scene in the place of the one before. */
export function draw(place: HTMLElement, deck: Deck, shown: Scene, room: HTMLTemplateElement | null = null): void {
  place.dataset["view"] = shown.view;
  place.replaceChildren(...content(deck, shown, room));
}

function content(deck: Deck, shown: Scene, room: HTMLTemplateElement | null): Node[] {
  if (shown.view === "black") return [];
  if (shown.view === "quote") return quote(deck, shown);
  if (shown.view === "table") return table(deck);
  if (shown.view === "actor") return actor(deck, shown);
  const theme = themeOf(deck, shown.theme_id);
  return shown.view === "theme" && theme ? about(deck, theme) : title(deck, room);
}

/** Say how large words may be, by how many there are. */
export function sized(text: string): string {
  const length = [...text].length;
  return length <= 70 ? "huge" : length <= 150 ? "large" : length <= 240 ? "middle" : "small";
}

function title(deck: Deck, room: HTMLTemplateElement | null): Node[] {
  const heading = make("h1", sized(deck.title), deck.title);
  heading.dir = "auto";
  const facts = deck.notes_count === 0 ? WORDS.empty : `${WORDS.notes(deck.notes_count)} · ${WORDS.workshops(deck.spoken)} · ${WORDS.themes(deck.themes.length)}`;
  const said = make("div", "title", [heading, make("p", "soft", deck.place), make("p", "figures", facts)]);
  return room === null ? [said] : [said, document.importNode(room.content, true)];
}

function about(deck: Deck, theme: DeckTheme): Node[] {
  const heading = make("h1", sized(theme.label), theme.label);
  heading.dir = "auto";
  const quoted = theme.quotes[0];
  const parts: Node[] = [heading, tally(deck, theme.kinds), make("p", "where", `${dots(theme.workshops.length, deck.spoken)} ${WORDS.workshops(theme.workshops.length)}`)];
  // The label is the statement; a short quote may stand below it, a long one has a scene of its own.
  if (quoted && [...quoted.text].length <= 150 && [...theme.label].length <= 110) parts.push(spoken(quoted.text, "below"));
  return parts;
}

function quote(deck: Deck, shown: Scene): Node[] {
  const said = saidBy(deck, shown);
  if (said === undefined) return [unseen(deck.title), make("p", "large", WORDS.notHere)];
  const parts = partsOf(said.text);
  const part = Math.min(shown.part, parts.length - 1);
  const text = parts[part] ?? "";
  const open = part === 0 ? "«\u202f" : "… ";
  const close = part === parts.length - 1 ? "\u202f»" : " …";
  const source = make("p", "source", [...kind(deck, said.kind), workshopOf(deck, said.workshop)]);
  if (parts.length > 1) source.append(` · ${WORDS.part(part + 1, parts.length)}`);
  // A note of several parts keeps one size, that of its first.
  const body = words("blockquote", sized(parts[0] ?? ""), `${open}${text.trim()}${close}`);
  return [unseen(themeOf(deck, shown.theme_id)?.label ?? deck.title), body, source];
}

/** What the scene is about, for those who listen to the screen. */
function unseen(text: string): HTMLElement {
  const heading = make("h1", "spoken", text);
  heading.dir = "auto";
  return heading;
}

function spoken(text: string, name: string): HTMLElement {
  const body = words("blockquote", name, `«\u202f${text}\u202f»`);
  return body;
}

function kind(deck: Deck, key: string): (Node | string)[] {
  const known = deck.kinds.find((one) => one.key === key);
  if (known === undefined) return [];
  const mark = make("span", "kind", [make("span", "sign", known.sign), ` ${known.label}`]);
  mark.dataset["kind"] = key;
  return [mark, " · "];
}

function tally(deck: Deck, counts: Counts): HTMLElement {
  const items = deck.kinds.flatMap((one) => {
    const number = counts.find(([key]) => key === one.key)?.[1] ?? 0;
    if (number === 0) return [];
    const mark = make("span", "kind", [make("span", "sign", one.sign), ` ${one.label} ${number}`]);
    mark.dataset["kind"] = one.key;
    return [make("li", "", [mark])];
  });
  const list = make("ul", "tally", items);
  list.setAttribute("role", "list");
  return list;
}

/** Numbers under their signs; their words are spoken. */
function brief(deck: Deck, counts: Counts): HTMLElement[] {
  return deck.kinds.flatMap((one) => {
    const number = counts.find(([key]) => key === one.key)?.[1] ?? 0;
    if (number === 0) return [];
    const mark = make("span", "kind", [make("span", "sign", one.sign), ` ${number} `, make("span", "spoken", one.label)]);
    mark.dataset["kind"] = one.key;
    return [mark];
  });
}

function dots(count: number, total: number): string {
  return "●".repeat(count) + "○".repeat(Math.max(0, total - count));
}

/** Themes by workshops: a dot's area is a number of notes. */
function table(deck: Deck): Node[] {
  const themes = deck.themes.slice(0, ROWS);
  const workshops = deck.workshops.slice(0, COLUMNS);
  const most = Math.max(1, ...themes.flatMap((theme) => theme.workshops.map(([, number]) => number)));
  const head = make("tr", "", [make("td"), ...workshops.map(([, name]) => heading(name))]);
  const rows = themes.map((theme) => {
    const name = make("th", "", [words("span", "", theme.label)]);
    name.scope = "row";
    return make("tr", "", [name, ...workshops.map(([key]) => cell(theme.workshops.find(([known]) => known === key)?.[1] ?? 0, most))]);
  });
  const grid = make("table", "grid", [make("caption", "spoken", WORDS.tableName), make("thead", "", [head]), make("tbody", "", rows)]);
  const more = [WORDS.moreThemes(deck.themes.length - themes.length), WORDS.moreWorkshops(deck.workshops.length - workshops.length)].filter((one) => one !== "");
  const left = more.length > 0 ? [make("p", "soft", more.join(" · "))] : [];
  return [unseen(WORDS.tableName), ...(deck.themes.length === 0 ? [make("p", "large", WORDS.empty)] : [grid, ...left])];
}

function heading(name: string): HTMLElement {
  const cell = make("th", "workshop", [words("span", "", briefly(name))]);
  cell.scope = "col";
  return cell;
}

/** The head of a workshop's title, where a title has a head: a column of the table is narrow. */
export function briefly(name: string): string {
  const head = name.split(/\s*[:?]\s/u)[0] ?? name;
  return [...head].length >= 8 ? head : name;
}

function cell(number: number, most: number): HTMLElement {
  const place = make("td");
  if (number === 0) return place;
  const picture = svg("svg", { viewBox: "-10 -10 20 20", role: "img", "aria-label": WORDS.notes(number) });
  picture.append(svg("circle", { r: String(Math.max(2.5, 9.5 * Math.sqrt(number / most))) }));
  place.append(picture);
  return place;
}

/** One actor and the themes where it is cited: a thicker line is more notes. */
function actor(deck: Deck, shown: Scene): Node[] {
  const lit = deck.actors.find((one) => one.id === shown.actor_id);
  if (lit === undefined) return title(deck, null);
  const links = lit.links.filter((link) => themeOf(deck, link.theme_id)).slice(0, LINKS);
  const most = Math.max(1, ...links.map((link) => link.notes));
  const lines = svg("svg", { viewBox: `0 0 100 ${links.length * 100}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const middle = links.length * 50;
  links.forEach(({ notes }, place) => {
    const end = place * 100 + 50;
    lines.append(svg("path", { d: `M0 ${middle}C50 ${middle} 50 ${end} 100 ${end}`, "stroke-width": String(3 + 15 * (notes / most)) }));
  });
  const list = make("ul", "linked", links.map((link) => make("li", "", [words("span", "", themeOf(deck, link.theme_id)?.label ?? ""), make("span", "figures", brief(deck, link.kinds))])));
  list.setAttribute("role", "list");
  const name = make("h1", sized(lit.name), lit.name);
  name.dir = "auto";
  const about = make("div", "lit", [name, make("p", "soft", `${WORDS.notes(lit.notes)} · ${WORDS.cited(lit.links.length)}`)]);
  return [make("div", "actor", [about, make("div", "lines", [lines]), list])];
}

function svg(tag: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
