/** What is measured, each in its own way: from this device, through this network, against the real server. */

import { ask } from "../shared/door.ts";

export interface Latency {
  /** Milliseconds, the median of those that came back; null when none did. */
  readonly median: number | null;
  readonly lost: number;
  /** How far this device's clock is ahead of the server's, in milliseconds, by the fastest answer; null when unknown. */
  readonly ahead: number | null;
}

export type Streaming = "one by one" | "together" | "nothing";

export interface Storage {
  readonly keeps: boolean;
  readonly lasting: boolean;
  /** Megabytes, null when the browser does not say. */
  readonly room: number | null;
}

const REQUESTS = 10;
const PATIENCE = 10_000;
/** Events sent over two seconds that arrive within less than half of it were kept together on the way. */
const SPREAD = 0.5;

/** Ask for the server's hour ten times, one after the other. */
export async function latency(doors: string): Promise<Latency> {
  const found: { took: number; ahead: number }[] = [];
  for (let turn = 0; turn < REQUESTS; turn += 1) {
    const asked = Date.now();
    const begun = performance.now();
    const answer = await ask<{ now: number }>(`${doors}checkup`, {}, PATIENCE);
    const took = performance.now() - begun;
    // The server said its hour halfway, as far as anybody can tell.
    if (answer.ok) found.push({ took, ahead: asked + took / 2 - answer.value.now });
    else if (found.length === 0 && turn >= 2) break;
  }
  const sorted = found.sort((a, b) => a.took - b.took);
  return { median: median(sorted.map(({ took }) => took)), lost: REQUESTS - found.length, ahead: sorted[0]?.ahead ?? null };
}

/** Return the middle of sorted numbers, null when there is none. */
export function median(sorted: readonly number[]): number | null {
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Listen to a stream that beats regularly, and say how its beats arrive. */
export async function streaming(doors: string, lasting: number): Promise<Streaming> {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE + lasting);
  const arrivals: number[] = [];
  try {
    const response = await fetch(`${doors}checkup/stream`, { signal: control.signal, cache: "no-store" });
    if (!response.ok || response.body === null) return "nothing";
    const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await pieces.read();
      if (done) return howTheyCame(arrivals, lasting);
      for (const _ of value.matchAll(/^event: beat/gm)) arrivals.push(performance.now());
    }
  } catch {
    return "nothing";
  } finally {
    clearTimeout(timer);
  }
}

/** Say how beats sent over `lasting` milliseconds arrived. */
export function howTheyCame(arrivals: readonly number[], lasting: number): Streaming {
  const [first, last] = [arrivals[0], arrivals.at(-1)];
  if (first === undefined || last === undefined) return "nothing";
  return last - first >= lasting * SPREAD ? "one by one" : "together";
}

/** Write on this device's disk and read it back, then ask whether it means to keep. */
export async function storage(): Promise<Storage> {
  const { storage: disk } = navigator as Partial<Navigator>;
  const keeps = await writesAndReads();
  const lasting = keeps && disk?.persist !== undefined && ((await disk.persisted().catch(() => false)) || (await disk.persist().catch(() => false)));
  const { quota, usage } = (await disk?.estimate?.().catch(() => undefined)) ?? {};
  const room = quota === undefined || usage === undefined ? null : Math.floor((quota - usage) / 1_000_000);
  return { keeps, lasting, room };
}

function writesAndReads(): Promise<boolean> {
  const name = "restitution:checkup";
  return new Promise((resolve) => {
    try {
      const opening = indexedDB.open(name);
      opening.onupgradeneeded = () => opening.result.createObjectStore("trial");
      opening.onerror = () => resolve(false);
      opening.onsuccess = () => {
        const trial = opening.result.transaction("trial", "readwrite");
        const end = (kept: boolean): void => {
          opening.result.close();
          indexedDB.deleteDatabase(name);
          resolve(kept);
        };
        trial.objectStore("trial").put("x".repeat(10_000), "words");
        trial.oncomplete = () => end(true);
        trial.onabort = () => end(false);
      };
    } catch {
      resolve(false);
    }
  });
}

/** Whether a page closed by mistake opens again without a network: browsers only allow it over HTTPS. */
export function reopening(): "yes" | "insecure" | "no" {
  if (!window.isSecureContext) return "insecure";
  return "serviceWorker" in navigator ? "yes" : "no";
}
