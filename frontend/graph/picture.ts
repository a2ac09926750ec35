/** The graph as the server tells it, and what follows from the reader's filters: pure, so that it can be tested. */

export interface ThemeNode {
  readonly id: string;
  readonly label: string;
  readonly notes: number;
  readonly x: number;
  readonly y: number;
}

export interface ActorNode {
  readonly id: string;
  readonly name: string;
  readonly acronym: string;
  readonly group: string;
  readonly people: boolean;
  readonly notes: number;
  readonly x: number;
  readonly y: number;
}

export interface LinkShown {
  readonly actor_id: string;
  readonly theme_id: string;
  readonly notes: number;
  readonly kinds: readonly (readonly [string, number])[];
  readonly strength: string;
  /** The kind and the workshop of each note. */
  readonly cited?: readonly (readonly [string, string])[];
}

export interface Group {
  readonly key: string;
  readonly label: string;
  readonly sign: string;
  readonly actors: number;
}

export interface Picture {
  readonly groups: readonly Group[];
  readonly themes: readonly ThemeNode[];
  readonly actors: readonly ActorNode[];
  readonly links: readonly LinkShown[];
}

export interface Filter {
  /** Kinds of notes left out. */
  readonly kinds: ReadonlySet<string>;
  /** Groups of actors left out. */
  readonly groups: ReadonlySet<string>;
  /** Strengths of links left out. */
  readonly strengths?: ReadonlySet<string>;
  /** The only workshop whose notes count; "" for all. */
  readonly workshop?: string;
}

export interface DrawnActor extends ActorNode {
  readonly shown: number;
}

export interface Drawn {
  readonly actors: readonly DrawnActor[];
  readonly links: readonly LinkShown[];
}

/** Keep what the filter lets through, the most cited actors first. */
export function choose(picture: Picture, filter: Filter): Drawn {
  const links = picture.links
    .filter((link) => !filter.strengths?.has(link.strength))
    .map((link) => ({ ...link, notes: counted(link, filter) }))
    .filter((link) => link.notes > 0);
  const cited = new Map<string, number>();
  for (const link of links) cited.set(link.actor_id, (cited.get(link.actor_id) ?? 0) + link.notes);
  const actors = picture.actors
    .filter((actor) => !filter.groups.has(actor.group) && cited.has(actor.id))
    .map((actor) => ({ ...actor, shown: cited.get(actor.id) ?? 0 }))
    .sort((one, other) => other.shown - one.shown || (one.id < other.id ? -1 : 1));
  const passing = new Set(actors.map((actor) => actor.id));
  return { actors, links: links.filter((link) => passing.has(link.actor_id)) };
}

/** The notes of a link that a filter lets through. */
export function counted(link: LinkShown, { kinds, workshop = "" }: Filter): number {
  if (kinds.size === 0 && workshop === "") return link.notes;
  if (link.cited) return link.cited.filter(([kind, room]) => !kinds.has(kind) && (workshop === "" || room === workshop)).length;
  return link.kinds.reduce((sum, [kind, number]) => (kinds.has(kind) ? sum : sum + number), 0);
}
