/** Plain makers of the values that tests need; each says only what its test is about. */

import type { Entry, Kind, Note, Payload, Snapshot } from "../shared/protocol.ts";
import { rowOf, type Row } from "../capture/rows.ts";

export const KINDS: readonly Kind[] = [
  { key: "lever", label: "Levier", sign: "▲", typed: ["+", "l:"] },
  { key: "obstacle", label: "Frein", sign: "■", typed: ["-", "f:"] },
  { key: "condition", label: "Condition de réussite", sign: "◆", typed: ["!", "c:"] },
];

export function noteOf(id: string, position: number, more: Partial<Note> = {}): Note {
  return {
    id,
    session: "a1",
    position,
    revision: position,
    kind: "lever",
    text: `note ${id}`,
    actors: [],
    territories: [],
    at: position * 1000,
    author: "x",
    mine: false,
    removed: false,
    rivals: [],
    ...more,
  };
}

export function snapshotOf(position: number, notes: readonly Note[] = []): Snapshot {
  return {
    position,
    gathering: { title: "Rencontre", timezone: "Europe/Paris" },
    workshop: { key: "a1", title: "Atelier", day: "", start: "", end: "", starts_at: null, ends_at: null, room: "", open: true, questions: [] },
    kinds: KINDS,
    notes,
    actors: [],
    territories: [],
    seats: { here: 1 },
    limits: { note_max: 5000 },
  };
}

export function entryOf(position: number, name: string, payload: Payload, mine = false): Entry {
  return { position, id: `op-${position}`, name, at: position * 1000, mine, author: "x", payload };
}

export function rowAt(sequence: number, name: string, payload: Payload, more: Partial<Row> = {}): Row {
  return { ...rowOf("a1", name, payload), id: `row-${sequence}`, sequence, device_at: sequence, ...more };
}
