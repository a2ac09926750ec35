/** French typography for the words that the interface itself writes; a person's words are never touched. */

const NARROW = "\u202f";

/** Narrow no-break spaces before ; : ! ? and inside « », and real apostrophes. */
export function french(text: string): string {
  return text
    .replace(/'/g, "’")
    .replace(/« /g, `«${NARROW}`)
    .replace(/ ([;:!?»])/g, `${NARROW}$1`);
}
