import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../capture/outbox.ts";
import { type Row, rowOf } from "../capture/rows.ts";

test("a late answer to an act that was worded again leaves the new wording waiting", async () => {
  const outbox = await Outbox.open("essai");
  await outbox.add([rowOf("a1", "note.written", { note_id: "n", text: "avant" })]);
  const old = outbox.rows[0] as Row;
  const refusal = { code: "workshop.closed", status: 409, sentence: "Fermé." };
  await outbox.refuse(old, refusal);
  await outbox.replace(old, rowOf("a1", "note.written", { note_id: "n", text: "après" }));
  const worded = outbox.rows[0] as Row;
  await outbox.receive(old, 7);
  await outbox.refuse(old, refusal);
  assert.deepEqual(outbox.rows, [worded]);
  assert.equal(worded.state, "waiting");
  assert.notEqual(worded.id, old.id);
});
