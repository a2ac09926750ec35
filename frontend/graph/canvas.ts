/** Draws the graph with cytoscape: words keep their size whatever the zoom, and closer means more of them. */

import cytoscape from "cytoscape";
import { type Box, type Disc, fitting, seat, type Seat, type Spot } from "./layout.ts";
import { clipped, lines, type Paint, readPaint, wide } from "./paint.ts";
import { choose, type Drawn, type DrawnActor, type Filter, type Picture, type ThemeNode } from "./picture.ts";
import { styles } from "./style.ts";

const CLOSEST = 6;
const LINE = 17;
const SMALL = 16;
const MARGIN = 14;
/** The edition leaves a margin around its themes; a screen has its own. */
const STRETCH = 1.16;

export interface CanvasOptions {
  readonly place: HTMLElement;
  readonly onLight: (id: string, sort: "actor" | "theme" | "") => void;
  readonly onUntold: (count: number) => void;
}

export interface Lit {
  readonly id: string;
  readonly sort: "actor" | "theme" | "";
}

export class Canvas {
  #options: CanvasOptions;
  #cy: cytoscape.Core;
  #picture: Picture;
  #paint: Paint;
  #filter: Filter = { kinds: new Set(), groups: new Set() };
  #lit: Lit = { id: "", sort: "" };
  #drawn: Drawn = { actors: [], links: [] };
  #zoom = 1;
  #size = { w: 0, h: 0 };

  constructor(picture: Picture, options: CanvasOptions) {
    this.#options = options;
    this.#picture = picture;
    this.#paint = readPaint(options.place, picture.groups);
    this.#cy = cytoscape({
      container: options.place,
      minZoom: 1,
      maxZoom: CLOSEST,
      boxSelectionEnabled: false,
      autoungrabify: true,
      autounselectify: true,
      userPanningEnabled: false,
      style: styles(this.#paint, 1),
    });
    this.#cy.on("tap", (event) => {
      const node = event.target === this.#cy ? null : (event.target as cytoscape.NodeSingular);
      if (node === null) options.onLight("", "");
      else if (node.isNode()) options.onLight(node.id(), node.hasClass("theme") ? "theme" : "actor");
    });
    this.#cy.on("mouseover", "node", () => options.place.classList.add("over"));
    this.#cy.on("mouseout", "node", () => options.place.classList.remove("over"));
    this.#cy.on("viewport", () => this.#hold());
    let rest = 0;
    this.#cy.on("zoom", () => {
      clearTimeout(rest);
      rest = setTimeout(() => this.#arrange(), 120);
    });
  }

  /** Take a newer picture, or the colours of the night. */
  take(picture: Picture): void {
    this.#picture = picture;
    this.#paint = readPaint(this.#options.place, picture.groups);
    this.draw();
  }

  filter(filter: Filter): void {
    this.#filter = filter;
    this.draw();
  }

  /** Put one actor or theme in the light; "" puts everything there again. */
  light(lit: Lit): void {
    this.#lit = lit;
    this.draw();
  }

  zoomBy(factor: number): void {
    const level = Math.min(CLOSEST, Math.max(1, this.#cy.zoom() * factor));
    const centre = this.#lit.id === "" ? null : this.#cy.getElementById(this.#lit.id);
    const at = centre?.nonempty() ? centre.renderedPosition() : { x: this.#size.w / 2, y: this.#size.h / 2 };
    this.#cy.zoom({ level, renderedPosition: at });
  }

  whole(): void {
    this.#cy.viewport({ zoom: 1, pan: { x: 0, y: 0 } });
  }

  /** Draw what the filter lets through, as the size of the place allows. */
  draw(): void {
    this.#cy.resize();
    this.#size = { w: this.#cy.width(), h: this.#cy.height() };
    if (this.#size.w === 0) return;
    this.#arrange();
    this.#hold();
  }

  #arrange(): void {
    const zoom = this.#cy.zoom();
    this.#zoom = zoom;
    this.#cy.userPanningEnabled(zoom > 1.001);
    this.#drawn = choose(this.#picture, this.#filter);
    const near = this.#near();
    const boxes = this.#boxes(near);
    const seats = this.#seats(boxes, near);
    this.#options.onUntold(this.#drawn.actors.length - seats.size);
    this.#cy.batch(() => {
      this.#populate(seats);
      for (const theme of this.#picture.themes) this.#putTheme(theme, boxes.get(theme.id)!);
      for (const actor of this.#drawn.actors) this.#putActor(actor, seats.get(actor.id), near);
      this.#dim(near);
    });
    this.#cy.style(styles(this.#paint, zoom));
  }

  /** Add what is new, take away what is gone, and leave the rest in its place. */
  #populate(seats: ReadonlyMap<string, Seat>): void {
    const wanted = new Map<string, cytoscape.ElementDefinition>();
    for (const theme of this.#picture.themes) wanted.set(theme.id, { data: { id: theme.id }, classes: "theme" });
    for (const actor of this.#drawn.actors.filter((one) => seats.has(one.id))) {
      wanted.set(actor.id, {
        data: { id: actor.id, hue: this.#paint.group(actor.group), sign: this.#paint.sign(actor.group) },
        classes: "actor",
      });
    }
    for (const link of this.#drawn.links.filter((one) => seats.has(one.actor_id))) {
      const id = `${link.actor_id} ${link.theme_id}`;
      const width = 1 + 1.6 * Math.sqrt(link.notes - 1);
      const classes = link.strength === "check" ? "link check" : "link";
      wanted.set(id, { data: { id, source: link.actor_id, target: link.theme_id, width }, classes });
    }
    this.#cy.elements().forEach((element) => {
      if (!wanted.has(element.id())) element.remove();
    });
    for (const [id, element] of wanted) {
      const there = this.#cy.getElementById(id);
      if (there.empty()) this.#cy.add({ group: element.data["source"] ? "edges" : "nodes", ...element });
      else there.data(element.data);
    }
  }

  /** Where a place of the edition stands, in the pixels of this zoom. */
  #at(node: { x: number; y: number }): Spot {
    const { w, h } = this.#size;
    const along = (at: number, whole: number): number => {
      const share = (Math.min(1, Math.max(-1, at * STRETCH)) + 1) / 2;
      return (share * (whole - 2 * MARGIN) + MARGIN) * this.#zoom;
    };
    return { x: along(node.x, w), y: along(node.y, h) };
  }

  /** The boxes of the themes: those in the light have their words first. */
  #boxes(near: ReadonlySet<string>): Map<string, Box> {
    const ranked = [...this.#picture.themes].sort(
      (one, other) => Number(near.has(other.id)) - Number(near.has(one.id)) || other.notes - one.notes || (one.id < other.id ? -1 : 1),
    );
    const faces = ranked.map((theme) => {
      const { w, h } = this.#face(theme);
      return { id: theme.id, w, h, ...this.#inside(this.#at(theme), { w, h }) };
    });
    return fitting(faces, SMALL);
  }

  /** The seats of the actors. They are those of the picture at rest, so that a light moves nobody; whoever is in the
      light and had no seat takes one over what fades. */
  #seats(boxes: ReadonlyMap<string, Box>, near: ReadonlySet<string>): Map<string, Seat> {
    const within = { w: this.#size.w * this.#zoom, h: this.#size.h * this.#zoom };
    const discs = this.#drawn.actors.map((actor) => this.#disc(actor));
    const seats = seat(discs, this.#boxes(new Set()).values(), within, LINE);
    const missing = discs.filter((disc) => near.has(disc.id) && !seats.has(disc.id));
    if (missing.length === 0) return seats;
    const lit = discs.filter((disc) => near.has(disc.id) && seats.has(disc.id));
    const held = [...boxes].filter(([id]) => near.has(id)).map(([, box]) => box);
    for (const disc of lit) held.push({ ...seats.get(disc.id)!, w: disc.r * 2, h: disc.r * 2 });
    for (const [id, found] of seat(missing, held, within, LINE)) seats.set(id, found);
    return seats;
  }

  #disc(actor: DrawnActor): Disc {
    return { id: actor.id, r: radius(actor), w: wide(this.#word(actor), this.#font()) + 6, ...this.#at(actor) };
  }

  #font(): string {
    return `500 14px ${this.#paint.font}`;
  }

  #word(actor: DrawnActor): string {
    return clipped(actor.acronym || actor.name, this.#font(), 190);
  }

  #putTheme(theme: ThemeNode, box: Box): void {
    const z = this.#zoom;
    const node = this.#cy.getElementById(theme.id);
    node.data({ label: box.w > SMALL ? this.#face(theme).label : "", w: box.w / z, h: box.h / z });
    node.position({ x: box.x / z, y: box.y / z });
  }

  #putActor(actor: DrawnActor, found: Seat | undefined, near: ReadonlySet<string>): void {
    if (!found) return;
    const z = this.#zoom;
    const node = this.#cy.getElementById(actor.id);
    const named = near.size === 0 || near.has(actor.id);
    node.data({ label: named ? this.#word(actor) : "", w: (radius(actor) * 2) / z });
    node.removeClass("right left below above").addClass(found.side);
    node.position({ x: found.x / z, y: found.y / z });
  }

  /** What stands in the light with the chosen one; empty when nothing is chosen. */
  #near(): Set<string> {
    const { id } = this.#lit;
    const there = this.#picture.themes.some((theme) => theme.id === id) || this.#drawn.actors.some((actor) => actor.id === id);
    if (!there) return new Set();
    const near = new Set([id]);
    for (const link of this.#drawn.links) {
      if (link.actor_id === id) near.add(link.theme_id);
      if (link.theme_id === id) near.add(link.actor_id);
    }
    return near;
  }

  #dim(near: ReadonlySet<string>): void {
    this.#cy.elements().removeClass("dim lit chosen");
    if (near.size === 0) return;
    this.#cy.nodes().forEach((node) => void node.addClass(near.has(node.id()) ? "lit" : "dim"));
    this.#cy.getElementById(this.#lit.id).addClass("chosen");
    this.#cy.edges().forEach((edge) => {
      const own = edge.source().id() === this.#lit.id || edge.target().id() === this.#lit.id;
      edge.addClass(own ? "lit" : "dim");
    });
  }

  /** A theme's words in their box. */
  #face(theme: ThemeNode): { w: number; h: number; label: string } {
    const font = `600 14px ${this.#paint.font}`;
    const measure = this.#size.w < 700 ? 96 : 132;
    const said = lines(theme.label, font, measure, 3);
    const w = Math.max(...said.map((line) => wide(line, font))) + 18;
    return { w, h: said.length * LINE + 10, label: said.join("\n") };
  }

  #inside(at: Spot, face: { w: number; h: number }): Spot {
    const z = this.#zoom;
    const clamp = (value: number, half: number, whole: number): number => Math.min(Math.max(value, half + 3), whole - half - 3);
    return { x: clamp(at.x, face.w / 2, this.#size.w * z), y: clamp(at.y, face.h / 2, this.#size.h * z) };
  }

  /** The picture never leaves its frame. */
  #hold(): void {
    const zoom = this.#cy.zoom();
    const pan = this.#cy.pan();
    const x = Math.min(0, Math.max(this.#size.w * (1 - zoom), pan.x));
    const y = Math.min(0, Math.max(this.#size.h * (1 - zoom), pan.y));
    if (Math.abs(x - pan.x) > 0.5 || Math.abs(y - pan.y) > 0.5) this.#cy.pan({ x, y });
  }
}

function radius(actor: DrawnActor): number {
  return Math.min(19, 7 + 2.1 * Math.sqrt(actor.shown - 1));
}
