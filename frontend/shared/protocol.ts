/** What the server and the screens say to each other, as types: the JSON doors under /api/v1/<slug>/. */

export interface Wording {
  readonly revision: number;
  readonly kind: string;
  readonly text: string;
  readonly actors: readonly string[];
  readonly territories: readonly string[];
  readonly at: number;
  readonly mine: boolean;
}

export interface Note extends Wording {
  readonly id: string;
  readonly session: string;
  readonly position: number;
  readonly author: string;
  readonly removed: boolean;
  readonly rivals: readonly Wording[];
}

export interface Kind {
  readonly key: string;
  readonly label: string;
  readonly sign: string;
  readonly typed: readonly string[];
}

export interface Workshop {
  readonly key: string;
  readonly title: string;
  readonly day: string;
  readonly start: string;
  readonly end: string;
  readonly starts_at: number | null;
  readonly ends_at: number | null;
  readonly room: string;
  readonly open: boolean;
  readonly questions: readonly string[];
}

export interface ListedActor {
  readonly name: string;
  readonly acronym: string;
}

export interface Snapshot {
  readonly position: number;
  /** What names the act at that position. */
  readonly last?: string;
  readonly gathering: { readonly title: string; readonly timezone: string };
  readonly workshop: Workshop;
  readonly kinds: readonly Kind[];
  readonly notes: readonly Note[];
  readonly actors: readonly ListedActor[];
  readonly territories: readonly string[];
  readonly seats: { readonly here: number };
  readonly limits: { readonly note_max: number };
}

/** An operation as a device sends it. */
export interface Operation {
  readonly id: string;
  readonly name: string;
  readonly payload: Payload;
  readonly device_at: number;
}

/** The fields of the acts that screens read; an act carries those of its own name, and only those. */
export interface Payload {
  readonly note_id?: string;
  readonly session?: string;
  readonly kind?: string;
  readonly text?: string;
  readonly actors?: readonly string[];
  readonly territories?: readonly string[];
  readonly base?: number;
  readonly revision?: number;
  readonly key?: string;
  readonly [field: string]: unknown;
}

/** An operation as the journal hands it to every screen. */
export interface Entry {
  readonly position: number;
  readonly id: string;
  readonly name: string;
  readonly at: number;
  readonly mine: boolean;
  readonly author: string;
  readonly payload: Payload;
}

export interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly sentence: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface Receipt {
  readonly id: string;
  readonly position?: number;
  readonly outcome?: "done" | "replayed";
  readonly refusal?: Refusal;
}

export interface Receipts {
  readonly receipts: readonly Receipt[];
  readonly head: number;
}

export interface Seat {
  readonly seat: { readonly id: string; readonly role: string; readonly workshops: readonly string[] };
  readonly csrf: string;
}

export interface Changes {
  readonly operations: readonly Entry[];
  readonly head: number;
  /** What names the act at the head. */
  readonly last?: string;
}
