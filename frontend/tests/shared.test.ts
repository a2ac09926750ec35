import assert from "node:assert/strict";
import { test } from "node:test";
import { tongueOf } from "../shared/tongue.ts";
import { EventReader } from "../shared/sse.ts";
import { french } from "../shared/typography.ts";
import { uuid7 } from "../shared/uuid7.ts";
import { backoff, jittered, Pause } from "../shared/waiting.ts";

test("events are read the same wherever the network cuts them", () => {
  const text = 'retry: 1000\n: open\n\nid: 7\nevent: operation\ndata: {"é":1}\n\n: heartbeat\n\nid: 8\ndata: a\ndata: b\n\n';
  const whole = new EventReader().read(text);
  assert.deepEqual(whole, [
    { id: "7", event: "operation", data: '{"é":1}' },
    { id: "8", event: "message", data: "a\nb" },
  ]);
  for (let cut = 0; cut <= text.length; cut += 1) {
    const reader = new EventReader();
    assert.deepEqual([...reader.read(text.slice(0, cut)), ...reader.read(text.slice(cut))], whole);
  }
});

test("identifiers are version 7, sort by time and do not meet", () => {
  const made = Array.from({ length: 2000 }, (_, index) => uuid7(1_700_000_000_000 + index));
  for (const id of made) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual([...made].sort(), made);
  assert.equal(new Set(Array.from({ length: 2000 }, () => uuid7(1))).size, 2000);
});

test("an identifier carries the milliseconds of its clock, even a wrong one", () => {
  assert.equal(uuid7(0x0123456789ab, new Uint8Array(10)), "01234567-89ab-7000-8000-000000000000");
  assert.equal(uuid7(-5, new Uint8Array(10)).slice(0, 13), "00000000-0000");
});

test("delays grow to a ceiling, and chance never makes them longer", () => {
  assert.deepEqual([0, 1, 2, 9].map((failures) => backoff(failures)), [500, 1000, 2000, 15_000]);
  for (let turn = 0; turn < 200; turn += 1) {
    const delay = jittered(1000);
    assert.ok(delay >= 500 && delay <= 1000);
  }
});

test("a pause ends when it is woken, even a moment before it begins", async () => {
  const pause = new Pause();
  const started = Date.now();
  pause.wake();
  await pause.wait(5_000);
  setTimeout(() => pause.wake(), 5);
  await pause.wait(5_000);
  assert.ok(Date.now() - started < 1_000);
});

test("the interface's own words follow French typography", () => {
  assert.equal(french("L'atelier : « oui » ?"), "L’atelier\u202f: «\u202foui\u202f»\u202f?");
});

test("the letters say in which language words are read aloud", () => {
  const said = ["", "👩‍🌾 17", "Les élu·es", "المشاركة تبدأ", "居民参与决策，才是", "住民の参加が大切です", "Μας ακούνε", "Le mot المشاركة revient souvent"];
  assert.deepEqual(said.map((text) => tongueOf(text)), ["fr", "fr", "fr", "ar", "zh", "ja", "el", "fr"]);
});
