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

export interface Disc extends Spot {
  readonly id: string;
  readonly r: number;
}

/** Push discs out of the boxes and of one another, each by the shortest way, the first ones first. */
export function beside(discs: readonly Disc[], boxes: Iterable<Box>): Map<string, Spot> {
  const walls = [...boxes];
  const spots = new Map<string, Spot>();
  const placed: { x: number; y: number; r: number }[] = [];
  for (const disc of discs) {
    let { x, y } = disc;
    for (let turn = 0; turn < 12; turn += 1) {
      const pushed = out({ x, y }, disc.r + 3, walls, placed);
      if (pushed === null) break;
      ({ x, y } = pushed);
    }
    placed.push({ x, y, r: disc.r });
    spots.set(disc.id, { x, y });
  }
  return spots;
}

function out(at: Spot, r: number, boxes: readonly Box[], discs: readonly { x: number; y: number; r: number }[]): Spot | null {
  for (const box of boxes) {
    const dx = at.x - box.x;
    const dy = at.y - box.y;
    const px = box.w / 2 + r - Math.abs(dx);
    const py = box.h / 2 + r - Math.abs(dy);
    if (px > 0 && py > 0) {
      return px < py ? { x: box.x + Math.sign(dx || 1) * (box.w / 2 + r), y: at.y } : { x: at.x, y: box.y + Math.sign(dy || 1) * (box.h / 2 + r) };
    }
  }
  for (const disc of discs) {
    const dx = at.x - disc.x;
    const dy = at.y - disc.y;
    const distance = Math.hypot(dx, dy);
    const least = disc.r + r;
    if (distance < least - 0.01) {
      const angle = distance > 0.01 ? Math.atan2(dy, dx) : discs.length;
      return { x: disc.x + Math.cos(angle) * least, y: disc.y + Math.sin(angle) * least };
    }
  }
  return null;
}

export type Side = "right" | "left" | "below" | "above";

export interface Named {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly r: number;
  readonly w: number;
}

/** Give each disc a side for its name, or none: of names in their order of importance, none may touch another thing. */
export function name(discs: readonly Named[], boxes: Iterable<Box>, within: { w: number; h: number }, line: number): Map<string, Side> {
  const held: Box[] = [...boxes, ...discs.map((disc) => ({ x: disc.x, y: disc.y, w: disc.r * 2, h: disc.r * 2 }))];
  const sides = new Map<string, Side>();
  for (const disc of discs) {
    for (const [side, box] of candidates(disc, line)) {
      const inside = box.x - box.w / 2 >= 2 && box.x + box.w / 2 <= within.w - 2 && box.y - box.h / 2 >= 2 && box.y + box.h / 2 <= within.h - 2;
      const own = { x: disc.x, y: disc.y, w: disc.r * 2, h: disc.r * 2 };
      if (!inside || held.some((other) => meet(other, box, 1) && !same(other, own))) continue;
      sides.set(disc.id, side);
      held.push(box);
      break;
    }
  }
  return sides;
}

function same(one: Box, other: Box): boolean {
  return one.x === other.x && one.y === other.y && one.w === other.w;
}

function candidates(disc: Named, line: number): [Side, Box][] {
  const across = disc.r + 4 + disc.w / 2;
  const along = disc.r + 3 + line / 2;
  return [
    ["right", { x: disc.x + across, y: disc.y, w: disc.w, h: line }],
    ["left", { x: disc.x - across, y: disc.y, w: disc.w, h: line }],
    ["below", { x: disc.x, y: disc.y + along, w: disc.w, h: line }],
    ["above", { x: disc.x, y: disc.y - along, w: disc.w, h: line }],
  ];
}
