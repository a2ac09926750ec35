/** The links of a crowded picture while it moves: drawn once with some margin, then carried along as one image. */

export interface Line {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** In pixels of the screen. */
  readonly width: number;
  readonly colour: string;
  readonly opacity: number;
}

export interface View {
  readonly zoom: number;
  readonly pan: { readonly x: number; readonly y: number };
}

interface Size {
  readonly w: number;
  readonly h: number;
}

/** How much more than the frame is drawn on each side, as a share of it. */
const MARGIN = 0.4;
/** Points drawn for each pixel: what moves is seen, not read, and a quarter of the points is drawn four times faster. */
const GRAIN = 0.5;

/** How an image drawn for one view stands in another: what to multiply it by, and where its corner goes. */
export function carried(drawn: View, now: View, margin: Size): { scale: number; x: number; y: number } {
  const scale = now.zoom / drawn.zoom;
  return {
    scale,
    x: margin.w + now.pan.x - scale * (margin.w + drawn.pan.x),
    y: margin.h + now.pan.y - scale * (margin.h + drawn.pan.y),
  };
}

/** Whether an image drawn for one view still covers the whole frame in another. */
export function covers(drawn: View, now: View, frame: Size, margin: Size): boolean {
  const { scale, x, y } = carried(drawn, now, margin);
  const from = (corner: number, side: number): boolean => corner - side <= 0.5;
  const to = (corner: number, side: number, length: number): boolean => corner - side + scale * (length + 2 * side) >= length - 0.5;
  return from(x, margin.w) && from(y, margin.h) && to(x, margin.w, frame.w) && to(y, margin.h, frame.h);
}

export class Moving {
  #canvas: HTMLCanvasElement;
  #lines: () => Line[];
  #drawn: View | null = null;
  #frame: Size = { w: 0, h: 0 };
  #margin: Size = { w: 0, h: 0 };
  #soon: ReturnType<typeof setTimeout> | undefined;

  /** `lines` gives the links in the picture's own lengths, whenever they have to be drawn again. */
  constructor(place: HTMLElement, lines: () => Line[]) {
    this.#lines = lines;
    this.#canvas = document.createElement("canvas");
    this.#canvas.className = "graph-moving";
    this.#canvas.hidden = true;
    place.before(this.#canvas);
  }

  get shown(): boolean {
    return !this.#canvas.hidden;
  }

  /** Show the links as they are in a view. */
  follow(view: View, frame: Size): void {
    if (this.#drawn === null || !covers(this.#drawn, view, this.#frame, this.#margin)) this.#draw(view, frame);
    const { scale, x, y } = carried(this.#drawn ?? view, view, this.#margin);
    this.#canvas.style.transform = `matrix(${scale}, 0, 0, ${scale}, ${x}, ${y})`;
    this.#canvas.hidden = false;
  }

  rest(): void {
    this.#canvas.hidden = true;
  }

  /** Draw the links before a hand comes, since they have changed: what is drawn under the hand holds it back. */
  prepare(view: View, frame: Size): void {
    this.#drawn = null;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => {
      if (this.shown) return;
      this.#draw(view, frame);
      // Asking for a point has them all drawn now, and not when the image is first shown.
      this.#canvas.getContext("2d")?.getImageData(0, 0, 1, 1);
    }, 250);
  }

  remove(): void {
    clearTimeout(this.#soon);
    this.#canvas.remove();
  }

  #draw(view: View, frame: Size): void {
    this.#frame = frame;
    this.#margin = { w: Math.round(frame.w * MARGIN), h: Math.round(frame.h * MARGIN) };
    const { w, h } = { w: frame.w + 2 * this.#margin.w, h: frame.h + 2 * this.#margin.h };
    const canvas = this.#canvas;
    canvas.width = w * GRAIN;
    canvas.height = h * GRAIN;
    for (const [name, value] of Object.entries({ width: w, height: h, left: -this.#margin.w, top: -this.#margin.h })) {
      canvas.style.setProperty(name, `${value}px`);
    }
    this.#drawn = { zoom: view.zoom, pan: { ...view.pan } };
    const pencil = canvas.getContext("2d", { willReadFrequently: true });
    if (pencil === null) return;
    pencil.scale(GRAIN, GRAIN);
    for (const group of alike(this.#lines())) this.#stroke(pencil, group, view, { w, h });
  }

  /** Draw all the links of one look at once, dashes left for the rest: thousands of strokes would hold the hand back. */
  #stroke(pencil: CanvasRenderingContext2D, group: readonly Line[], view: View, whole: Size): void {
    const first = group[0];
    if (first === undefined) return;
    const across = (x: number): number => x * view.zoom + view.pan.x + this.#margin.w;
    const along = (y: number): number => y * view.zoom + view.pan.y + this.#margin.h;
    pencil.strokeStyle = first.colour;
    pencil.globalAlpha = first.opacity;
    pencil.lineWidth = first.width;
    pencil.beginPath();
    for (const line of group) {
      const [x1, y1, x2, y2] = [across(line.x1), along(line.y1), across(line.x2), along(line.y2)];
      if (Math.max(x1, x2) < 0 || Math.min(x1, x2) > whole.w || Math.max(y1, y2) < 0 || Math.min(y1, y2) > whole.h) continue;
      pencil.moveTo(x1, y1);
      pencil.lineTo(x2, y2);
    }
    pencil.stroke();
  }
}

/** Gather the lines of one look. */
function alike(lines: readonly Line[]): Iterable<Line[]> {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const look = `${line.width} ${line.colour} ${line.opacity}`;
    const group = groups.get(look);
    if (group) group.push(line);
    else groups.set(look, [line]);
  }
  return groups.values();
}
