/** What a device holds to speak without a network, and how its scenes are looked up. Pure: the page and the tests share it. */

export interface Scene {
  readonly view: string;
  readonly theme_id: string;
  readonly note_id: string;
  readonly actor_id: string;
  readonly part: number;
}

export interface Quote {
  readonly note_id: string;
  readonly text: string;
  readonly kind: string;
  readonly workshop: string;
  readonly role: string;
}

export interface DeckNote {
  readonly id: string;
  readonly text: string;
  readonly kind: string;
  readonly workshop: string;
  readonly theme_id: string;
}

export type Counts = readonly (readonly [string, number])[];

export interface DeckTheme {
  readonly id: string;
  readonly label: string;
  readonly size: number;
  readonly kinds: Counts;
  readonly workshops: Counts;
  readonly quotes: readonly Quote[];
  readonly actors: readonly string[];
}

export interface DeckLink {
  readonly theme_id: string;
  readonly notes: number;
  readonly kinds: Counts;
}

export interface DeckActor {
  readonly id: string;
  readonly name: string;
  readonly notes: number;
  readonly links: readonly DeckLink[];
}

export interface Deck {
  readonly title: string;
  readonly place: string;
  readonly edition: number;
  readonly position: number;
  readonly made_at: number;
  readonly notes_count: number;
  readonly spoken: number;
  readonly kinds: readonly { readonly key: string; readonly label: string; readonly sign: string }[];
  readonly workshops: readonly (readonly [string, string])[];
  readonly themes: readonly DeckTheme[];
  readonly actors: readonly DeckActor[];
  readonly notes: readonly DeckNote[];
  readonly scenes: readonly Scene[];
}

/** What a quote scene says: exactly the words that were noted. */
export interface Said {
  readonly text: string;
  readonly kind: string;
  readonly workshop: string;
}

/** A part of a note that a screen shows whole, in characters. */
export const PART = 340;

export function scene(view: string, ids: Partial<Scene> = {}): Scene {
  return { view, theme_id: "", note_id: "", actor_id: "", part: 0, ...ids };
}

export function same(one: Scene, other: Scene): boolean {
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

/** A scene's own fields, in one order, whatever else came with them. */
export function plain({ view, theme_id = "", note_id = "", actor_id = "", part = 0 }: Partial<Scene> & { view: string }): Scene {
  return { view, theme_id, note_id, actor_id, part };
}

export function themeOf(deck: Deck, id: string): DeckTheme | undefined {
  return deck.themes.find((theme) => theme.id === id);
}

/** Return what a note says on the screen: the stretch that its theme quotes, else the whole note. */
export function saidBy(deck: Deck, shown: Scene): Said | undefined {
  const quoted = themeOf(deck, shown.theme_id)?.quotes.find((one) => one.note_id === shown.note_id);
  return quoted ?? deck.notes.find((note) => note.id === shown.note_id) ?? deck.themes.flatMap((theme) => theme.quotes).find((one) => one.note_id === shown.note_id);
}

export function workshopOf(deck: Deck, key: string): string {
  return deck.workshops.find(([known]) => known === key)?.[1] ?? key;
}

/** Cut a text into parts that a room can read, at the end of a sentence if there is one, else of a word; joined, they are the text. */
export function partsOf(text: string, limit = PART): string[] {
  const parts: string[] = [];
  let rest = text;
  while ([...rest].length > limit) {
    const head = [...rest].slice(0, limit).join("");
    const sentence = Math.max(...[". ", "! ", "? ", "\n"].map((end) => head.lastIndexOf(end) + end.length - 1));
    const word = head.lastIndexOf(" ");
    const cut = sentence > head.length / 2 ? sentence + 1 : word > 0 ? word + 1 : head.length;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...parts, rest];
}

/** Return the scene after this one: the rest of a long note first, then the next in order; null at the end. */
export function following(deck: Deck, shown: Scene): Scene | null {
  const said = shown.view === "quote" ? saidBy(deck, shown) : undefined;
  if (said && shown.part + 1 < partsOf(said.text).length) return { ...shown, part: shown.part + 1 };
  return deck.scenes[at(deck, shown) + 1] ?? null;
}

/** Return the scene before this one; null at the beginning. */
export function preceding(deck: Deck, shown: Scene): Scene | null {
  if (shown.part > 0) return { ...shown, part: shown.part - 1 };
  return deck.scenes[at(deck, shown) - 1] ?? null;
}

/** Where a scene stands in the order; a scene out of order stands beside the last of its theme. */
export function at(deck: Deck, shown: Scene): number {
  const exact = deck.scenes.findIndex((one) => same({ ...one, part: 0 }, { ...shown, part: 0 }));
  if (exact >= 0) return exact;
  return deck.scenes.reduce((last, one, index) => (one.theme_id !== "" && one.theme_id === shown.theme_id ? index : last), -1);
}
