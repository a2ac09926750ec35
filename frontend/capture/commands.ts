/**
 * What a rapporteur may type besides words: a prefix that sets the kind, and `s/ancien/nouveau/`.
 *
 * Pure. Anything that is not clearly a command is left exactly as typed.
 */

import type { Kind } from "../shared/protocol.ts";

export interface Prefixed {
  /** The kind that the prefix names, or null when there is none. */
  readonly kind: string | null;
  /** The text without its prefix; the very text given when there is none. */
  readonly text: string;
}

/** Keyboards that correct as one types turn a hyphen into a dash; it is the same key under the finger. */
const DASHES = /^[-–—−]/u;

/** Read the prefix at the start of a text: `+ `, `-`, `!`, `l:`, `F :`… A sign before a digit is a number, not a prefix. */
export function prefixed(typed: string, kinds: readonly Kind[]): Prefixed {
  const text = typed.trimStart();
  for (const kind of kinds) {
    for (const sign of kind.typed) {
      const rest = afterSign(text, sign);
      if (rest !== null) return { kind: kind.key, text: rest.trimStart() };
    }
  }
  return { kind: null, text: typed };
}

function afterSign(text: string, sign: string): string | null {
  if (sign.endsWith(":")) {
    const letter = sign.slice(0, -1);
    const match = /^(\p{L}+)[\s\u00a0\u202f]?:(?!\/\/)/u.exec(text);
    return match?.[1]?.toLowerCase() === letter.toLowerCase() ? text.slice(match[0].length) : null;
  }
  const found = sign === "-" ? DASHES.exec(text)?.[0] : text.startsWith(sign) ? sign : undefined;
  if (found === undefined) return null;
  const rest = text.slice(found.length);
  // « -5 % de crédits », « + 20 % d'élus » : a quantity, whose sign belongs to the sentence.
  return /^\s*\d/u.test(rest) && sign !== "!" ? null : rest;
}

export interface Substitution {
  readonly from: string;
  readonly to: string;
  readonly everywhere: boolean;
}

/** Read `s/ancien/nouveau/`, its last slash and a final `g` being optional; `\/` is a slash. */
export function substitution(typed: string): Substitution | null {
  const match = /^s\/((?:\\\/|[^/\n])+)\/((?:\\\/|[^/\n])*)(?:\/(g?))?$/u.exec(typed.trim());
  if (match === null) return null;
  const plain = (part: string): string => part.replaceAll("\\/", "/");
  return { from: plain(match[1] ?? ""), to: plain(match[2] ?? ""), everywhere: match[3] === "g" };
}

/** Return the text with the substitution made, or null when what it looks for is not there. */
export function substituted(text: string, { from, to, everywhere }: Substitution): string | null {
  if (!text.includes(from)) return null;
  return everywhere ? text.split(from).join(to) : text.replace(from, () => to);
}

/** Return the lines of a text that say something, each without its bullet's spaces. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r\n|[\r\n\u2028\u2029]/u)
    .map((line) => line.trim())
    .filter((line) => visible(line));
}

/**
 * Return the lines of a list made elsewhere, each without its bullet; null when they do not all begin with the same
 * one. A dash before each of them is that list's own sign, not a kind: who writes kinds by hand mixes them.
 */
export function unbulleted(lines: readonly string[]): string[] | null {
  const bullet = /^([-–—−•*·◦▪])[\s\u00a0]+/u;
  const sign = bullet.exec(lines[0] ?? "")?.[1];
  const same = sign !== undefined && lines.length > 1 && lines.every((line) => bullet.exec(line)?.[1] === sign);
  return same ? lines.map((line) => line.replace(bullet, "")) : null;
}

/** Whether a reader would see anything at all: spaces, controls and invisible marks are not words. */
export function visible(text: string): boolean {
  return /[^\p{Cc}\p{Cf}\p{Z}\p{Cn}]/u.test(text);
}

/** Characters as the server counts them: one per code point, whatever its width in memory. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
