/** One way of asking the server: a value, or a refusal with its facts; a network that fails is a status of 0. */

import { hear, timeOf } from "./clock.ts";
import type { Refusal } from "./protocol.ts";

export interface Failure extends Refusal {
  /** Milliseconds to wait, when the server said so. */
  readonly retryAfter: number | null;
}

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure };

/** Longer than a slow round trip, shorter than a rapporteur's patience with a half-open connection. */
export const PATIENCE = 15_000;

export async function ask<Value>(address: string, options: RequestInit = {}, patience = PATIENCE): Promise<Answer<Value>> {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), patience);
  const asked = Date.now();
  try {
    const response = await fetch(address, {
      credentials: "same-origin",
      cache: "no-store",
      ...options,
      headers: { Accept: "application/json", ...options.headers },
      signal: control.signal,
    });
    const body: unknown = await response.json().catch(() => null);
    if (response.ok && body !== null) {
      hear(timeOf(response), asked);
      return { ok: true, value: body as Value };
    }
    return { ok: false, failure: { ...refusalOf(response.status, body), retryAfter: waitOf(response) } };
  } catch {
    return { ok: false, failure: { code: "network", status: 0, sentence: "", retryAfter: null } };
  } finally {
    clearTimeout(timer);
  }
}

/** A proxy or a captive portal answers with a page of its own: that is no answer of ours, whatever its status. */
function refusalOf(status: number, body: unknown): Refusal {
  const error = (body as { error?: Partial<Refusal> } | null)?.error;
  if (error && typeof error.code === "string") return { code: error.code, status, sentence: error.sentence ?? "" };
  return { code: "foreign", status: status < 400 ? 502 : status, sentence: "" };
}

function waitOf(response: Response): number | null {
  const given = response.headers.get("Retry-After");
  if (given === null) return null;
  const seconds = Number(given);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const moment = Date.parse(given);
  return Number.isNaN(moment) ? null : Math.max(0, moment - Date.now());
}
