import assert from "node:assert/strict";
import { test } from "node:test";
import { afterReceipt, afterRefusal, nextBatch } from "../capture/rows.ts";
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
