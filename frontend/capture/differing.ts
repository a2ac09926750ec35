/**
 * Which words of a text are not in another: what one looks at to choose between the two.
 *
 * Pure. The words that both have in the same order (their longest common subsequence) are left plain; where most words
 * differ, nothing is set apart, for it would tell nothing.
 */

export interface Piece {
  readonly text: string;
  readonly differs: boolean;
}

/** Two texts of so many words each are compared; beyond, a page would be felt to stop. */
const MOST = 1_500;

export function differing(text: string, other: string): Piece[] {
  const [one, two] = [tokens(text), tokens(other)];
  const whole = [{ text, differs: false }];
  if (one.length > MOST || two.length > MOST) return whole;
  const kept = common(one, two);
  const words = one.filter((token) => token.trim() !== "");
  const same = one.filter((token, index) => kept.has(index) && token.trim() !== "");
  if (same.length === words.length || same.length * 2 < words.length) return whole;
  // A space belongs to the words on both its sides, or to none.
  const differs = (index: number): boolean => (one[index]!.trim() === "" ? apart(index - 1) && apart(index + 1) : apart(index));
  const apart = (index: number): boolean => index >= 0 && index < one.length && !kept.has(index);
  return joined(one.map((token, index) => ({ text: token, differs: differs(index) })));
}

function tokens(text: string): string[] {
  return text.match(/\s+|\S+/gu) ?? [];
}

/** Return the places, in the first list, of a longest common subsequence. */
function common(one: readonly string[], two: readonly string[]): Set<number> {
  const width = two.length + 1;
  const longest = new Uint16Array((one.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j]!;
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = two.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = one[i] === two[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const kept = new Set<number>();
  for (let i = 0, j = 0; i < one.length && j < two.length; ) {
    if (one[i] === two[j]) {
      kept.add(i);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return kept;
}

function joined(pieces: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  for (const piece of pieces) {
    const last = found.at(-1);
    if (last?.differs === piece.differs) found[found.length - 1] = { ...last, text: last.text + piece.text };
    else found.push(piece);
  }
  return found;
}
