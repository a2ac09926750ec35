/** Which language words are read aloud in: French, unless their letters are of another writing. As the server tells it. */

const WRITINGS: Readonly<Record<string, string>> = {
  ar: "Arabic",
  el: "Greek",
  he: "Hebrew",
  hi: "Devanagari",
  hy: "Armenian",
  ja: "Hiragana}\\p{sc=Katakana",
  ka: "Georgian",
  ko: "Hangul",
  ru: "Cyrillic",
  ta: "Tamil",
  th: "Thai",
  zh: "Han",
};
const EACH = Object.entries(WRITINGS).map(([tongue, script]) => [tongue, new RegExp(`[\\p{sc=${script}}]`, "gu")] as const);
/** Letters of the writings that French is written among: most words stop here. */
const FOREIGN = /[^\p{sc=Latin}\P{L}]/u;

export function tongueOf(text: string, written = "fr"): string {
  if (!FOREIGN.test(text)) return written;
  const counts = new Map(EACH.map(([tongue, each]) => [tongue, (text.match(each) ?? []).length]));
  // Japanese is written with Chinese characters too: its own letters decide.
  if ((counts.get("ja") ?? 0) > 0) {
    counts.set("ja", counts.get("ja")! + counts.get("zh")!);
    counts.set("zh", 0);
  }
  const [tongue, most] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best));
  return most > (text.match(/\p{L}/gu) ?? []).length / 2 ? tongue : written;
}
