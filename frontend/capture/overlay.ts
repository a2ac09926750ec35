/**
 * What the reader sees: the journal as received, with this device's own acts laid over it until they come back.
 *
 * Pure. A line's mark is decided here and only here: « reçue » needs a receipt, nothing less.
 */

import type { Entry, Note, Refusal, Wording } from "../shared/protocol.ts";
import { apply, type Board } from "./journal.ts";
import { carriesWords, type Row } from "./rows.ts";

export type LineState = "received" | "here" | "review";

export interface Line extends Note {
  readonly state: LineState;
  /** The operation that an edit made now must wait for; null when `revision` can be used as its base. */
  readonly after: string | null;
  /** The row that the server refused, with the words as this device typed them. */
  readonly refusedRow: Row | null;
}

/** Return the lines in the order of the journal, then of this device, whose clock may be `fast`. */
export function lines(board: Board, rows: readonly Row[], fast = 0): Line[] {
  const here = rows.filter((row) => row.workshop === board.workshop).sort((a, b) => a.sequence - b.sequence);
  const ahead = here.filter((row) => row.state === "received" && (row.position ?? 0) > board.position);
  const received = ahead.reduce((before, row) => apply(before, entryOf(row)), board);
  const found = new Map<string, Line>();
  for (const note of received.notes.values()) {
    found.set(note.id, { ...note, state: "received", after: null, refusedRow: null });
  }
  for (const row of here) {
    if (row.state === "received") continue;
    const id = row.payload.note_id ?? "";
    const line = laid(found.get(id), row);
    if (line !== undefined) found.set(id, line);
  }
  // A line that only this device has dated has no author yet.
  return [...found.values()].map((line) => (line.author === "" && fast !== 0 ? { ...line, at: line.at - fast } : line));
}

/**
 * The lines of this instant, laid again only when what they are made of has changed: whoever acts on « the last note »
 * means the one just written, which the next drawing has yet to show.
 */
export class Overlay {
  #board: Board | null = null;
  #rows: readonly Row[] = [];
  #fast = 0;
  #lines: readonly Line[] = [];

  of(board: Board, rows: readonly Row[], fast: number): readonly Line[] {
    if (board !== this.#board || rows !== this.#rows || fast !== this.#fast) {
      [this.#board, this.#rows, this.#fast] = [board, rows, fast];
      this.#lines = lines(board, rows, fast);
    }
    return this.#lines;
  }
}

function entryOf(row: Row): Entry {
  return { position: row.position ?? 0, id: row.id, name: row.name, at: row.device_at, mine: true, author: "", payload: row.payload };
}

function laid(line: Line | undefined, row: Row): Line | undefined {
  if (row.name === "note.written" && (line === undefined || row.state !== "refused")) return line ?? fresh(row);
  if (line === undefined) return carriesWords(row) && row.state === "refused" ? fresh(row) : undefined;
  if (row.state === "refused") return { ...line, state: "review", refusedRow: row, removed: false };
  const here: Line = { ...line, state: line.state === "review" ? "review" : "here" };
  switch (row.name) {
    case "note.edited":
      return { ...here, ...contentOf(row), after: row.id };
    case "note.removed":
      return { ...here, removed: true };
    case "note.restored":
      return { ...here, removed: false };
    case "note.settled":
      return settled(here, row);
    default:
      return line;
  }
}

function fresh(row: Row): Line {
  const refusedRow = row.state === "refused" ? row : null;
  return {
    ...contentOf(row),
    id: row.payload.note_id ?? "",
    session: row.workshop,
    revision: 0,
    position: 0,
    at: row.device_at,
    author: "",
    mine: true,
    removed: false,
    rivals: [],
    state: refusedRow === null ? "here" : "review",
    after: row.id,
    refusedRow,
  };
}

function contentOf(row: Row): Pick<Wording, "kind" | "text" | "actors" | "territories"> {
  const { kind = "", text = "", actors = [], territories = [] } = row.payload;
  return { kind, text, actors, territories };
}

function settled(line: Line, row: Row): Line {
  const chosen = line.rivals.find((rival) => rival.revision === row.payload.revision);
  const content = chosen ? { kind: chosen.kind, text: chosen.text, actors: chosen.actors, territories: chosen.territories } : {};
  return { ...line, ...content, rivals: [], after: row.id };
}

export function refusalOf(line: Line): Refusal | null {
  return line.refusedRow?.refusal ?? null;
}
