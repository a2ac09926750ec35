/** Where a speech stands on this device, so that a page opened again without a network goes on from there. */

import type { Scene } from "./deck.ts";

export interface Standing {
  readonly scene: Scene;
  /** Which preparation it belongs to. */
  readonly prepared: number;
  /** Which landmark is spoken of; 0 on the projector. */
  readonly place: number;
  /** Whether the server received the scene, or it stands here alone. */
  readonly sent: boolean;
  /** When it was kept, by the server's clock. */
  readonly at: number;
  /** The position of the last act on the screen that this device knew of; absent on the projector. */
  readonly driven?: number;
  /** The preparation it belongs to, as long as the server has not received it; empty once it has. */
  readonly awaits?: string;
}

export function keepStanding(name: string, standing: Standing): void {
  try {
    localStorage.setItem(`restitution:${name}`, JSON.stringify(standing));
  } catch {
    // It is only a convenience after a reload without a network.
  }
}

/** A page of this device: when the server made it, and for which preparation. */
export interface Made {
  readonly read_at: number;
  readonly prepared: number;
  /** The position at which the screen was last driven; absent on the projector. */
  readonly driven?: number;
}

/**
 * Say whether what was kept is newer than the page. The page may be one that was kept before the last preparation, when
 * the network went before the new one was; a page of a later preparation begins another speech. A page that was made
 * since says nothing newer as long as nobody drove the screen: the act of before a reload may never have left.
 */
export function isNewer(kept: Standing, page: Made): boolean {
  const undriven = kept.driven !== undefined && page.driven !== undefined && page.driven <= kept.driven;
  return kept.prepared >= page.prepared && (undriven || kept.at > page.read_at);
}

/** Return what was kept last; null when nothing was. */
export function standing(name: string): Standing | null {
  try {
    return JSON.parse(localStorage.getItem(`restitution:${name}`) ?? "null") as Standing | null;
  } catch {
    return null;
  }
}

/**
 * Return what was kept if it is newer than the page; null when not. As long as a preparation waits on this device, only
 * what was kept since belongs to this speech: every page is older.
 */
export function standingSince(name: string, page: Made, awaited = ""): Standing | null {
  const kept = standing(name);
  return kept !== null && (awaited === "" ? isNewer(kept, page) : kept.awaits === awaited) ? kept : null;
}
