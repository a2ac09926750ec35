/** What `@` and `#` offer: actors and territories that start as one types, accents and capitals aside. Pure. */

import type { ListedActor } from "../shared/protocol.ts";

export type Sign = "@" | "#";

/** The mark being typed: its sign, where it starts, and what was typed after the sign. */
export interface Token {
  readonly sign: Sign;
  readonly start: number;
  readonly query: string;
}

/** Something to offer; `written` is how it reads inside a sentence, when that is not its name. */
export interface Candidate extends ListedActor {
  readonly written?: string;
}

export interface Suggestion {
  /** What is remembered with the note. */
  readonly name: string;
  /** What is written in the sentence: the acronym when it is what one was typing. */
  readonly written: string;
  /** What is shown beside it. */
  readonly beside: string;
}

const MOST = 6;
/** « Région Hauts-de-France » has spaces; a sentence has more. */
const LONGEST = 48;

/** Return the mark that ends at the caret, or null. A sign inside a word (an address, « n#1 ») marks nothing. */
export function tokenAt(text: string, caret: number): Token | null {
  const before = text.slice(Math.max(0, caret - LONGEST), caret);
  const match = /(?:^|[\s([«"“'’])([@#])([\p{L}\p{N}][^\n@#]*|)$/u.exec(before);
  if (match === null) return null;
  const query = match[2] ?? "";
  return { sign: match[1] as Sign, start: caret - query.length - 1, query };
}

/** Compare as people do: « elus » finds « Élu·es ». */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[’']/g, "'")
    .replace(/[·⋅.‧-]/g, " ")
    .replace(/\s+/g, " ")
    .trimStart();
}

export function suggestActors(query: string, actors: readonly Candidate[]): Suggestion[] {
  const wanted = folded(query);
  if (wanted === "") return [];
  const ranked = actors.map(({ name, acronym, written = name }) => {
    const short = acronym === "" ? Infinity : rank(wanted, folded(acronym));
    const long = rankInclusive(wanted, name);
    const byAcronym = short < long;
    return { rank: Math.min(short, long), suggestion: { name, written: byAcronym ? acronym : written, beside: byAcronym ? name : acronym } };
  });
  return best(ranked);
}

/** « habitants » finds « Habitant·es »: a plural typed the short way is the same word. */
function rankInclusive(wanted: string, name: string): number {
  const plain = rank(wanted, folded(name));
  const shorter = wanted.length > 3 && wanted.endsWith("s") && /[·⋅]/.test(name);
  return shorter ? Math.min(plain, rank(wanted.slice(0, -1), folded(name))) : plain;
}

export function suggestTerritories(query: string, territories: readonly string[]): Suggestion[] {
  const wanted = folded(query);
  if (wanted === "") return [];
  return best(territories.map((name) => ({ rank: rank(wanted, folded(name)), suggestion: { name, written: name, beside: "" } })));
}

/** 0 when it starts so, 1 when a word of it does, Infinity when none. */
function rank(wanted: string, candidate: string): number {
  if (candidate.startsWith(wanted)) return 0;
  return candidate.includes(` ${wanted}`) ? 1 : Infinity;
}

function best(ranked: readonly { rank: number; suggestion: Suggestion }[]): Suggestion[] {
  return ranked
    .map((item, index) => ({ ...item, index }))
    .filter((item) => item.rank < Infinity)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, MOST)
    .map((item) => item.suggestion);
}

export interface Picked {
  readonly text: string;
  readonly caret: number;
}

/**
 * Write what was picked. Inside a sentence the name takes the place of what was typed, without its sign, so that the
 * note reads as one says it; after the end of a sentence it is only a mark beside the note, and the text ends there.
 */
export function pick(text: string, token: Token, caret: number, { written }: Suggestion): Picked {
  const before = text.slice(0, token.start);
  const after = text.slice(caret);
  const aside = /(^|[.!?…»)])\s*$/u.test(before) && after.trim() === "";
  if (aside) return { text: before.trimEnd(), caret: before.trimEnd().length };
  const space = after === "" || /^[\p{L}\p{N}]/u.test(after) ? " " : "";
  return { text: `${before}${written}${space}${after}`, caret: before.length + written.length + space.length };
}

export interface Marks {
  readonly actors: string[];
  readonly territories: string[];
}

/** Return the marks typed in full without being picked: « @Cerdd », « #Loos-en-Gohelle ». The text stays as typed. */
export function typedMarks(text: string, actors: readonly ListedActor[], territories: readonly string[]): Marks {
  const found: Marks = { actors: [], territories: [] };
  for (const match of text.matchAll(/(?:^|[\s([«"“'’])([@#])(?=[\p{L}\p{N}])/gu)) {
    const rest = text.slice(match.index + match[0].length);
    if (match[1] === "@") {
      const names = actors.flatMap(({ name, acronym }) => [[name, name], ...(acronym === "" ? [] : [[acronym, name]])]);
      found.actors.push(longest(rest, names) ?? word(rest));
    } else if (!/^\d+(?![\p{L}])/u.test(rest)) {
      found.territories.push(longest(rest, territories.map((name) => [name, name])) ?? word(rest));
    }
  }
  return { actors: once(found.actors), territories: once(found.territories) };
}

function longest(rest: string, names: readonly (readonly string[])[]): string | null {
  const same = (name: string): boolean =>
    rest.slice(0, name.length).toLowerCase() === name.toLowerCase() && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length));
  const fitting = names.filter(([surface = ""]) => surface !== "" && same(surface));
  fitting.sort((a, b) => (b[0] ?? "").length - (a[0] ?? "").length);
  return fitting[0]?.[1] ?? null;
}

function word(rest: string): string {
  const match = /^[\p{L}\p{N}]+(?:[·⋅.’'_-][\p{L}\p{N}]+)*/u.exec(rest);
  return match?.[0] ?? "";
}

/** Each name once, in the order given, capitals aside. */
export function once(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.filter((name) => {
    const key = name.toLowerCase();
    if (name === "" || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
