import assert from "node:assert/strict";
import { test } from "node:test";
import { type Box, type Disc, fitting, meet, seat } from "../graph/layout.ts";
import { carried, covers } from "../graph/moving.ts";
import { choose, type Picture } from "../graph/picture.ts";
import { faint, styles } from "../graph/style.ts";
import { staying } from "../wall/staying.ts";

const PICTURE: Picture = {
  groups: [
    { key: "elus", label: "Élus", sign: "É", actors: 1 },
    { key: "associations", label: "Associations", sign: "A", actors: 2 },
  ],
  themes: [{ id: "t", label: "La porte du maire", notes: 4, x: 0, y: 0 }],
  actors: [
    { id: "x", name: "La Fabrique", acronym: "", group: "associations", people: false, notes: 3, x: 0, y: 0 },
    { id: "y", name: "Élu·es", acronym: "", group: "elus", people: true, notes: 2, x: 0.1, y: 0 },
    { id: "z", name: "Le Préau", acronym: "", group: "associations", people: false, notes: 1, x: 0.2, y: 0 },
  ],
  links: [
    { actor_id: "x", theme_id: "t", notes: 3, kinds: [["lever", 1], ["obstacle", 2]], strength: "signal" },
    { actor_id: "y", theme_id: "t", notes: 2, kinds: [["lever", 2]], strength: "check" },
    { actor_id: "z", theme_id: "t", notes: 1, kinds: [["obstacle", 1]], strength: "check" },
  ],
};

const ALL = { kinds: new Set<string>(), groups: new Set<string>() };

test("without a filter every actor passes, the most cited first", () => {
  assert.deepEqual(choose(PICTURE, ALL).actors.map((actor) => [actor.id, actor.shown]), [["x", 3], ["y", 2], ["z", 1]]);
});

test("a kind left out takes its notes from every link, and the actors that had no other", () => {
  const drawn = choose(PICTURE, { ...ALL, kinds: new Set(["obstacle"]) });
  assert.deepEqual(drawn.actors.map((actor) => [actor.id, actor.shown]), [["y", 2], ["x", 1]]);
  assert.deepEqual(drawn.links.map((link) => [link.actor_id, link.notes]), [["x", 1], ["y", 2]]);
});

test("a family left out takes its actors and their links", () => {
  const drawn = choose(PICTURE, { ...ALL, groups: new Set(["associations"]) });
  assert.deepEqual(drawn.actors.map((actor) => actor.id), ["y"]);
  assert.deepEqual(drawn.links.map((link) => link.actor_id), ["y"]);
});

test("an empty picture stays empty", () => {
  assert.deepEqual(choose({ groups: [], themes: [], actors: [], links: [] }, ALL), { actors: [], links: [] });
});

test("a box that would cover a more important one becomes small", () => {
  const boxes = fitting([
    { id: "first", x: 100, y: 100, w: 100, h: 40 },
    { id: "over", x: 120, y: 110, w: 100, h: 40 },
    { id: "apart", x: 300, y: 100, w: 100, h: 40 },
  ], 16);
  assert.deepEqual([...boxes].map(([id, box]) => [id, box.w]), [["first", 100], ["over", 16], ["apart", 100]]);
});

const FRAME = { w: 600, h: 400 };

/** Points spread without chance. */
function crowd(count: number): Disc[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `a${index}`,
    x: 150 + ((index * 97) % 300),
    y: 100 + ((index * 61) % 200),
    r: 7 + (index % 5),
    w: 40 + ((index * 31) % 80),
  }));
}

test("no disc and no name ever touches another thing, and all stand inside the frame", () => {
  const walls: Box[] = [{ x: 300, y: 200, w: 120, h: 50 }, { x: 180, y: 120, w: 90, h: 40 }];
  const seats = [...seat(crowd(80), walls, FRAME, 17).values()];
  assert.ok(seats.length > 20);
  const held = [...walls, ...seats.flatMap((one) => [one.round, one.words])];
  held.forEach((one, index) => {
    for (const other of held.slice(index + 1)) assert.ok(!meet(one, other));
    assert.ok(one.x - one.w / 2 >= 0 && one.x + one.w / 2 <= FRAME.w && one.y - one.h / 2 >= 0 && one.y + one.h / 2 <= FRAME.h);
  });
});

test("who comes later moves nobody who came before", () => {
  const discs = crowd(60);
  const few = seat(discs.slice(0, 30), [], FRAME, 17);
  const all = seat(discs, [], FRAME, 17);
  for (const [id, one] of few) assert.deepEqual(all.get(id), one);
});

test("a disc alone stands where it belongs", () => {
  const one = seat([{ id: "a", x: 100, y: 100, r: 8, w: 60 }], [], FRAME, 17).get("a");
  assert.deepEqual([one?.x, one?.y, one?.side], [100, 100, "right"]);
});

test("a note stays on the wall long enough to be read, and never for ever", () => {
  assert.equal(staying("Court."), 9_000);
  assert.equal(staying("a".repeat(200)), 15_000);
  assert.equal(staying("a".repeat(5_000)), 22_000);
});

const VIEW = { zoom: 2, pan: { x: -100, y: -50 } };
const SIDES = { w: 240, h: 160 };

test("the image of the links is carried with the picture, and grows with it", () => {
  assert.deepEqual(carried(VIEW, VIEW, SIDES), { scale: 1, x: 0, y: 0 });
  assert.deepEqual(carried(VIEW, { zoom: 2, pan: { x: -70, y: -90 } }, SIDES), { scale: 1, x: 30, y: -40 });
  // A point drawn at (240 + 10, 160 + 20) is where the picture's own point (55, 35) is: 4 × 55 - 300, 4 × 35 - 100.
  const { scale, x, y } = carried(VIEW, { zoom: 4, pan: { x: -300, y: -100 } }, SIDES);
  assert.deepEqual([scale * 250 + x - 240, scale * 180 + y - 160], [-80, 40]);
});

test("the image is drawn again only when the picture has gone past its margin", () => {
  const at = (x: number, y: number, zoom = 2): boolean => covers(VIEW, { zoom, pan: { x, y } }, FRAME, SIDES);
  assert.ok(at(-100, -50) && at(139, -50) && at(-339, 109));
  assert.ok(!at(145, -50) && !at(-345, -50) && !at(-100, 115) && !at(-100, -50, 0.5));
});

test("the more links there are, the fainter each is, and the one in the light never", () => {
  assert.ok(faint(100).link > faint(1_000).link && faint(1_000).link > faint(3_000).link);
  assert.ok(faint(100).check < faint(100).link);
  assert.equal(faint(100_000).lit, faint(0).lit);
});

test("a pointer finds any link, a finger those in the light, and nobody one of a crowd", () => {
  const paint = { paper: "", ink: "", soft: "", edge: "", accent: "", box: "", font: "", group: () => "", sign: () => "" };
  const found = (selector: string, links: number, pointed: boolean): unknown => {
    const rules = styles(paint, { zoom: 1, size: 14, links, pointed }) as { selector: string; style: { events?: string } }[];
    return rules.find((rule) => rule.selector === selector)?.style.events;
  };
  assert.equal(found("edge", 300, true), "yes");
  assert.equal(found("edge", 300, false), "no");
  assert.equal(found("edge", 3_000, true), "no");
  assert.equal(found("edge.lit", 3_000, false), "yes");
});
