import assert from "node:assert/strict";
import { test } from "node:test";
import { afterReceipt, afterRefusal, afterVerdicts, again, forgettable, nextBatch, renamed, type Row } from "../capture/rows.ts";
import type { Payload } from "../shared/protocol.ts";
import { rowAt } from "./factories.ts";

const wrote = rowAt(1, "note.written", { note_id: "n", kind: "lever", text: "un" });
const edited = rowAt(2, "note.edited", { note_id: "n", kind: "lever", text: "deux" }, { after: "row-1" });
const REFUSAL = { code: "workshop.closed", status: 409, sentence: "L’atelier est fermé." };

test("nothing waits, nothing is sent", () => {
  assert.deepEqual(nextBatch([], 10), []);
  assert.deepEqual(nextBatch([rowAt(1, "note.removed", {}, { state: "received", position: 3 })], 10), []);
});

test("rows go in order, at most so many", () => {
  const rows = [1, 2, 3].map((sequence) => rowAt(sequence, "note.written", { note_id: String(sequence) }));
  assert.deepEqual(nextBatch(rows, 2).map((row) => row.sequence), [1, 2]);
});

test("an edit waits for the receipt that decides its base", () => {
  assert.deepEqual(nextBatch([wrote, edited], 10), [wrote]);
  const turn = afterReceipt([wrote, edited], wrote, 41);
  assert.deepEqual(turn.put.map((row) => [row.sequence, row.state, row.payload.base]), [[1, "received", undefined], [2, "waiting", 41]]);
  assert.deepEqual(nextBatch(turn.put, 10).map((row) => row.sequence), [2]);
});

test("an edit whose base nobody knows any more overwrites nothing", () => {
  assert.equal(nextBatch([edited], 10)[0]?.payload.base, 0);
});

test("a refused row does not hold back the others", () => {
  const rows = [{ ...wrote, state: "refused" as const }, rowAt(3, "note.written", { note_id: "m" })];
  assert.deepEqual(nextBatch(rows, 10).map((row) => row.sequence), [3]);
});

test("a refused note keeps the words as they were last typed", () => {
  const turn = afterRefusal([wrote, edited], wrote, REFUSAL);
  assert.deepEqual(turn.put.map((row) => [row.payload.text, row.state, row.refusal?.code]), [["deux", "refused", "workshop.closed"]]);
  assert.deepEqual(turn.drop.map((row) => row.sequence), [2]);
});

test("a note that its writer deleted meanwhile is let go with its refusal", () => {
  const removed = rowAt(3, "note.removed", { note_id: "n" });
  const turn = afterRefusal([wrote, edited, removed], wrote, REFUSAL);
  assert.deepEqual([turn.put.length, turn.drop.map((row) => row.sequence)], [0, [1, 2, 3]]);
});

test("a refused edit leaves what other edits of the note do", () => {
  const other = rowAt(4, "note.edited", { note_id: "m", base: 3, text: "ailleurs" });
  const turn = afterRefusal([edited, other], edited, REFUSAL);
  assert.deepEqual([turn.put.length, turn.drop.length], [1, 0]);
});

const received = (sequence: number, name: string, payload: Payload, position: number) =>
  rowAt(sequence, name, payload, { state: "received", position });

test("words typed after a refusal are not taken for those that a late copy brought", () => {
  const sent = rowAt(1, "note.written", { note_id: "n", session: "a1", kind: "lever", text: "avant" });
  const kept: Row = { ...sent, payload: { ...sent.payload, text: "après" }, state: "refused", refusal: REFUSAL };
  const [edit] = afterReceipt([kept], kept, 7, sent).put;
  assert.deepEqual(
    [edit?.name, edit?.state, edit?.payload],
    ["note.edited", "refused", { note_id: "n", kind: "lever", text: "après", base: 7 }],
  );
  const unchanged: Row = { ...sent, state: "refused", refusal: REFUSAL };
  assert.deepEqual(afterReceipt([unchanged], unchanged, 7, sent).put, [{ ...sent, state: "received", position: 7 }]);
});

test("a note that the server has with other words is edited beside them, and any other act only changes its id", () => {
  const note = rowAt(1, "note.written", { note_id: "n", session: "a1", kind: "lever", text: "après" });
  const edit = renamed(note, REFUSAL);
  assert.deepEqual([edit.name, edit.payload], ["note.edited", { note_id: "n", kind: "lever", text: "après", base: 0 }]);
  const act = rowAt(2, "note.edited", { note_id: "n", base: 5, text: "mieux" });
  assert.deepEqual({ ...renamed(act, REFUSAL), id: act.id, refusal: null }, act);
  assert.equal(new Set([note.id, edit.id, act.id, renamed(act, REFUSAL).id]).size, 4);
});

test("to a server that went back, the same acts go again, and an edit waits for its note's new position", () => {
  const rows = [
    received(1, "note.written", { note_id: "n", text: "un" }, 7),
    received(2, "note.edited", { note_id: "n", text: "deux", base: 7 }, 9),
    received(3, "note.edited", { note_id: "m", text: "ailleurs", base: 4 }, 10),
    rowAt(4, "note.written", { note_id: "p" }),
    { ...received(5, "note.written", { note_id: "q" }, 11), workshop: "a2" },
  ];
  const sent = again(rows, "a1");
  assert.deepEqual(sent.map((row) => [row.id, row.state, row.position, row.after]), [
    ["row-1", "waiting", null, null],
    ["row-2", "waiting", null, "row-1"],
    ["row-3", "waiting", null, null],
  ]);
  const [turned] = afterReceipt(sent, sent[0]!, 5).put.slice(1);
  assert.deepEqual([turned?.payload.base, sent[2]?.payload.base], [5, 4]);
});

test("a received act is remembered until its note is erased, or too many came after it", () => {
  const rows = Array.from({ length: 503 }, (_, index) => received(index + 1, "note.written", { note_id: `n${index}` }, index + 1));
  const notes = new Map(rows.filter((row) => row.sequence !== 400).map((row) => [row.payload.note_id ?? "", {}]));
  const board = { workshop: "a1", position: 502, notes };
  assert.deepEqual(forgettable(rows, board).map((row) => row.sequence), [400, 1]);
  assert.deepEqual(forgettable(rows.map((row) => ({ ...row, state: "waiting" as const })), board), []);
});

test("the verdicts of a batch are taken in their order: a refused note keeps what followed, answered or not", () => {
  const other = rowAt(3, "note.written", { note_id: "m", text: "ailleurs" });
  const turn = afterVerdicts([wrote, edited, other], [
    { row: wrote, refusal: REFUSAL },
    { row: edited, position: 8 },
    { row: other, position: 9 },
  ]);
  assert.deepEqual(turn.put.map((row) => [row.sequence, row.state, row.payload.text]), [[1, "refused", "deux"], [3, "received", "ailleurs"]]);
  assert.deepEqual(turn.drop.map((row) => row.sequence), [2]);
});

test("a refusal heard twice keeps what the first folded in, and an id in use is changed once, with what waited for it", () => {
  const folded: Row = { ...wrote, payload: { ...wrote.payload, text: "deux" }, state: "refused", refusal: REFUSAL };
  assert.deepEqual(afterVerdicts([folded], [{ row: wrote, refusal: REFUSAL }]).put[0]?.payload.text, "deux");
  const reused = { ...REFUSAL, code: "operation.reused" };
  const first = afterVerdicts([wrote, edited], [{ row: wrote, refusal: reused }]);
  const [edit, follower] = first.put;
  assert.deepEqual([edit?.name, edit?.state, follower?.after], ["note.edited", "waiting", edit?.id]);
  assert.deepEqual(afterVerdicts(first.put, [{ row: wrote, refusal: reused }]), { put: [], drop: [] });
  assert.equal(afterVerdicts([edit!], [{ row: edit!, refusal: reused }]).put[0]?.state, "refused");
});
