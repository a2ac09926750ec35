import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, fromSnapshot } from "../capture/journal.ts";
import { entryOf, noteOf, snapshotOf } from "./factories.ts";

const empty = fromSnapshot(snapshotOf(0));
const written = entryOf(1, "note.written", { note_id: "n", session: "a1", kind: "lever", text: "un" });

test("an empty morning has no note", () => {
  assert.equal(empty.notes.size, 0);
});

test("a written note appears once, whoever says it twice", () => {
  const board = apply(apply(empty, written), written);
  assert.equal(board.notes.size, 1);
  assert.equal(board.notes.get("n")?.revision, 1);
});

test("a note of another workshop is not ours", () => {
  const board = apply(empty, entryOf(4, "note.written", { note_id: "m", session: "b2", text: "ailleurs" }));
  assert.equal(board.notes.size, 0);
  assert.equal(board.position, 4);
});

test("an edit of the standing revision replaces it, and the note keeps its hour and its author", () => {
  const board = apply(apply(empty, written), entryOf(2, "note.edited", { note_id: "n", base: 1, kind: "obstacle", text: "deux" }));
  const note = board.notes.get("n");
  assert.deepEqual([note?.text, note?.kind, note?.revision, note?.at, note?.position], ["deux", "obstacle", 2, 1000, 1]);
});

test("a stale edit waits beside and overwrites nothing", () => {
  let board = apply(empty, written);
  board = apply(board, entryOf(2, "note.edited", { note_id: "n", base: 1, kind: "lever", text: "deux" }));
  board = apply(board, entryOf(3, "note.edited", { note_id: "n", base: 1, kind: "lever", text: "trois" }));
  assert.equal(board.notes.get("n")?.text, "deux");
  assert.deepEqual(board.notes.get("n")?.rivals.map((rival) => [rival.revision, rival.text]), [[3, "trois"]]);
});

test("a choice between wordings is itself a revision", () => {
  let board = apply(empty, written);
  board = apply(board, entryOf(2, "note.edited", { note_id: "n", base: 0, kind: "lever", text: "rivale" }));
  board = apply(board, entryOf(3, "note.settled", { note_id: "n", revision: 2 }));
  const note = board.notes.get("n");
  assert.deepEqual([note?.text, note?.revision, note?.rivals.length], ["rivale", 3, 0]);
  board = apply(board, entryOf(4, "note.edited", { note_id: "n", base: 2, kind: "lever", text: "tard" }));
  assert.equal(board.notes.get("n")?.text, "rivale");
});

test("a removed note comes back as it was, an erased one does not", () => {
  let board = apply(apply(empty, written), entryOf(2, "note.removed", { note_id: "n" }));
  assert.equal(board.notes.get("n")?.removed, true);
  board = apply(board, entryOf(3, "note.restored", { note_id: "n" }));
  assert.equal(board.notes.get("n")?.removed, false);
  board = apply(board, entryOf(4, "note.erased", { note_id: "n" }));
  assert.equal(board.notes.size, 0);
});

test("a workshop closes and opens for its own screens only", () => {
  assert.equal(apply(empty, entryOf(1, "session.closed", { key: "b2" })).open, true);
  const closed = apply(empty, entryOf(1, "session.closed", { key: "a1" }));
  assert.equal(closed.open, false);
  assert.equal(apply(closed, entryOf(2, "session.opened", { key: "a1" })).open, true);
});

test("an act of a vocabulary to come only moves the position", () => {
  const board = apply(empty, entryOf(9, "note.starred", { note_id: "n" }));
  assert.deepEqual([board.position, board.notes.size], [9, 0]);
});

test("a snapshot and the stream after it end where the whole journal ends", () => {
  const acts = [
    written,
    entryOf(2, "note.written", { note_id: "m", session: "a1", kind: "condition", text: "autre" }),
    entryOf(3, "note.edited", { note_id: "n", base: 1, kind: "lever", text: "deux" }),
    entryOf(4, "note.edited", { note_id: "n", base: 1, kind: "lever", text: "trois" }),
    entryOf(5, "note.removed", { note_id: "m" }),
    entryOf(6, "note.settled", { note_id: "n", revision: 4 }),
  ];
  const whole = acts.reduce(apply, empty);
  for (let cut = 0; cut <= acts.length; cut += 1) {
    const before = acts.slice(0, cut).reduce(apply, empty);
    const taken = fromSnapshot({ ...snapshotOf(before.position, [...before.notes.values()]), last: before.last });
    assert.deepEqual(acts.slice(cut).reduce(apply, taken), whole);
  }
});

test("a note of the snapshot is left as the server presented it", () => {
  const note = noteOf("n", 7);
  assert.equal(fromSnapshot(snapshotOf(7, [note])).notes.get("n"), note);
});
