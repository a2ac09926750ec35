import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

declare const FRONTEND: string;

type Colours = Map<string, string>;

function colours(file: string): Colours {
  const css = readFileSync(join(FRONTEND, "style", file), "utf8");
  return new Map([...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]));
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT: readonly (readonly [string, string])[] = [
  ...["ink", "ink-soft", "accent", "lever", "obstacle", "condition", "other"].map((ink) => [ink, "paper"] as const),
  ...["ink", "ink-soft", "accent"].map((ink) => [ink, "paper-sunk"] as const),
  ...["lever", "obstacle", "condition", "other"].map((kind) => [kind, `${kind}-tint`] as const),
  ["ink", "accent-tint"],
  ["on-accent", "accent"],
];

for (const file of ["tokens.css", "dark.css"]) {
  const found = colours(file);

  test(`every text of ${file} stands out at least 7 to 1`, () => {
    for (const [ink, ground] of TEXT) {
      const ratio = contrast(found.get(ink)!, found.get(ground)!);
      assert.ok(ratio >= 7, `--${ink} on --${ground} is ${ratio.toFixed(2)}`);
    }
  });

  test(`the edge of a field of ${file} can be seen`, () => {
    assert.ok(contrast(found.get("edge")!, found.get("paper")!) >= 3);
  });
}

test("the night has a colour for each of the day's", () => {
  assert.deepEqual([...colours("dark.css").keys()], [...colours("tokens.css").keys()]);
});
