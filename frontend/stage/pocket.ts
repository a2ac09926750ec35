/**
 * What a person did on this device and the server has not received: kept on the device, sent in order, once.
 *
 * Only a receipt takes an act out. A refusal takes it out too, and is said; a network that fails changes nothing.
 */

import { ask } from "../shared/door.ts";
import type { Operation, Payload, Receipt, Receipts, Seat } from "../shared/protocol.ts";
import { uuid7 } from "../shared/uuid7.ts";
import { jittered } from "../shared/waiting.ts";

const AGAIN = 4_000;
const BATCH = 50;

export interface PocketOptions {
  /** Names what is kept: one pocket per gathering and purpose. */
  readonly name: string;
  readonly doors: string;
  /** Called when what waits has changed, and with the sentence of a refusal. */
  readonly onChange?: (waiting: readonly Operation[], refusal: string) => void;
  /** Called with each act that was answered, its receipt, and the journal's head. */
  readonly onReceipt?: (operation: Operation, receipt: Receipt, head: number) => void;
}

let token = "";

export class Pocket {
  #options: PocketOptions;
  #memory: Operation[] = [];
  #sending: Promise<boolean> | null = null;

  constructor(options: PocketOptions) {
    this.#options = options;
    this.#memory = this.#read();
    addEventListener("online", () => void this.flush());
    setInterval(() => void this.flush(), jittered(AGAIN) + AGAIN);
    void this.flush();
  }

  get waiting(): readonly Operation[] {
    return this.#memory;
  }

  /** Keep an act, then send it. */
  put(name: string, payload: Payload): void {
    this.#memory = [...this.#read(), { id: uuid7(), name, payload, device_at: Date.now() }];
    this.#write("");
    void this.flush();
  }

  /** Keep an act in the place of those of its name that wait, then send it. */
  renew(name: string, payload: Payload): void {
    this.#memory = this.#read().filter((one) => one.name !== name);
    this.#write("");
    this.put(name, payload);
  }

  /** Send what waits; true when nothing waits any more. Asked for while it sends, it is the same sending. */
  flush(): Promise<boolean> {
    return (this.#sending ??= this.#send().finally(() => (this.#sending = null)));
  }

  async #send(): Promise<boolean> {
    while (this.#memory.length > 0) {
      const sent = this.#memory.slice(0, BATCH);
      const answer = await perform(this.#options.doors, sent);
      if (answer === null) return false;
      const refused = answer.receipts.find((one) => one.refusal !== undefined && one.refusal.status < 500);
      const done = new Map(answer.receipts.filter((one) => one.refusal === undefined || one.refusal.status < 500).map((one) => [one.id, one]));
      this.#memory = this.#read().filter((one) => !done.has(one.id));
      for (const one of sent) if (done.has(one.id)) this.#options.onReceipt?.(one, done.get(one.id)!, answer.head);
      this.#write(refused?.refusal?.sentence ?? "");
      if (done.size === 0) return false;
    }
    return true;
  }

  #key(): string {
    return `restitution:${this.#options.name}:${this.#options.doors}`;
  }

  #read(): Operation[] {
    try {
      return JSON.parse(localStorage.getItem(this.#key()) ?? "[]") as Operation[];
    } catch {
      return this.#memory;
    }
  }

  #write(refusal: string): void {
    try {
      localStorage.setItem(this.#key(), JSON.stringify(this.#memory));
    } catch {
      // The disk is full or closed: this page still holds them.
    }
    this.#options.onChange?.(this.#memory, refusal);
  }
}

/** Perform acts once; null when nobody of ours answered. A kept page's token is old: it is renewed, the ids stay. */
export async function perform(doors: string, operations: readonly Operation[]): Promise<Receipts | null> {
  token ||= document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  for (let turn = 0; turn < 2; turn += 1) {
    const answer = await ask<Receipts>(`${doors}operations`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ operations }),
    });
    if (answer.ok) return answer.value;
    if (answer.failure.code !== "csrf") return null;
    const seat = await ask<Seat>(`${doors}seat`);
    if (!seat.ok) return null;
    token = seat.value.csrf;
  }
  return null;
}
