import assert from "node:assert/strict";
import { test } from "node:test";
import { fromSnapshot } from "../capture/journal.ts";
import { lines, Overlay } from "../capture/overlay.ts";
import { entryOf, noteOf, rowAt, snapshotOf } from "./factories.ts";
import { apply } from "../capture/journal.ts";

const board = fromSnapshot(snapshotOf(5, [noteOf("n", 5)]));
const REFUSAL = { code: "workshop.closed", status: 409, sentence: "L’atelier est fermé." };

test("a note of this device is shown at once and says that it is only here", () => {
  const [, line] = lines(board, [rowAt(1, "note.written", { note_id: "m", kind: "lever", text: "ici" })]);
  assert.deepEqual([line?.text, line?.state, line?.after], ["ici", "here", "row-1"]);
});

test("only a receipt makes a note received, before the stream brings it back", () => {
  const row = rowAt(1, "note.written", { note_id: "m", session: "a1", kind: "lever", text: "ici" }, { state: "received", position: 6 });
  const [, line] = lines(board, [row]);
  assert.deepEqual([line?.state, line?.revision, line?.after], ["received", 6, null]);
  const caught = apply(board, entryOf(6, "note.written", row.payload, true));
  assert.equal(lines(caught, [row]).length, 2);
});

test("an edit that waits shows its words and what the next edit must wait for", () => {
  const [line] = lines(board, [rowAt(1, "note.edited", { note_id: "n", base: 5, kind: "obstacle", text: "mieux" })]);
  assert.deepEqual([line?.text, line?.kind, line?.state, line?.after], ["mieux", "obstacle", "here", "row-1"]);
});

test("a refused edit keeps the received words standing and the typed ones at hand", () => {
  const row = rowAt(1, "note.edited", { note_id: "n", base: 5, kind: "lever", text: "tard" }, { state: "refused", refusal: REFUSAL });
  const [line] = lines(board, [row]);
  assert.deepEqual([line?.text, line?.state, line?.refusedRow?.payload.text], ["note n", "review", "tard"]);
});

test("a refused note is not lost from sight, even when the journal never knew it", () => {
  const payload = { note_id: "m", kind: "lever", text: "tard" };
  for (const name of ["note.written", "note.edited"]) {
    const found = lines(board, [rowAt(1, name, payload, { state: "refused", refusal: REFUSAL })]);
    assert.deepEqual([found[1]?.text, found[1]?.state], ["tard", "review"]);
  }
});

test("a refused note whose first words are in the journal keeps its last words at hand", () => {
  const row = rowAt(1, "note.written", { note_id: "n", kind: "lever", text: "tard" }, { state: "refused", refusal: REFUSAL });
  const [line] = lines(board, [row]);
  assert.deepEqual([line?.text, line?.state, line?.refusedRow?.payload.text], ["note n", "review", "tard"]);
});

test("removing and restoring show before the server knows", () => {
  const removed = rowAt(1, "note.removed", { note_id: "n" });
  assert.equal(lines(board, [removed])[0]?.removed, true);
  assert.equal(lines(board, [removed, rowAt(2, "note.restored", { note_id: "n" })])[0]?.removed, false);
});

test("a row of another workshop is not shown here", () => {
  assert.equal(lines(board, [rowAt(1, "note.written", { note_id: "m", text: "x" }, { workshop: "b2" })]).length, 1);
});

test("the lines are those of this instant, and laid again only when something changed", () => {
  const overlay = new Overlay();
  const none: Parameters<typeof lines>[1] = [];
  const before = overlay.of(board, none, 0);
  assert.equal(overlay.of(board, none, 0), before);
  const after = overlay.of(board, [rowAt(1, "note.written", { note_id: "m", kind: "lever", text: "ici" })], 0);
  assert.deepEqual(after.map((line) => line.text).slice(-1), ["ici"]);
  assert.equal(before.length, 1);
});
