import assert from "node:assert/strict";
import { test } from "node:test";
import { type Deck, following, partsOf, preceding, saidBy, scene } from "../stage/deck.ts";
import { briefly, sized } from "../stage/scene.ts";
import { after, moved, type Sheet, withWaiting } from "../stage/sheet.ts";
import { isNewer } from "../stage/standing.ts";
import { clock } from "../stage/words.ts";
import { isKeptPage, isSpeechPage, keptAddress } from "../worker/shell.ts";

const LONG = "Une phrase assez longue pour compter. ".repeat(30);

const DECK: Deck = {
  title: "Rencontre",
  place: "Loos",
  edition: 1,
  position: 9,
  made_at: 0,
  notes_count: 2,
  spoken: 1,
  kinds: [{ key: "lever", label: "Levier", sign: "▲" }],
  workshops: [["a", "Gouvernance"]],
  themes: [{ id: "t", label: "Portes", size: 2, kinds: [["lever", 2]], workshops: [["a", 2]], quotes: [{ note_id: "n", text: "Le maire ouvre.", kind: "lever", workshop: "a", role: "central" }], actors: [] }],
  actors: [],
  notes: [
    { id: "n", text: "Le maire ouvre. Parfois.", kind: "lever", workshop: "a", theme_id: "t" },
    { id: "long", text: LONG, kind: "lever", workshop: "a", theme_id: "t" },
  ],
  scenes: [scene("title"), scene("theme", { theme_id: "t" }), scene("quote", { theme_id: "t", note_id: "long" }), scene("table")],
};

test("a long note is cut into parts that a room can read, and nothing of it is lost", () => {
  for (const text of [LONG, "x".repeat(10_000), "مرحبا ".repeat(900), "🙂".repeat(700), "", "court"]) {
    const parts = partsOf(text);
    assert.equal(parts.join(""), text);
    assert.ok(parts.every((part) => [...part].length <= 341), "a part is too long");
  }
  assert.ok(partsOf(LONG)[0]?.trim().endsWith("."));
});

test("what follows is the rest of a long note, then the next scene, then nothing", () => {
  const first = DECK.scenes[2]!;
  const second = following(DECK, first);
  assert.deepEqual(second, { ...first, part: 1 });
  assert.deepEqual(preceding(DECK, second!), first);
  const last = { ...first, part: partsOf(LONG).length - 1 };
  assert.equal(following(DECK, last)?.view, "table");
  assert.equal(following(DECK, scene("table")), null);
  assert.equal(preceding(DECK, scene("title")), null);
});

test("a scene out of order goes on from its own theme", () => {
  assert.equal(following(DECK, scene("quote", { theme_id: "t", note_id: "n" }))?.view, "table");
});

test("a quote is the stretch that the theme quotes, else the whole note", () => {
  assert.equal(saidBy(DECK, scene("quote", { theme_id: "t", note_id: "n" }))?.text, "Le maire ouvre.");
  assert.equal(saidBy(DECK, scene("quote", { note_id: "long" }))?.text, LONG);
  assert.equal(saidBy(DECK, scene("quote", { note_id: "gone" })), undefined);
});

test("a column of the table wears the head of a title, and a title without a head stays whole", () => {
  assert.equal(briefly("Renouveler la gouvernance : quelles méthodologies ?"), "Renouveler la gouvernance");
  assert.equal(briefly("Eau : qui paie ?"), "Eau : qui paie ?");
  assert.equal(briefly("Se former autrement"), "Se former autrement");
  assert.equal(briefly("Renouveler la gouvernance\u202f: quelles postures"), "Renouveler la gouvernance");
});

test("more words are set smaller", () => {
  assert.deepEqual([10, 100, 200, 330].map((length) => sized("x".repeat(length))), ["huge", "large", "middle", "small"]);
});

const SHEET: Sheet = { id: "mine", name: "", shared: false, landmarks: [] };
const placed = (id: string, theme_id = ""): Parameters<typeof after>[1] => ({ name: "landmark.placed", payload: { landmark_id: id, theme_id } });

test("what waits on the device is already on the sheet, and only on its own", () => {
  const waiting = [placed("a", "t"), placed("twin", "t"), { name: "landmark.placed", payload: { landmark_id: "b", sheet: "other" } }].map((one, index) => ({ ...one, id: String(index), device_at: 0 }));
  assert.deepEqual(withWaiting(SHEET, "mine", waiting).landmarks.map((one) => one.id), ["a"]);
});

test("a landmark moves by a step and stays at either end", () => {
  const { landmarks } = ["a", "b", "c"].reduce((sheet, id) => after(sheet, placed(id)), SHEET);
  assert.deepEqual(moved(landmarks, "c", -1), ["a", "c", "b"]);
  assert.deepEqual(moved(landmarks, "a", -1), ["a", "b", "c"]);
  const sheet = after({ ...SHEET, landmarks }, { name: "landmarks.ordered", payload: { landmark_ids: ["c", "a"] } });
  assert.deepEqual(sheet.landmarks.map((one) => one.id), ["c", "a", "b"]);
});

test("a time is said as a clock says it", () => {
  assert.deepEqual([0, 59.9, 60, 605, -3].map(clock), ["0:00", "0:59", "1:00", "10:05", "0:00"]);
});

test("the pages of the speech are kept, and no others with them", () => {
  for (const page of ["/r/synthese", "/r/synthese/themes/t1", "/r/synthese/reperes", "/r/scene", "/r/pupitre", "/r/suivre"]) assert.ok(isSpeechPage(page) && isKeptPage(page), page);
  for (const page of ["/r/mur", "/r/synthese/reperes.pdf", "/r/synthese/rapport", "/r/organisation", "/"]) assert.ok(!isKeptPage(page), page);
});

test("a page that was asked for in another language is kept as itself", () => {
  assert.equal(keptAddress("http://ici/r/synthese?langue=en"), "http://ici/r/synthese");
  assert.equal(keptAddress("http://ici/r/synthese/reperes?feuille=a&langue=fr"), "http://ici/r/synthese/reperes?feuille=a");
  assert.equal(keptAddress("http://ici/r/synthese/acteurs?acteur=k1"), "http://ici/r/synthese/acteurs?acteur=k1");
});

test("a speech goes on from a page kept before it was prepared, and never from an earlier speech", () => {
  const kept = { scene: scene("title"), prepared: 40, place: 2, sent: false, at: 2_000 };
  assert.ok(isNewer(kept, { prepared: 40, read_at: 1_000 }));
  assert.ok(isNewer(kept, { prepared: 0, read_at: 1_000 }));
  assert.ok(!isNewer(kept, { prepared: 41, read_at: 1_000 }));
  assert.ok(!isNewer(kept, { prepared: 40, read_at: 3_000 }));
});

test("a speech goes on from a page made since, as long as nobody drove the screen meanwhile", () => {
  const kept = { scene: scene("title"), prepared: 40, place: 2, sent: false, at: 2_000, driven: 44 };
  assert.ok(isNewer(kept, { prepared: 40, read_at: 3_000, driven: 44 }));
  assert.ok(!isNewer(kept, { prepared: 40, read_at: 3_000, driven: 45 }));
  assert.ok(!isNewer(kept, { prepared: 45, read_at: 3_000, driven: 44 }));
});
