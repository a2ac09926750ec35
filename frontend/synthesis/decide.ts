/** Sends decisions of a person: each is done when the server gives its position, and only then. */

import { ask } from "../shared/door.ts";
import type { Payload, Receipts, Seat } from "../shared/protocol.ts";
import { uuid7 } from "../shared/uuid7.ts";
import { WORDS } from "./words.ts";

export interface Act {
  readonly name: string;
  readonly payload: Payload;
}

/** What somebody else decided about the same thing since this page was read. */
export interface Meanwhile {
  readonly position: number;
  readonly label: string;
  readonly by: string;
  readonly sentence: string;
}

export interface Refused {
  readonly sentence: string;
  readonly meanwhile?: Meanwhile;
}

export type Decided = { readonly position: number } | Refused;
export type AllDecided = { readonly positions: readonly number[] } | { readonly sentence: string } | { readonly meanwhile: Meanwhile };

const MEANWHILE = "theme.decided_meanwhile";

/** Perform one act. */
export async function decide(doors: string, name: string, payload: Payload): Promise<Decided> {
  const done = await decideAll(doors, [{ name, payload }]);
  if ("positions" in done) return { position: done.positions[0] ?? 0 };
  return "meanwhile" in done ? { sentence: done.meanwhile.sentence, meanwhile: done.meanwhile } : done;
}

/** Perform acts in their order. A token that has grown old is renewed once; the same ids are sent again, so each is done once. */
export async function decideAll(doors: string, acts: readonly Act[]): Promise<AllDecided> {
  const operations = acts.map((act) => ({ id: uuid7(), name: act.name, payload: act.payload, device_at: Date.now() }));
  let token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  for (let turn = 0; ; turn += 1) {
    const answer = await ask<Receipts>(`${doors}operations`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ operations }),
    });
    if (answer.ok) return read(answer.value);
    const { failure } = answer;
    if (failure.code === "csrf" && turn === 0) {
      const seat = await ask<Seat>(`${doors}seat`);
      if (seat.ok) {
        token = seat.value.csrf;
        continue;
      }
    }
    if (failure.status === 0) return { sentence: WORDS.noNetwork };
    return { sentence: failure.sentence || WORDS.notDone };
  }
}

function read(answer: Receipts): AllDecided {
  const refused = answer.receipts.find((receipt) => receipt.position === undefined);
  if (refused === undefined) return { positions: answer.receipts.map((receipt) => receipt.position ?? 0) };
  const sentence = refused.refusal?.sentence || WORDS.notDone;
  if (refused.refusal?.code !== MEANWHILE) return { sentence };
  const data = refused.refusal.data ?? {};
  return { meanwhile: { position: Number(data["position"]), label: String(data["label"] ?? ""), by: String(data["by"] ?? ""), sentence } };
}
