import assert from "node:assert/strict";
import { test } from "node:test";
import { differing } from "../capture/differing.ts";

const marked = (text: string, other: string): string =>
  differing(text, other).map((piece) => (piece.differs ? `[${piece.text}]` : piece.text)).join("");

test("only the words that the other text has not are set apart, and every letter is kept", () => {
  assert.equal(marked("Le bus passe à midi pile", "Le bus passe à six heures"), "Le bus passe à [midi pile]");
  assert.equal(marked("Le bus passe tard le soir", "Le bus passe le soir"), "Le bus passe [tard] le soir");
  assert.equal(marked("Le bus passe le soir", "Le bus passe tard le soir"), "Le bus passe le soir");
});

test("texts that are alike, that share little, or that say nothing are left plain", () => {
  for (const [one, other] of [["a b", "a b"], ["tout autre chose", "rien de commun"], ["", "a"], ["a", ""], [" ", ""]] as const) {
    assert.equal(marked(one, other), one);
  }
});

test("two long texts are left plain rather than keep the page waiting", () => {
  const long = "mot ".repeat(2_000);
  assert.equal(marked(`${long}un`, `${long}deux`), `${long}un`);
});
