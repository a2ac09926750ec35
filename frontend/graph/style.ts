/** How the graph looks, in cytoscape's own style language; lengths are divided by the zoom, so that words keep theirs. */

import type cytoscape from "cytoscape";
import type { Paint } from "./paint.ts";

/** Beyond this many links the picture is a crowd: none is found under the pointer, and they move as one image. */
export const CROWD = 1_000;

/** How faint each sort of link is; the more there are, the fainter, so that names are read over any crowd. */
export function faint(links: number): { link: number; check: number; dim: number; lit: number } {
  const share = Math.max(0.25, Math.min(1, Math.sqrt(250 / Math.max(links, 1))));
  return { link: 0.55 * share, check: 0.36 * share, dim: 0.05 * share, lit: 0.85 };
}

export interface Look {
  readonly zoom: number;
  /** Of the words, in pixels. */
  readonly size: number;
  /** How many links there are. */
  readonly links: number;
  /** Whether a pointer can hover, and not a finger only. */
  readonly pointed: boolean;
}

export function styles(paint: Paint, { zoom, size, links, pointed }: Look): cytoscape.StylesheetJson {
  const opacity = faint(links);
  const px = (pixels: number): number => pixels / zoom;
  const words = {
    "font-family": paint.font,
    "font-size": px(size),
    color: paint.ink,
    "text-wrap": "wrap",
    "text-max-width": `${px(400)}px`,
    "line-height": 1.2,
  } as const;
  return [
    { selector: "core", style: { "active-bg-opacity": 0 } },
    { selector: "node", style: { ...words, label: "data(label)", "overlay-opacity": 0, "z-index": 2 } },
    {
      selector: "node.theme",
      style: {
        shape: "round-rectangle",
        "corner-radius": `${px(7)}`,
        width: "data(w)",
        height: "data(h)",
        "background-color": paint.box,
        "border-width": px(1.25),
        "border-color": paint.edge,
        "font-weight": 600,
        "text-valign": "center",
        "text-halign": "center",
        "z-index": 3,
      },
    },
    {
      selector: "node.actor",
      style: {
        shape: "ellipse",
        width: "data(w)",
        height: "data(w)",
        "background-color": "data(hue)",
        "background-image": "data(sign)",
        "background-fit": "contain",
        "border-width": px(1.5),
        "border-color": paint.paper,
        "font-weight": 500,
        "text-outline-color": paint.paper,
        "text-outline-width": px(2.5),
        "text-outline-opacity": 0.9,
      },
    },
    { selector: "node.right", style: { "text-halign": "right", "text-valign": "center", "text-margin-x": px(4) } },
    { selector: "node.left", style: { "text-halign": "left", "text-valign": "center", "text-margin-x": px(-4) } },
    { selector: "node.below", style: { "text-halign": "center", "text-valign": "bottom", "text-margin-y": px(3) } },
    { selector: "node.above", style: { "text-halign": "center", "text-valign": "top", "text-margin-y": px(-3) } },
    {
      selector: "edge",
      style: {
        "curve-style": "haystack",
        "haystack-radius": 0,
        width: (edge: cytoscape.EdgeSingular) => px(Number(edge.data("width"))),
        "line-color": paint.edge,
        opacity: opacity.link,
        "overlay-opacity": 0,
        // A pointer finds any link; a finger, those in the light: under a finger there is always one.
        events: pointed && links <= CROWD ? "yes" : "no",
        "z-index": 1,
      },
    },
    { selector: "edge.check", style: { "line-style": "dashed", "line-dash-pattern": [px(4), px(4)], opacity: opacity.check } },
    { selector: "node.dim", style: { opacity: 0.13, events: "yes" } },
    { selector: "edge.dim", style: { opacity: opacity.dim, events: "no" } },
    { selector: "edge.lit", style: { "line-color": paint.accent, opacity: opacity.lit, events: "yes" } },
    { selector: "node.chosen", style: { "border-width": px(3), "border-color": paint.accent, "font-weight": 700 } },
  ] as cytoscape.StylesheetJson;
}
