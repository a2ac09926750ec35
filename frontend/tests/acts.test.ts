import assert from "node:assert/strict";
import { test } from "node:test";
import { Acts, type Content } from "../capture/acts.ts";
import { apply, type Board, fromSnapshot } from "../capture/journal.ts";
import { Outbox } from "../capture/outbox.ts";
import { type Line, lines } from "../capture/overlay.ts";
import { waiting } from "../capture/rows.ts";
import { entryOf, noteOf, snapshotOf } from "./factories.ts";

const content = (text: string): Content => ({ kind: "lever", text, actors: [], territories: [] });

/** A device: its outbox, its board, and what it shows. */
async function device(...notes: string[]) {
  let board: Board = fromSnapshot(snapshotOf(notes.length, notes.map((id, index) => noteOf(id, index + 1, { mine: true }))));
  const outbox = await Outbox.open("essai");
  const shown = (): Line[] => lines(board, outbox.rows);
  const acts = new Acts(outbox, "a1", (id) => shown().find((line) => line.id === id));
  const hear = (position: number, name: string, payload: object): void => {
    board = apply(board, entryOf(position, name, { ...payload }));
  };
  return { outbox, acts, shown, hear };
}

test("a correction names the revision that its writer saw, whatever came meanwhile", async () => {
  const { outbox, acts, shown, hear } = await device("n");
  const seen = shown()[0]!;
  hear(2, "note.edited", { note_id: "n", base: 1, kind: "lever", text: "autre" });
  await acts.edit(seen, content("la mienne"));
  assert.equal(outbox.rows[0]?.payload.base, 1);
});

test("a correction of a note that only this device has waits for its receipt", async () => {
  const { outbox, acts, shown } = await device();
  await acts.write([content("un")]);
  await acts.edit(shown()[0]!, content("deux"));
  const [written, edited] = outbox.rows;
  assert.deepEqual([edited?.after, edited?.payload.base], [written?.id, undefined]);
  await outbox.receive(written!, 9);
  assert.deepEqual([outbox.rows[1]?.after, outbox.rows[1]?.payload.base], [null, 9]);
});

test("a correction begun before the receipt and finished after it knows its base", async () => {
  const { outbox, acts, shown } = await device();
  await acts.write([content("un")]);
  const seen = shown()[0]!;
  await outbox.receive(outbox.rows[0]!, 9);
  await acts.edit(seen, content("deux"));
  assert.deepEqual([outbox.rows[1]?.after, outbox.rows[1]?.payload.base], [null, 9]);
});

test("deleting is undone, and so is correcting, the last first", async () => {
  const { acts, shown } = await device("n");
  await acts.edit(shown()[0]!, content("mieux"));
  await acts.remove(shown()[0]!);
  assert.equal(shown()[0]?.removed, true);
  assert.equal((await acts.undo())?.text, "");
  assert.deepEqual([shown()[0]?.removed, shown()[0]?.text], [false, "mieux"]);
  assert.equal(acts.hasCorrected(shown()[0]!), true);
  assert.equal((await acts.undo())?.text, "");
  assert.equal(shown()[0]?.text, "note n");
  assert.equal(acts.hasCorrected(shown()[0]!), false);
  assert.equal(await acts.undo(), null);
});

test("a refused note goes again with other words, in its place", async () => {
  const { outbox, acts, shown } = await device();
  await acts.write([content("un"), content("deux")]);
  await outbox.refuse(outbox.rows[0]!, { code: "note.too_long", status: 400, sentence: "Trop long." });
  await acts.edit(shown()[0]!, content("court"));
  assert.deepEqual(outbox.rows.map((row) => [row.payload.text, row.state]), [["court", "waiting"], ["deux", "waiting"]]);
});

test("words typed for a note that is gone become a new note", async () => {
  const { outbox, acts, shown } = await device("n");
  await acts.edit(shown()[0]!, content("tard"));
  await outbox.refuse(outbox.rows[0]!, { code: "note.removed", status: 409, sentence: "Supprimée." });
  await acts.again(shown()[0]!);
  const [row] = waiting(outbox.rows);
  assert.deepEqual([row?.name, row?.payload.text, row?.payload.note_id === "n"], ["note.written", "tard", false]);
});

test("words corrected after their refusal was set aside are not lost", async () => {
  const { outbox, acts, shown } = await device();
  await acts.write([content("un")]);
  await outbox.refuse(outbox.rows[0]!, { code: "workshop.closed", status: 409, sentence: "Fermé." });
  const seen = shown()[0]!;
  await acts.setAside(seen);
  await acts.edit(seen, content("un, corrigé"));
  assert.deepEqual(outbox.rows.map((row) => [row.name, row.payload.text]), [["note.written", "un, corrigé"]]);
});

test("what was set aside can come back", async () => {
  const { outbox, acts, shown } = await device();
  await acts.write([content("un")]);
  await outbox.refuse(outbox.rows[0]!, { code: "workshop.closed", status: 409, sentence: "Fermé." });
  await acts.setAside(shown()[0]!);
  assert.equal(outbox.rows.length, 0);
  await acts.undo();
  assert.deepEqual([outbox.rows[0]?.state, outbox.rows[0]?.payload.text], ["refused", "un"]);
});

test("a note just written is taken back, with what stood in the field; what a colleague reworded is left", async () => {
  const { outbox, acts, shown, hear } = await device();
  await acts.write([content("un"), content("deux")], { ...content("un\ndeux"), kind: "obstacle" });
  const [first, second] = shown();
  hear(1, "note.written", { note_id: second!.id, session: "a1", kind: "lever", text: "deux" });
  hear(2, "note.edited", { note_id: second!.id, base: 1, kind: "lever", text: "deux, par une autre" });
  await outbox.receive(outbox.rows[1]!, 1);
  const typed = await acts.undo();
  assert.deepEqual([typed?.kind, typed?.text], ["obstacle", "un\ndeux"]);
  assert.deepEqual(outbox.rows.slice(2).map((row) => [row.name, row.payload.note_id]), [["note.removed", first!.id]]);
});

test("deleting a refused note lets it go, for the server has nothing to delete, and that is undone", async () => {
  const { outbox, acts, shown } = await device();
  await acts.write([content("un")]);
  await outbox.refuse(outbox.rows[0]!, { code: "workshop.closed", status: 409, sentence: "Fermé." });
  await acts.remove(shown()[0]!);
  assert.equal(outbox.rows.length, 0);
  await acts.undo();
  assert.deepEqual(outbox.rows.map((row) => [row.state, row.payload.text]), [["refused", "un"]]);
});

test("deleting a note whose correction was refused deletes the note and lets the correction go", async () => {
  const { outbox, acts, shown } = await device("n");
  await acts.edit(shown()[0]!, content("trop long"));
  await outbox.refuse(outbox.rows[0]!, { code: "note.too_long", status: 400, sentence: "Trop long." });
  await acts.remove(shown()[0]!);
  assert.deepEqual(outbox.rows.map((row) => [row.name, row.state]), [["note.removed", "waiting"]]);
});
