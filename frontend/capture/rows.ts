/** A row of the outbox: an operation of this device, and what became of it. */

import type { Operation, Payload, Refusal } from "../shared/protocol.ts";
import { uuid7 } from "../shared/uuid7.ts";

export type RowState = "waiting" | "refused" | "received";

export interface Row extends Operation {
  /** The order in which this device acted; the database gives it. */
  readonly sequence: number;
  readonly workshop: string;
  readonly state: RowState;
  /** The operation whose position will be this edit's `base`, while that position is not known yet. */
  readonly after: string | null;
  /** The server's receipt. */
  readonly position: number | null;
  readonly refusal: Refusal | null;
}

export type NewRow = Omit<Row, "sequence">;

/** Make the row of an act done now, waiting to be sent. */
export function rowOf(workshop: string, name: string, payload: Payload, after: string | null = null): NewRow {
  const now = Date.now();
  return { id: uuid7(now), name, payload, device_at: now, workshop, state: "waiting", after, position: null, refusal: null };
}

export function waiting(rows: readonly Row[]): Row[] {
  return rows.filter((row) => row.state === "waiting");
}

export function refused(rows: readonly Row[]): Row[] {
  return rows.filter((row) => row.state === "refused");
}

/** Whether this row carries words that somebody typed. */
export function carriesWords(row: NewRow): boolean {
  return row.name === "note.written" || row.name === "note.edited";
}

/**
 * Return the rows to send next: in order, at most `most`, and none whose base another row of the batch will decide.
 * A base that nobody can tell any more is 0: the server then keeps both wordings, and overwrites none.
 */
export function nextBatch(rows: readonly Row[], most: number): Row[] {
  const batch: Row[] = [];
  for (const row of waiting(rows)) {
    if (batch.length >= most || batch.some((before) => before.id === row.after)) break;
    batch.push(row.after === null ? row : based(row, 0));
  }
  return batch;
}

/** Return an edit with the revision it edits. */
function based(row: Row, base: number): Row {
  return { ...row, after: null, payload: { ...row.payload, base } };
}

/** What a receipt or a refusal changes in the outbox. */
export interface Turn {
  readonly put: readonly Row[];
  readonly drop: readonly Row[];
}

/**
 * The row is received at a position; the edits that waited for it now know their base. If a refusal came first and
 * its writer's later words were folded in, what is received is what was `sent`: the later words stay, as its edit.
 */
export function afterReceipt(rows: readonly Row[], row: Row, position: number, sent: Row = row): Turn {
  const later = JSON.stringify(pickContent(row.payload)) !== JSON.stringify(pickContent(sent.payload));
  const received: Row = later ? asEdit(row, position) : { ...row, state: "received", position, refusal: null };
  return { put: [received, ...rows.filter((other) => other.after === row.id).map((other) => based(other, position))], drop: [] };
}

/**
 * The row is refused: it stays, with the words as they were last typed. What this device did to the note afterwards
 * makes no sense to the server without it, so it is folded in; a note that its writer deleted meanwhile is let go.
 */
export function afterRefusal(rows: readonly Row[], row: Row, refusal: Refusal): Turn {
  const later = rows.filter(
    (other) => other.state === "waiting" && other.sequence > row.sequence && other.payload.note_id === row.payload.note_id,
  );
  const follows = row.name === "note.written" ? later : later.filter((other) => other.after === row.id);
  const edit = follows.filter((other) => other.name === "note.edited").at(-1);
  const last = follows.filter((other) => other.name === "note.removed" || other.name === "note.restored").at(-1);
  if (last?.name === "note.removed" || !carriesWords(row)) return { put: [], drop: [row, ...follows] };
  const content = edit === undefined ? {} : pickContent(edit.payload);
  return { put: [{ ...row, payload: { ...row.payload, ...content }, state: "refused", refusal }], drop: follows };
}

/** What the server said of an act that was sent: its position, or why not. */
export type Verdict = { readonly row: Row } & ({ readonly position: number } | { readonly refusal: Refusal });

/** Return what these verdicts change, in their order. One for an act that another took the place of changes nothing. */
export function afterVerdicts(rows: readonly Row[], verdicts: readonly Verdict[]): Turn {
  const now = new Map(rows.map((row) => [row.sequence, row]));
  const put = new Map<number, Row>();
  const drop = new Map<number, Row>();
  for (const verdict of verdicts) {
    const current = now.get(verdict.row.sequence);
    if (current?.id !== verdict.row.id) continue;
    const turn = afterVerdict([...now.values()], current, verdict);
    for (const row of turn.drop) {
      now.delete(row.sequence);
      put.delete(row.sequence);
      drop.set(row.sequence, row);
    }
    for (const row of turn.put) {
      now.set(row.sequence, row);
      put.set(row.sequence, row);
    }
  }
  return { put: [...put.values()], drop: [...drop.values()] };
}

function afterVerdict(rows: readonly Row[], current: Row, verdict: Verdict): Turn {
  if ("position" in verdict) return afterReceipt(rows, current, verdict.position, verdict.row);
  if (current.state === "received") return { put: [], drop: [] };
  const { refusal } = verdict;
  // An id that served for something else is ours to change; once, so that a page never argues with a server.
  if (refusal.code !== REUSED || current.refusal?.code === REUSED) return afterRefusal(rows, current, refusal);
  const next = renamed(current, refusal);
  return { put: [next, ...rows.filter((other) => other.after === current.id).map((other) => ({ ...other, after: next.id }))], drop: [] };
}

const REUSED = "operation.reused";

/**
 * The server knows this id, or this note, with other words: a copy of it was stored after all. The act takes another
 * id, and a note that is there already is edited, from no revision, so that both wordings are kept for its writer.
 */
export function renamed(row: Row, refusal: Refusal): Row {
  return row.name === "note.written" ? { ...asEdit(row, 0), refusal } : { ...row, id: uuid7(), refusal };
}

function asEdit(row: Row, base: number): Row {
  const { session: _, ...payload } = row.payload;
  return { ...row, id: uuid7(), name: "note.edited", payload: { ...payload, base }, after: null };
}

function pickContent({ kind, text, actors, territories }: Payload): Payload {
  return { kind: kind ?? "", text: text ?? "", actors: actors ?? [], territories: territories ?? [] };
}

/**
 * Return what this device did in a workshop as it goes again to a server that went back to an older copy: the same
 * acts with the same ids, so that what it still has is said to be replayed. An edit of this device's own wording
 * waits again for the receipt that will give that wording its position, which may be another one now.
 */
export function again(rows: readonly Row[], workshop: string): Row[] {
  const sent = rows.filter((row) => row.state === "received" && row.workshop === workshop);
  const worded = new Map(sent.filter(carriesWords).map((row) => [row.position, row.id]));
  return sent.map((row) => {
    const after = row.payload.base === undefined ? null : (worded.get(row.payload.base) ?? null);
    return { ...row, state: "waiting", position: null, after };
  });
}

/** How many received acts a device remembers, in case the server must be given them again. */
const REMEMBERED = 500;

/**
 * Return the received rows that need not be remembered: the oldest beyond so many, and those of a note that is no
 * longer there, for what was erased must not come back from here.
 */
export function forgettable(rows: readonly Row[], board: { workshop: string; position: number; notes: ReadonlyMap<string, unknown> }): Row[] {
  const held = rows.filter((row) => row.workshop === board.workshop && row.state === "received" && (row.position ?? 0) <= board.position);
  const erased = held.filter((row) => !board.notes.has(row.payload.note_id ?? ""));
  return [...erased, ...held.filter((row) => !erased.includes(row)).slice(0, -REMEMBERED)];
}
