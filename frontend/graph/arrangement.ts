/** Arranges the graph on a screen of some size, at some zoom, in some light: what stands where, and which words show. */

import { type Box, type Disc, fitting, seat, type Seat, type Side, type Spot } from "./layout.ts";
import { clipped, lines, type Paint, wide } from "./paint.ts";
import type { Drawn, DrawnActor, Picture, ThemeNode } from "./picture.ts";

/** The width of a box that has no room for its words. */
const SMALL = 16;
const MARGIN = 14;
/** The edition leaves a margin around its themes; a screen has its own. */
const STRETCH = 1.16;
/** The longest name beside a disc, in sizes of its words. */
const LONG = 13.5;

export interface Room {
  readonly w: number;
  readonly h: number;
  readonly zoom: number;
  readonly paint: Paint;
  /** The size of the words, in pixels. */
  readonly size: number;
}

export interface PutTheme {
  readonly id: string;
  readonly box: Box;
  readonly label: string;
  /** Where the label stands when it is not in the box; "" when it is. */
  readonly side: Side | "";
}

export interface PutActor extends Spot {
  readonly id: string;
  readonly r: number;
  readonly label: string;
  readonly side: Side;
}

export interface Arrangement {
  readonly themes: readonly PutTheme[];
  /** The actors that found a seat. */
  readonly actors: readonly PutActor[];
}

/** What stands in the light with the chosen one; empty when nothing is chosen. */
export function inLight(picture: Picture, drawn: Drawn, id: string): Set<string> {
  const there = picture.themes.some((theme) => theme.id === id) || drawn.actors.some((actor) => actor.id === id);
  if (!there) return new Set();
  const near = new Set([id]);
  for (const link of drawn.links) {
    if (link.actor_id === id) near.add(link.theme_id);
    if (link.theme_id === id) near.add(link.actor_id);
  }
  return near;
}

/** Arrange everything. A light moves nobody: it only decides whose words come first. */
export function arrange(picture: Picture, drawn: Drawn, near: ReadonlySet<string>, room: Room): Arrangement {
  const rest = boxesOf(picture.themes, new Set(), room);
  const named = besideOf(picture.themes, rest, new Map(), new Set(rest.keys()), room);
  const boxes = near.size > 0 ? boxesOf(picture.themes, near, room) : rest;
  const seats = seatsOf(drawn, [...rest.values(), ...[...named.values()].map((one) => one.words)], boxes, near, room);
  const beside = near.size > 0 ? besideOf(picture.themes, boxes, seats, near, room) : named;
  const themes = picture.themes.map((theme): PutTheme => {
    const box = boxes.get(theme.id)!;
    const side = beside.get(theme.id)?.side ?? "";
    const label = box.w > SMALL ? face(theme, room).label : side === "" ? "" : aside(theme, room);
    return { id: theme.id, box, label, side };
  });
  const actors = drawn.actors.flatMap((actor) => {
    const found = seats.get(actor.id);
    if (!found) return [];
    const label = near.size === 0 || near.has(actor.id) ? word(actor, room) : "";
    return [{ id: actor.id, r: radius(actor, room), label, side: found.side, x: found.x, y: found.y }];
  });
  return { themes, actors };
}

/** The boxes of the themes: those in the light have their words first, then those with the most notes. */
function boxesOf(themes: readonly ThemeNode[], near: ReadonlySet<string>, room: Room): Map<string, Box> {
  const lit = (theme: ThemeNode): number => Number(near.has(theme.id));
  const ranked = [...themes].sort(
    (one, other) => lit(other) - lit(one) || other.notes - one.notes || (one.id < other.id ? -1 : 1),
  );
  const faces = ranked.map((theme) => {
    const { w, h } = face(theme, room);
    return { id: theme.id, w, h, ...inside(at(theme, room), { w, h }, room) };
  });
  return fitting(faces, SMALL);
}

/** The seats of the actors are those of the picture at rest; whoever is in the light and had none takes one over what
 * fades. */
function seatsOf(
  drawn: Drawn,
  rest: readonly Box[],
  boxes: ReadonlyMap<string, Box>,
  near: ReadonlySet<string>,
  room: Room,
): Map<string, Seat> {
  const discs = drawn.actors.map((actor): Disc => ({ id: actor.id, r: radius(actor, room), w: wide(word(actor, room), font(room)) + 6, ...at(actor, room) }));
  const seats = seat(discs, rest, whole(room), lineOf(room));
  const missing = discs.filter((disc) => near.has(disc.id) && !seats.has(disc.id));
  if (missing.length === 0) return seats;
  const held = [...boxes].filter(([id]) => near.has(id)).map(([, box]) => box);
  for (const [id, one] of seats) if (near.has(id)) held.push(one.round, one.words);
  for (const [id, found] of seat(missing, held, whole(room), lineOf(room))) seats.set(id, found);
  return seats;
}

/** Where a theme of `near` whose box had to stay small has its name: beside it, if that is free. */
function besideOf(
  themes: readonly ThemeNode[],
  boxes: ReadonlyMap<string, Box>,
  seats: ReadonlyMap<string, Seat>,
  near: ReadonlySet<string>,
  room: Room,
): Map<string, Seat> {
  const held = [...boxes].filter(([id]) => near.has(id));
  const words = [...seats].filter(([id]) => near.has(id)).flatMap(([, one]) => [one.round, one.words]);
  const found = new Map<string, Seat>();
  for (const theme of themes) {
    const box = boxes.get(theme.id);
    if (!box || !near.has(theme.id) || box.w > SMALL) continue;
    const others = held.filter(([id]) => id !== theme.id).map(([, other]) => other);
    const disc = { id: theme.id, r: SMALL / 2, w: wide(aside(theme, room), font(room)) + 6, x: box.x, y: box.y };
    const place = seat([disc], [...others, ...words], whole(room), lineOf(room), 1).get(theme.id);
    if (!place) continue;
    found.set(theme.id, place);
    words.push(place.words);
  }
  return found;
}

/** Where a place of the edition stands, in the pixels of this zoom. */
function at(node: Spot, room: Room): Spot {
  const along = (place: number, length: number): number => {
    const share = (Math.min(1, Math.max(-1, place * STRETCH)) + 1) / 2;
    return (share * (length - 2 * MARGIN) + MARGIN) * room.zoom;
  };
  return { x: along(node.x, room.w), y: along(node.y, room.h) };
}

function whole(room: Room): { w: number; h: number } {
  return { w: room.w * room.zoom, h: room.h * room.zoom };
}

function inside(spot: Spot, size: { w: number; h: number }, room: Room): Spot {
  const clamp = (value: number, half: number, length: number): number => Math.min(Math.max(value, half + 3), length - half - 3);
  const { w, h } = whole(room);
  return { x: clamp(spot.x, size.w / 2, w), y: clamp(spot.y, size.h / 2, h) };
}

/** A theme's words in their box. */
function face(theme: ThemeNode, room: Room): { w: number; h: number; label: string } {
  const bold = `600 ${room.size}px ${room.paint.font}`;
  const said = lines(theme.label, bold, (room.w < 700 ? 6.9 : 9.4) * room.size, 3);
  const w = Math.max(...said.map((line) => wide(line, bold))) + 18;
  return { w, h: said.length * lineOf(room) + 10, label: said.join("\n") };
}

function font(room: Room): string {
  return `500 ${room.size}px ${room.paint.font}`;
}

function lineOf(room: Room): number {
  return Math.round(room.size * 1.22);
}

function word(actor: DrawnActor, room: Room): string {
  return clipped(actor.acronym || actor.name, font(room), LONG * room.size);
}

function aside(theme: ThemeNode, room: Room): string {
  return clipped(theme.label, font(room), LONG * room.size);
}

function radius(actor: DrawnActor, room: Room): number {
  return Math.min(19, 7 + 2.1 * Math.sqrt(actor.shown - 1)) * (room.size / 14);
}
