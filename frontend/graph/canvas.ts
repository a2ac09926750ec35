/** Draws the graph with cytoscape: words keep their size whatever the zoom, and closer means more of them. */

import cytoscape from "cytoscape";
import { beside, fitting, name, type Box, type Disc, type Spot } from "./layout.ts";
import { clipped, lines, type Paint, readPaint, wide } from "./paint.ts";
import { choose, type Drawn, type DrawnActor, type Filter, type Picture, type ThemeNode } from "./picture.ts";
import { styles } from "./style.ts";

const CLOSEST = 6;
const LINE = 17;
const SMALL = 16;
const MARGIN = 28;

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
  #filter: Omit<Filter, "room"> = { kinds: new Set(), groups: new Set(), lit: "" };
  #lit: Lit = { id: "", sort: "" };
  #drawn: Drawn = { actors: [], links: [], untold: 0 };
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

  filter(filter: Omit<Filter, "room" | "lit">): void {
    this.#filter = { ...this.#filter, ...filter };
    this.draw();
  }

  /** Put one actor or theme in the light; "" puts everything there again. */
  light(lit: Lit): void {
    this.#lit = lit;
    this.#filter = { ...this.#filter, lit: lit.sort === "actor" ? lit.id : "" };
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
    const room = Math.max(14, Math.round(((this.#size.w * this.#size.h) / 9_000) * zoom * zoom));
    this.#drawn = choose(this.#picture, { ...this.#filter, room });
    this.#options.onUntold(this.#drawn.untold);
    this.#cy.batch(() => {
      this.#populate();
      this.#settle();
      this.#dim();
    });
    this.#cy.style(styles(this.#paint, zoom));
  }

  /** Add what is new, take away what is gone, and leave the rest in its place. */
  #populate(): void {
    const wanted = new Map<string, cytoscape.ElementDefinition>();
    for (const theme of this.#picture.themes) wanted.set(theme.id, { data: { id: theme.id }, classes: "theme" });
    for (const actor of this.#drawn.actors) {
      wanted.set(actor.id, {
        data: { id: actor.id, hue: this.#paint.group(actor.group), sign: this.#paint.sign(actor.group) },
        classes: "actor",
      });
    }
    for (const link of this.#drawn.links) {
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
    return {
      x: ((node.x + 1) / 2) * (w - 2 * MARGIN) * this.#zoom + MARGIN * this.#zoom,
      y: ((node.y + 1) / 2) * (h - 2 * MARGIN) * this.#zoom + MARGIN * this.#zoom,
    };
  }

  #settle(): void {
    const faces = new Map(this.#picture.themes.map((theme) => [theme.id, this.#face(theme)]));
    const ranked = [...this.#picture.themes].sort((one, other) => other.notes - one.notes || (one.id < other.id ? -1 : 1));
    const box = (theme: ThemeNode): { id: string; x: number; y: number; w: number; h: number } => ({
      id: theme.id,
      ...this.#inside(this.#at(theme), faces.get(theme.id)!),
      ...faces.get(theme.id)!,
    });
    const rest = fitting(ranked.map(box), SMALL);
    const discs: Disc[] = this.#drawn.actors.map((actor) => ({ id: actor.id, r: radius(actor), ...this.#at(actor) }));
    const spots = beside(discs, rest.values());
    const near = this.#near();
    const first = [...ranked].sort((one, other) => Number(near.has(other.id)) - Number(near.has(one.id)));
    const boxes = near.size > 0 ? fitting(first.map(box), SMALL) : rest;
    for (const theme of this.#picture.themes) this.#putTheme(theme, boxes.get(theme.id)!, faces.get(theme.id)!.label);
    this.#putActors(spots, boxes, near);
  }

  #putTheme(theme: ThemeNode, box: Box, label: string): void {
    const z = this.#zoom;
    const node = this.#cy.getElementById(theme.id);
    node.data({ label: box.w > SMALL ? label : "", w: box.w / z, h: box.h / z });
    node.position({ x: box.x / z, y: box.y / z });
  }

  #putActors(spots: ReadonlyMap<string, Spot>, boxes: ReadonlyMap<string, Box>, near: ReadonlySet<string>): void {
    const z = this.#zoom;
    const font = `500 14px ${this.#paint.font}`;
    const ranked = [...this.#drawn.actors].sort((one, other) => Number(near.has(other.id)) - Number(near.has(one.id)));
    const discs = ranked.map((actor) => {
      const label = clipped(actor.acronym || actor.name, font, 190);
      return { id: actor.id, r: radius(actor), w: wide(label, font) + 4, label, ...spots.get(actor.id)! };
    });
    const span = { w: this.#size.w * z, h: this.#size.h * z };
    const sides = name(near.size > 0 ? discs.filter((disc) => near.has(disc.id)) : discs, boxes.values(), span, LINE);
    for (const disc of discs) {
      const node = this.#cy.getElementById(disc.id);
      const side = sides.get(disc.id);
      node.data({ label: side ? disc.label : "", w: (disc.r * 2) / z });
      node.removeClass("right left below above").addClass(side ?? "right");
      node.position({ x: disc.x / z, y: disc.y / z });
    }
  }

  /** What stands in the light with the chosen one; empty when nothing is chosen. */
  #near(): Set<string> {
    const { id } = this.#lit;
    if (id === "" || this.#cy.getElementById(id).empty()) return new Set();
    const near = new Set([id]);
    for (const link of this.#drawn.links) {
      if (link.actor_id === id) near.add(link.theme_id);
      if (link.theme_id === id) near.add(link.actor_id);
    }
    return near;
  }

  #dim(): void {
    const near = this.#near();
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
