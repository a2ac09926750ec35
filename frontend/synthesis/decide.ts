/** Sends one decision of a person: it is done when the server gives its position, and only then. */

import { ask } from "../shared/door.ts";
import type { Payload, Receipts, Seat } from "../shared/protocol.ts";
import { uuid7 } from "../shared/uuid7.ts";
import { WORDS } from "./words.ts";

export type Decided = { readonly position: number } | { readonly sentence: string };

/** Perform one act. A token that has grown old is renewed once; the same id is sent again, so it is done once. */
export async function decide(doors: string, name: string, payload: Payload): Promise<Decided> {
  const operation = { id: uuid7(), name, payload, device_at: Date.now() };
  let token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  for (let turn = 0; ; turn += 1) {
    const answer = await ask<Receipts>(`${doors}operations`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ operations: [operation] }),
    });
    if (answer.ok) {
      const receipt = answer.value.receipts[0];
      if (receipt?.position !== undefined) return { position: receipt.position };
      return { sentence: receipt?.refusal?.sentence || WORDS.notDone };
    }
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
