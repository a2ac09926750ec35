import assert from "node:assert/strict";
import { test } from "node:test";
import { Findings } from "../checkup/findings.ts";
import { howTheyCame, median } from "../checkup/measures.ts";

const FR = new Findings("fr");

test("the median of nothing, of one, of an even number", () => {
  assert.deepEqual([median([]), median([7]), median([1, 2, 4, 9])], [null, 7, 3]);
});

test("beats that come together were kept on the way", () => {
  assert.equal(howTheyCame([], 2_000), "nothing");
  assert.equal(howTheyCame([0, 400, 800, 1_200, 1_600, 2_000], 2_000), "one by one");
  assert.equal(howTheyCame([2_000, 2_001, 2_002, 2_003, 2_004, 2_005], 2_000), "together");
});

test("a good network asks for nothing, a slow or a silent one says what to do", () => {
  assert.deepEqual(FR.latency({ median: 42.4, lost: 0, ahead: 0 }), {
    verdict: "good",
    found: "Le serveur répond en 42 ms (médiane de 10 essais).",
    advice: "",
  });
  assert.equal(FR.latency({ median: 700, lost: 0, ahead: 0 }).verdict, "look");
  assert.equal(FR.latency({ median: 40, lost: 3, ahead: 0 }).verdict, "mend");
  assert.equal(FR.latency({ median: null, lost: 10, ahead: null }).verdict, "mend");
});

test("whatever is not good comes with what to do", () => {
  const found = [
    FR.stream("together"),
    FR.stream("nothing"),
    FR.storage({ keeps: false, lasting: false, room: null }),
    FR.storage({ keeps: true, lasting: true, room: 3 }),
    FR.storage({ keeps: true, lasting: false, room: 900 }),
    FR.reopening("insecure"),
    FR.clock(-7_200_000),
    FR.clock(null),
  ];
  for (const { verdict, advice } of found) assert.ok(verdict !== "good" && advice !== "");
});
