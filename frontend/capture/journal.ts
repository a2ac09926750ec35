/**
 * What the journal says of one workshop, folded as the server folds it: snapshot + operations = fresh state.
 *
 * Pure. A revision is the position of the act that made it; a stale edit waits as a rival and overwrites nothing.
 */

import type { Entry, Note, Snapshot, Wording } from "../shared/protocol.ts";
import type { Kept } from "./disk.ts";

export interface Board {
  readonly workshop: string;
  readonly position: number;
  /** What names the act at that position. */
  readonly last: string;
  readonly open: boolean;
  readonly notes: ReadonlyMap<string, Note>;
}

export function fromSnapshot(snapshot: Snapshot): Board {
  return {
    workshop: snapshot.workshop.key,
    position: snapshot.position,
    last: snapshot.last ?? "",
    open: snapshot.workshop.open,
    notes: new Map(snapshot.notes.map((note) => [note.id, note])),
  };
}

/** Return the newer of a page's own board and of what the same seat's device has kept. */
export function newest(board: Board, kept: Kept | null, seat: string): Board {
  if (kept === null || kept.seat !== seat || kept.snapshot.position <= board.position) return board;
  return fromSnapshot({ ...kept.snapshot, notes: kept.notes });
}

/** Return the board after one more operation; an act on something else only moves the position. */
export function apply(board: Board, entry: Entry): Board {
  const newer = entry.position > board.position;
  const after = { ...board, position: newer ? entry.position : board.position, last: newer ? entry.id : board.last };
  if (entry.name === "session.opened" || entry.name === "session.closed") {
    return entry.payload.key === board.workshop ? { ...after, open: entry.name === "session.opened" } : after;
  }
  const id = entry.payload.note_id;
  if (id === undefined || !entry.name.startsWith("note.")) return after;
  const notes = new Map(board.notes);
  const note = noteAfter(notes.get(id), entry, board.workshop);
  if (note === undefined) notes.delete(id);
  else notes.set(id, note);
  return { ...after, notes };
}

function noteAfter(note: Note | undefined, entry: Entry, workshop: string): Note | undefined {
  if (entry.name === "note.written") {
    return entry.payload.session === workshop ? (note ?? written(entry)) : note;
  }
  if (note === undefined || entry.name === "note.erased") return undefined;
  switch (entry.name) {
    case "note.edited":
      return edited(note, entry);
    case "note.removed":
      return { ...note, removed: true };
    case "note.restored":
      return { ...note, removed: false };
    case "note.settled":
      return settled(note, entry);
    default:
      return note;
  }
}

function wordingOf(entry: Entry): Wording {
  const { kind = "", text = "", actors = [], territories = [] } = entry.payload;
  return { revision: entry.position, kind, text, actors, territories, at: entry.at, mine: entry.mine };
}

function written(entry: Entry): Note {
  return {
    ...wordingOf(entry),
    id: entry.payload.note_id ?? "",
    session: entry.payload.session ?? "",
    position: entry.position,
    author: entry.author,
    removed: false,
    rivals: [],
  };
}

function edited(note: Note, entry: Entry): Note {
  const wording = wordingOf(entry);
  if (entry.payload.base !== note.revision) return { ...note, rivals: [...note.rivals, wording] };
  return stand(note, wording);
}

/** The choice is itself a revision: an edit made before it was known is stale, and will be kept beside. */
function settled(note: Note, entry: Entry): Note {
  const chosen = note.rivals.find((rival) => rival.revision === entry.payload.revision) ?? note;
  return { ...stand(note, { ...chosen, revision: entry.position }), rivals: [] };
}

/** A note keeps its own time and author, whoever worded it last. */
function stand(note: Note, wording: Wording): Note {
  const { revision, kind, text, actors, territories } = wording;
  return { ...note, revision, kind, text, actors, territories };
}
