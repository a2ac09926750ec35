/** How the graph looks, in cytoscape's own style language; lengths are divided by the zoom, so that words keep theirs. */

import type cytoscape from "cytoscape";
import type { Paint } from "./paint.ts";

export function styles(paint: Paint, zoom: number): cytoscape.StylesheetJson {
  const px = (pixels: number): number => pixels / zoom;
  const words = {
    "font-family": paint.font,
    "font-size": px(14),
    color: paint.ink,
    "text-wrap": "wrap",
    "text-max-width": `${px(400)}px`,
    "line-height": 1.2,
  } as const;
  return [
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
        opacity: 0.42,
        "overlay-opacity": 0,
        events: "no",
        "z-index": 1,
      },
    },
    { selector: "edge.check", style: { "line-style": "dashed", opacity: 0.34 } },
    { selector: "node.dim", style: { opacity: 0.13, events: "yes" } },
    { selector: "edge.dim", style: { opacity: 0.04 } },
    { selector: "edge.lit", style: { "line-color": paint.accent, opacity: 0.85 } },
    { selector: "node.chosen", style: { "border-width": px(3), "border-color": paint.accent, "font-weight": 700 } },
  ] as cytoscape.StylesheetJson;
}
