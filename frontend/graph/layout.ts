/** Fits the edition's places to the screen: boxes wide enough for their words, discs beside them, names where free. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Whether two boxes, given by their centres, come closer than this. */
export function meet(one: Box, other: Box, gap = 0): boolean {
  return (
    Math.abs(one.x - other.x) * 2 < one.w + other.w + 2 * gap && Math.abs(one.y - other.y) * 2 < one.h + other.h + 2 * gap
  );
}

export interface Theme extends Spot {
  readonly id: string;
  readonly w: number;
  readonly h: number;
}

/** Of boxes in their order of importance, keep those whose words fit; the others become small. */
export function fitting(themes: readonly Theme[], small: number): Map<string, Box> {
  const boxes = new Map<string, Box>();
  const placed: Box[] = [];
  for (const theme of themes) {
    const whole = { x: theme.x, y: theme.y, w: theme.w, h: theme.h };
    const free = placed.every((box) => !meet(box, whole, 5));
    const box = free ? whole : { ...whole, w: small, h: small * 0.7 };
    boxes.set(theme.id, box);
    placed.push(box);
  }
  return boxes;
}

/** A disc with the width of its name. */
export interface Disc extends Spot {
  readonly id: string;
  readonly r: number;
  readonly w: number;
}

export type Side = "right" | "left" | "below" | "above";

/** Where a disc stands, and on which side its name. */
export interface Seat extends Spot {
  readonly side: Side;
  readonly round: Box;
  readonly words: Box;
}

/** How many spots are tried for a disc, each farther from where it belongs: the last ones are about 90 pixels away. */
const TRIES = 70;
const STEP = 11;
/** After this many discs in a row without a seat, the picture is full: of 2,000 actors most never find one. */
const FULL = 60;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/**
 * Seat discs one after the other, the most important first, as near as can be to where they belong, each with room for
 * its name: nothing touches a box, another disc or another name. A disc that finds no seat is left out: a disc without
 * a name says nothing.
 */
export function seat(
  discs: readonly Disc[],
  boxes: Iterable<Box>,
  within: { w: number; h: number },
  line: number,
  tries = TRIES,
): Map<string, Seat> {
  const held: Box[] = [...boxes];
  const seats = new Map<string, Seat>();
  let vain = 0;
  for (const disc of discs) {
    const found = look(disc, held, within, line, tries);
    vain = found === null ? vain + 1 : 0;
    if (vain > FULL) break;
    if (found === null) continue;
    seats.set(disc.id, { x: found.round.x, y: found.round.y, ...found });
    held.push(found.round, found.words);
  }
  return seats;
}

function look(
  disc: Disc,
  held: readonly Box[],
  within: { w: number; h: number },
  line: number,
  tries: number,
): { round: Box; words: Box; side: Side } | null {
  for (let turn = 0; turn < tries; turn += 1) {
    const reach = STEP * Math.sqrt(turn);
    const round = { x: disc.x + Math.cos(turn * GOLDEN) * reach, y: disc.y + Math.sin(turn * GOLDEN) * reach, w: disc.r * 2, h: disc.r * 2 };
    if (!inside(round, within) || held.some((other) => meet(other, round, 2))) continue;
    for (const [side, words] of sides(round, disc, line)) {
      if (inside(words, within) && !held.some((other) => meet(other, words, 1))) return { round, words, side };
    }
  }
  return null;
}

function inside(box: Box, within: { w: number; h: number }): boolean {
  return box.x - box.w / 2 >= 2 && box.x + box.w / 2 <= within.w - 2 && box.y - box.h / 2 >= 2 && box.y + box.h / 2 <= within.h - 2;
}

function sides(at: Spot, disc: Disc, line: number): [Side, Box][] {
  const across = disc.r + 4 + disc.w / 2;
  const along = disc.r + 3 + line / 2;
  return [
    ["right", { x: at.x + across, y: at.y, w: disc.w, h: line }],
    ["left", { x: at.x - across, y: at.y, w: disc.w, h: line }],
    ["below", { x: at.x, y: at.y + along, w: disc.w, h: line }],
    ["above", { x: at.x, y: at.y - along, w: disc.w, h: line }],
  ];
}
