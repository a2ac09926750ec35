import assert from "node:assert/strict";
import { test } from "node:test";
import { lengthOf, linesOf, prefixed, substituted, substitution, unbulleted, visible } from "../capture/commands.ts";
import { KINDS } from "./factories.ts";

test("a prefix sets the kind and leaves the sentence", () => {
  assert.deepEqual(prefixed("+ Un budget partagé", KINDS), { kind: "lever", text: "Un budget partagé" });
  assert.deepEqual(prefixed("l: un élu référent", KINDS), { kind: "lever", text: "un élu référent" });
  assert.deepEqual(prefixed("-Trop de réunions", KINDS), { kind: "obstacle", text: "Trop de réunions" });
  assert.deepEqual(prefixed("F : les délais", KINDS), { kind: "obstacle", text: "les délais" });
  assert.deepEqual(prefixed("! Du temps", KINDS), { kind: "condition", text: "Du temps" });
  assert.deepEqual(prefixed("c\u202f: du temps", KINDS), { kind: "condition", text: "du temps" });
});

test("a dash that a keyboard corrected is still a hyphen", () => {
  for (const dash of ["-", "–", "—", "−"]) assert.equal(prefixed(`${dash} les délais`, KINDS).kind, "obstacle");
});

test("a sign before a number belongs to the sentence", () => {
  assert.deepEqual(prefixed("-5 % de crédits", KINDS), { kind: null, text: "-5 % de crédits" });
  assert.deepEqual(prefixed("+ 20 % de temps", KINDS), { kind: null, text: "+ 20 % de temps" });
});

test("a text without a prefix comes back to the byte", () => {
  for (const text of ["", "  Une phrase ", "le: la", "https://exemple.fr", "l'élu", "e\u0301lu"]) {
    assert.deepEqual(prefixed(text, KINDS), { kind: null, text });
  }
});

test("a substitution is read with and without its last slash", () => {
  assert.deepEqual(substitution("s/elus/élus/"), { from: "elus", to: "élus", everywhere: false });
  assert.deepEqual(substitution("s/elus/élus"), { from: "elus", to: "élus", everywhere: false });
  assert.deepEqual(substitution("s/a/b/g"), { from: "a", to: "b", everywhere: true });
  assert.deepEqual(substitution("s/et\\/ou/ou/"), { from: "et/ou", to: "ou", everywhere: false });
  assert.deepEqual(substitution("s/trop //"), { from: "trop ", to: "", everywhere: false });
});

test("a sentence is not a substitution", () => {
  for (const text of ["s/", "s//x/", "s'engager", "les/la", "s/a/b/c/d"]) assert.equal(substitution(text), null);
});

test("a substitution changes the first place, or all, and says when there is none", () => {
  assert.equal(substituted("a a a", { from: "a", to: "b", everywhere: false }), "b a a");
  assert.equal(substituted("a a a", { from: "a", to: "$&", everywhere: true }), "$& $& $&");
  assert.equal(substituted("x", { from: "a", to: "b", everywhere: false }), null);
});

test("pasted lines that say nothing are not notes", () => {
  assert.deepEqual(linesOf("un\r\n\n  deux \n\u200b\ntrois"), ["un", "deux", "trois"]);
  assert.deepEqual(linesOf(""), []);
});

test("only something to see is a note", () => {
  assert.equal(visible(" \u200b\n\u00a0\u202f"), false);
  assert.equal(visible("🙂"), true);
  assert.equal(visible("."), true);
});

test("characters are counted as the server counts them", () => {
  assert.equal(lengthOf("é🙂"), 2);
});

test("the bullets of a list made elsewhere are no kinds; signs that differ, or one line, are", () => {
  assert.deepEqual(unbulleted(["- un", "- deux"]), ["un", "deux"]);
  assert.deepEqual(unbulleted(["•\u00a0un", "• deux"]), ["un", "deux"]);
  for (const lines of [[], ["- un"], ["- un", "+ deux"], ["- un", "deux"], ["-5 %", "-6 %"]]) assert.equal(unbulleted(lines), null);
});
