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
}

export function keepStanding(name: string, standing: Standing): void {
  try {
    localStorage.setItem(`restitution:${name}`, JSON.stringify(standing));
  } catch {
    // It is only a convenience after a reload without a network.
  }
}

/** Return what was kept if it is newer than the page, which may itself have been kept for a while; null when not. */
export function standingSince(name: string, page: { readonly read_at: number; readonly prepared: number }): Standing | null {
  try {
    const kept = JSON.parse(localStorage.getItem(`restitution:${name}`) ?? "null") as Standing | null;
    return kept !== null && kept.prepared === page.prepared && kept.at > page.read_at ? kept : null;
  } catch {
    return null;
  }
}
