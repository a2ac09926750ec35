/** How long a note stays on the wall, in milliseconds: a slow reader's time for its words, within bounds. */
export function staying(text: string): number {
  return Math.min(22_000, Math.max(9_000, 4_000 + text.length * 55));
}
