import assert from "node:assert/strict";
import { test } from "node:test";
import { FAMILIES } from "../capture/families.ts";
import { folded, pick, suggestActors, suggestTerritories, tokenAt, typedMarks } from "../capture/complete.ts";

const ACTORS = [
  { name: "Centre national de la fonction publique territoriale", acronym: "CNFPT" },
  { name: "Région des Caps", acronym: "" },
  { name: "Élu·es", acronym: "" },
  { name: "Habitant·es", acronym: "" },
];

test("a mark is found from its sign to the caret", () => {
  assert.deepEqual(tokenAt("Le @cn", 6), { sign: "@", start: 3, query: "cn" });
  assert.deepEqual(tokenAt("#Lo", 3), { sign: "#", start: 0, query: "Lo" });
  assert.deepEqual(tokenAt("avec la @Région des C", 21), { sign: "@", start: 8, query: "Région des C" });
  assert.deepEqual(tokenAt("(@", 2), { sign: "@", start: 1, query: "" });
});

test("a sign inside a word marks nothing", () => {
  for (const text of ["nom@exemple.fr", "n#1", "un mot", "@@"]) assert.equal(tokenAt(text, text.length), null, text);
});

test("completion starts at the first letter, accents and capitals aside", () => {
  assert.deepEqual(suggestActors("", ACTORS), []);
  assert.equal(suggestActors("e", ACTORS)[0]?.name, "Élu·es");
  assert.equal(suggestActors("region d", ACTORS)[0]?.name, "Région des Caps");
  assert.equal(folded("Élu·es"), "elu es");
});

test("an acronym is written when it is what one types", () => {
  assert.equal(suggestActors("cnf", ACTORS)[0]?.written, "CNFPT");
  assert.equal(suggestActors("centre", ACTORS)[0]?.beside, "CNFPT");
  assert.equal(suggestActors("fonction", ACTORS)[0]?.name, "Centre national de la fonction publique territoriale");
});

test("what starts so comes before what contains it", () => {
  assert.deepEqual(suggestTerritories("l", ["Val-de-Loire", "Lourches", "Aulnoy"]).map((one) => one.name), ["Lourches", "Val-de-Loire"]);
});

test("inside a sentence the name takes the place of what was typed", () => {
  const [suggestion] = suggestActors("cn", ACTORS);
  const picked = pick("Le @cn pourrait aider", { sign: "@", start: 3, query: "cn" }, 6, suggestion!);
  assert.deepEqual(picked, { text: "Le CNFPT pourrait aider", caret: 8 });
  assert.deepEqual(pick("Le @cn", { sign: "@", start: 3, query: "cn" }, 6, suggestion!), { text: "Le CNFPT ", caret: 9 });
});

test("after the end of a sentence it is only a mark", () => {
  const [suggestion] = suggestTerritories("lo", ["Lourches"]);
  const text = "On se forme ensemble. #lo";
  const picked = pick(text, { sign: "#", start: 22, query: "lo" }, text.length, suggestion!);
  assert.deepEqual(picked, { text: "On se forme ensemble.", caret: 21 });
});

test("a mark typed in full counts, and the text is not touched", () => {
  const marks = typedMarks("La @région des caps et @Truc à #Lourches, règle #1", ACTORS, ["Lourches"]);
  assert.deepEqual(marks, { actors: ["Région des Caps", "Truc"], territories: ["Lourches"] });
  assert.deepEqual(typedMarks("@cnfpt, @CNFPT", ACTORS, []).actors, ["Centre national de la fonction publique territoriale"]);
});

test("a family of people is found however its plural is spelt, and is a common noun in a sentence", () => {
  const [found] = suggestActors("habitants", FAMILIES);
  assert.deepEqual([found?.name, found?.written], ["Habitant·es", "habitant·es"]);
});
