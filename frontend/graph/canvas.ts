/** Draws the graph with cytoscape: words keep their size whatever the zoom, and closer means more of them. */

import cytoscape from "cytoscape";
import { arrange, inLight, type PutActor, type PutTheme } from "./arrangement.ts";
import { type Line, Moving } from "./moving.ts";
import { type Paint, readPaint } from "./paint.ts";
import { choose, type Drawn, type Filter, type Picture } from "./picture.ts";
import { CROWD, faint, styles } from "./style.ts";

const CLOSEST = 6;

export interface CanvasOptions {
  readonly place: HTMLElement;
  readonly onLight: (lit: Lit) => void;
  readonly onUntold: (count: number) => void;
  /** What the pointer is over: an actor, a theme, or both for their link; nothing when it leaves. */
  readonly onHover: (ids: readonly string[]) => void;
}

export interface Lit {
  readonly id: string;
  readonly sort: "actor" | "theme" | "";
  /** Of an actor: the theme whose link was touched. */
  readonly theme?: string;
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
  /** True when the finger turned the page: its end is no tap. */
  #scrolled = false;
  #moving: Moving | null = null;
  /** True while a hand holds the picture: its links are then those of `#moving`. */
  #held = false;

  constructor(picture: Picture, options: CanvasOptions) {
    this.#options = options;
    this.#picture = picture;
    this.#paint = readPaint(options.place, picture.groups);
    forgo();
    this.#cy = cytoscape({
      container: options.place,
      minZoom: 1,
      maxZoom: CLOSEST,
      boxSelectionEnabled: false,
      autoungrabify: true,
      autounselectify: true,
      userPanningEnabled: false,
      hideEdgesOnViewport: picture.links.length > CROWD,
      style: styles(this.#paint, { zoom: 1, size: sizeOf(options.place), links: 0, pointed: false }),
    });
    this.#cy.on("tap", (event) => {
      if (this.#scrolled) return;
      const touched = event.target === this.#cy ? null : (event.target as cytoscape.SingularElementReturnValue);
      const [id = "", theme = ""] = touched?.id().split(" ") ?? [];
      options.onLight({ id, sort: id === "" ? "" : touched?.hasClass("theme") ? "theme" : "actor", theme });
    });
    this.#cy.on("mouseover", "node, edge", (event) => {
      options.place.classList.add("over");
      options.onHover((event.target as cytoscape.SingularElementReturnValue).id().split(" "));
    });
    this.#cy.on("mouseout", "node, edge", () => {
      options.place.classList.remove("over");
      options.onHover([]);
    });
    this.#cy.on("viewport", () => {
      this.#hold();
      if (this.#held) this.#moving?.follow(this.viewport, this.#size);
    });
    if (picture.links.length > CROWD) this.#carryLinks();
    // One finger turns the page while there is nothing to move the picture to; two bring it closer.
    options.place.parentElement?.addEventListener(
      "touchmove",
      (event) => {
        if (event.touches.length > 1 || this.#cy.zoom() > 1.001) return;
        event.stopPropagation();
        this.#scrolled = true;
      },
      { capture: true, passive: true },
    );
    options.place.addEventListener("touchstart", () => (this.#scrolled = false), { capture: true, passive: true });
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

  /** Where the reader has moved to, to go on from there in a newer page. */
  get viewport(): { zoom: number; pan: cytoscape.Position } {
    return { zoom: this.#cy.zoom(), pan: { ...this.#cy.pan() } };
  }

  goTo(viewport: { zoom: number; pan: cytoscape.Position }): void {
    this.#cy.viewport(viewport);
  }

  destroy(): void {
    this.#moving?.remove();
    removeEventListener("pointerup", this.#letGo);
    removeEventListener("pointercancel", this.#letGo);
    this.#cy.destroy();
  }

  /** Carry the links of a crowded picture along while a hand holds it. */
  #carryLinks(): void {
    this.#moving = new Moving(this.#options.place, () => this.#lines());
    this.#options.place.addEventListener("pointerdown", () => (this.#held = true), { capture: true, passive: true });
    addEventListener("pointerup", this.#letGo);
    addEventListener("pointercancel", this.#letGo);
  }

  /** The picture rests: its own links are drawn, and the image goes once they are there. */
  #letGo = (): void => {
    this.#held = false;
    if (!this.#moving?.shown) return;
    const rest = (): void => this.#moving?.rest();
    this.#cy.one("render", rest);
    setTimeout(rest, 400);
  };

  #lines(): Line[] {
    const faintness = faint(this.#drawn.links.length);
    return this.#cy.edges().map((edge): Line => {
      const { x: x1, y: y1 } = edge.source().position();
      const { x: x2, y: y2 } = edge.target().position();
      const [dim, lit, check] = [edge.hasClass("dim"), edge.hasClass("lit"), edge.hasClass("check")];
      const opacity = faintness[dim ? "dim" : lit ? "lit" : check ? "check" : "link"];
      const width = Math.round(2 * Number(edge.data("width"))) / 2;
      return { x1, y1, x2, y2, width, colour: lit ? this.#paint.accent : this.#paint.edge, opacity };
    });
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
    const near = inLight(this.#picture, this.#drawn, this.#lit.id);
    const put = arrange(this.#picture, this.#drawn, near, { ...this.#size, zoom, paint: this.#paint, size: sizeOf(this.#options.place) });
    this.#options.onUntold(this.#drawn.actors.length - put.actors.length);
    this.#cy.batch(() => {
      this.#populate(new Set(put.actors.map((actor) => actor.id)));
      for (const theme of put.themes) this.#putTheme(theme);
      for (const actor of put.actors) this.#putActor(actor);
      this.#dim(near);
    });
    const pointed = matchMedia("(hover: hover)").matches;
    this.#cy.style(styles(this.#paint, { zoom, size: sizeOf(this.#options.place), links: this.#drawn.links.length, pointed }));
    this.#moving?.prepare(this.viewport, this.#size);
  }

  /** Add what is new, take away what is gone, and leave the rest in its place. */
  #populate(seated: ReadonlySet<string>): void {
    const wanted = new Map<string, cytoscape.ElementDefinition>();
    for (const theme of this.#picture.themes) wanted.set(theme.id, { data: { id: theme.id }, classes: "theme" });
    for (const actor of this.#drawn.actors.filter((one) => seated.has(one.id))) {
      wanted.set(actor.id, {
        data: { id: actor.id, hue: this.#paint.group(actor.group), sign: this.#paint.sign(actor.group) },
        classes: "actor",
      });
    }
    for (const link of this.#drawn.links.filter((one) => seated.has(one.actor_id))) {
      const id = `${link.actor_id} ${link.theme_id}`;
      // What is still to be checked stays thin: the eye goes first to what is sure.
      const sure = link.strength !== "check";
      const width = 1 + (sure ? 1.6 : 0.7) * Math.sqrt(link.notes - 1);
      const classes = sure ? "link" : "link check";
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

  #putTheme(theme: PutTheme): void {
    const z = this.#zoom;
    const node = this.#cy.getElementById(theme.id);
    node.data({ label: theme.label, w: theme.box.w / z, h: theme.box.h / z });
    node.removeClass("right left below above").addClass(theme.side);
    node.position({ x: theme.box.x / z, y: theme.box.y / z });
  }

  #putActor(actor: PutActor): void {
    const z = this.#zoom;
    const node = this.#cy.getElementById(actor.id);
    node.data({ label: actor.label, w: (actor.r * 2) / z });
    node.removeClass("right left below above").addClass(actor.side);
    node.position({ x: actor.x / z, y: actor.y / z });
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

  /** The picture never leaves its frame. */
  #hold(): void {
    const zoom = this.#cy.zoom();
    const pan = this.#cy.pan();
    const x = Math.min(0, Math.max(this.#size.w * (1 - zoom), pan.x));
    const y = Math.min(0, Math.max(this.#size.h * (1 - zoom), pan.y));
    if (Math.abs(x - pan.x) > 0.5 || Math.abs(y - pan.y) > 0.5) this.#cy.pan({ x, y });
  }
}

/** The size of the words: larger where the picture is wide, as on a projector, and as the reader's own size is. */
function sizeOf(place: HTMLElement): number {
  const own = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
  return Math.round(Math.min(18, Math.max(14, place.clientWidth / 88)) * own);
}

/** cytoscape adds one rule to the page, which the page's policy refuses and our own style holds already; it does not
    where it finds its mark. */
function forgo(): void {
  const mark = "__________cytoscape_stylesheet";
  if (document.getElementById(mark) === null) document.head.append(Object.assign(document.createElement("template"), { id: mark }));
}
