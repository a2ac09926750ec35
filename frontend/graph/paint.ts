/** The colours and faces of the drawing, read from the page's own tokens, so that night and day are decided once. */

import type { Group } from "./picture.ts";

export interface Paint {
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly edge: string;
  readonly accent: string;
  readonly box: string;
  readonly font: string;
  readonly group: (key: string) => string;
  /** A disc's sign as an image, because a node has one label only, and that is its name. */
  readonly sign: (key: string) => string;
}

export function readPaint(place: Element, groups: readonly Group[]): Paint {
  const style = getComputedStyle(place);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  if (matchMedia("(forced-colors: active)").matches) return forced(style, groups);
  const colours = new Map(groups.map((group) => [group.key, token(`--group-${group.key || "other"}`) || token("--other")]));
  const group = (key: string): string => colours.get(key) ?? token("--other");
  const signs = new Map(groups.map((one) => [one.key, drawSign(one.sign, token("--paper"))]));
  return {
    paper: token("--paper"),
    ink: token("--ink"),
    soft: token("--ink-soft"),
    edge: token("--edge"),
    accent: token("--accent"),
    box: token("--paper-sunk"),
    font: style.fontFamily,
    group,
    sign: (key) => signs.get(key) ?? drawSign("·", token("--paper")),
  };
}

/** The reader's own few colours: the sign alone then tells families apart. */
function forced(style: CSSStyleDeclaration, groups: readonly Group[]): Paint {
  const paper = getComputedStyle(document.body).backgroundColor;
  const ink = style.color;
  const link = document.querySelector("a[href]");
  const signs = new Map(groups.map((one) => [one.key, drawSign(one.sign, paper)]));
  return {
    paper,
    ink,
    soft: ink,
    edge: ink,
    accent: link ? getComputedStyle(link).color : ink,
    box: paper,
    font: style.fontFamily,
    group: () => ink,
    sign: (key) => signs.get(key) ?? drawSign("·", paper),
  };
}

function drawSign(sign: string, colour: string): string {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64"><text x="32" y="44" text-anchor="middle" ` +
    `font-family="system-ui, sans-serif" font-weight="700" font-size="36" fill="${colour}">${sign}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

let pencil: CanvasRenderingContext2D | null = null;

/** How wide words are, in pixels. */
export function wide(text: string, font: string): number {
  pencil ??= document.createElement("canvas").getContext("2d");
  if (pencil === null) return text.length * 7;
  pencil.font = font;
  return pencil.measureText(text).width;
}

/** Break words into lines no wider than a measure; what is beyond the last line ends with an ellipsis. */
export function lines(text: string, font: string, measure: number, most: number): string[] {
  const found: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || wide(longer, font) <= measure) line = longer;
    else {
      found.push(line);
      line = word;
    }
  }
  found.push(line);
  if (found.length > most) found.splice(most - 1, found.length, `${found[most - 1] ?? ""} …`);
  return found.map((one) => clipped(one, font, measure));
}

/** Cut one line to a measure. */
export function clipped(text: string, font: string, measure: number): string {
  if (wide(text, font) <= measure) return text;
  let kept = text.replace(/ …$/, "");
  while (kept.length > 1 && wide(`${kept}…`, font) > measure) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}
