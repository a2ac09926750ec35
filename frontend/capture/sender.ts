/**
 * Drains the outbox: in order, once, one tab at a time, and never lets go of a row without the server's receipt.
 *
 * A lost answer, an expired session or token, a server that is away: the same rows go again with the same ids, and
 * the server, which knows them, says « replayed ».
 */

import { ask, type Failure, PATIENCE } from "../shared/door.ts";
import type { Receipt, Receipts, Refusal, Seat } from "../shared/protocol.ts";
import { backoff, jittered, Pause } from "../shared/waiting.ts";
import type { Outbox } from "./outbox.ts";
import { nextBatch, type Row, type Verdict, waiting } from "./rows.ts";

export interface SendingState {
  readonly trouble: "none" | "network" | "server" | "slow" | "closed";
  /** What the server said, when it refuses this seat altogether. */
  readonly refusal: Refusal | null;
}

export interface SenderOptions {
  readonly doors: string;
  readonly outbox: Outbox;
  readonly csrf: string;
  /** The mark by which this device sits again where it sat, should its cookie be gone. */
  readonly again?: string;
  readonly workshop?: string;
  readonly onState?: (state: SendingState) => void;
  /** Milliseconds that another tab may hold its turn without sending anything. */
  readonly turn?: number;
  /** Milliseconds after which an answer that did not come was asked for too much at once. */
  readonly long?: number;
}

const MOST = 50;
/** With nothing to send there is nothing to do; rows of another tab or of a lost call are looked for now and then. */
const IDLE = 30_000;
const CLOSED = 30_000;
const LONGEST_WAIT = 60_000;
const LONG = 5_000;
/** Fewer rows than this are never what is too much. */
const FEW = 5;
/** Longer than one batch can take: a question, a renewal, and the question again, each with its patience. */
const TURN = 3 * PATIENCE + 5_000;

/** What the server says to a browser that shows no seat for this place. */
const UNSEATED = "seat.not_yours";

type Outcome = { readonly done: true } | { readonly done: false; readonly failure: Failure };

export class Sender {
  #options: SenderOptions;
  #csrf: string;
  #most = MOST;
  #failures = 0;
  #pause = new Pause();
  #stopped = false;
  #state: SendingState = { trouble: "none", refusal: null };

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#csrf = options.csrf;
  }

  /** Send until stopped; `wake` says that there is something new, or that the network may be back. */
  async run(): Promise<void> {
    while (!this.#stopped) {
      const delay = await this.#exclusively(() => this.#drain()).catch(() => this.#stumble());
      if (!this.#stopped) await this.#pause.wait(delay);
    }
  }

  /** The token that the last renewal gave. */
  get csrf(): string {
    return this.#csrf;
  }

  wake(): void {
    this.#pause.wake();
  }

  stop(): void {
    this.#stopped = true;
    this.#pause.wake();
  }

  /**
   * One tab sends at a time; where the browser has no locks, the ids alone keep a note from being doubled. So they do
   * where a tab sleeps with its turn, as phones let hidden pages do: what it holds for so long goes without it.
   */
  async #exclusively(work: () => Promise<number>): Promise<number> {
    const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
    if (locks === undefined) return work();
    const { doors, outbox, turn = TURN } = this.#options;
    const before = waiting(outbox.rows)[0]?.id;
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), turn);
    const begin = (): Promise<number> => {
      clearTimeout(timer);
      return work();
    };
    try {
      return await locks.request(`restitution:send:${doors}`, { signal: control.signal }, begin);
    } catch (error) {
      if (!control.signal.aborted) throw error;
    }
    await outbox.refresh();
    const now = waiting(outbox.rows)[0]?.id;
    return now !== undefined && now === before ? work() : 0;
  }

  /** The device itself failed (its disk, its locks): the rows are where they were; try again later. */
  #stumble(): number {
    this.#failures += 1;
    return jittered(backoff(this.#failures));
  }

  /** Send everything that waits; return how long to wait before looking again. */
  async #drain(): Promise<number> {
    await this.#options.outbox.refresh();
    for (;;) {
      const batch = nextBatch(this.#options.outbox.rows, this.#most);
      if (batch.length === 0 || this.#stopped) {
        this.#tell("none");
        return IDLE;
      }
      const asked = performance.now();
      const outcome = await this.#send(batch);
      if (!outcome.done) return this.#after(outcome.failure, batch, performance.now() - asked);
      this.#failures = 0;
      this.#most = Math.min(MOST, 2 * this.#most);
      this.#tell("none");
    }
  }

  async #send(batch: readonly Row[], renewed = false): Promise<Outcome> {
    const operations = batch.map(({ id, name, payload, device_at }) => ({ id, name, payload, device_at }));
    const answer = await ask<Receipts>(this.#address("operations"), {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.#csrf },
      body: JSON.stringify({ operations }),
    });
    if (answer.ok && Array.isArray(answer.value.receipts)) {
      const receipts = new Map(answer.value.receipts.map((receipt) => [receipt.id, receipt]));
      await this.#options.outbox.settle(batch.flatMap((row) => verdictOn(row, receipts.get(row.id))));
      return batch.some((row) => receipts.has(row.id)) ? { done: true } : { done: false, failure: foreign(502) };
    }
    const failure = answer.ok ? foreign(502) : answer.failure;
    if (!renewed && this.#mayBeStale(failure)) {
      const refused = await this.#renew();
      return refused === null ? this.#send(batch, true) : { done: false, failure: refused };
    }
    return { done: false, failure };
  }

  #mayBeStale({ status, code }: Failure): boolean {
    return status === 401 || status === 403 || (status === 400 && code === "csrf");
  }

  /** Look whether the seat can be taken again, when somebody else was told that this browser has none. */
  async renew(): Promise<void> {
    if ((await this.#renew()) === null) this.wake();
  }

  /** Take a fresh token for the seat, and the seat itself if this browser forgot it; null when it worked, else why not. */
  async #renew(): Promise<Failure | null> {
    let answer = await ask<Seat>(this.#address("seat"));
    const { again } = this.#options;
    if (!answer.ok && answer.failure.code === UNSEATED && again !== undefined) {
      const body = JSON.stringify({ again });
      answer = await ask<Seat>(this.#address("seat"), { method: "POST", headers: { "Content-Type": "application/json" }, body });
    }
    if (!answer.ok) return answer.failure;
    this.#csrf = answer.value.csrf;
    return null;
  }

  /** Decide what a failure of the whole request means, and how long to wait; the rows stay in any case. */
  async #after(failure: Failure, batch: readonly Row[], taken: number): Promise<number> {
    this.#failures += 1;
    const { status } = failure;
    // A hall that comes back at once, or a thin network: less at a time gets through, where the same again never would.
    if (taken > (this.#options.long ?? LONG) && batch.length > FEW) this.#most = Math.max(FEW, Math.ceil(batch.length / 2));
    // A page of a captive portal or of a proxy says nothing about our seat, whatever its status.
    const ours = failure.code !== "foreign";
    if (status === 429 || failure.retryAfter !== null) {
      this.#tell(status === 503 ? "server" : "slow");
      return Math.min(failure.retryAfter ?? 2_000, LONGEST_WAIT) + jittered(1_000);
    }
    if (ours && (status === 401 || status === 403 || status === 404)) {
      this.#tell("closed", failure);
      return jittered(CLOSED);
    }
    // A token that is stale again right after its renewal was another tab's doing: it says nothing about the rows.
    const unread = status === 413 || (ours && status === 400 && failure.code !== "csrf");
    if (unread) return this.#narrow(failure, batch);
    this.#tell(status === 0 ? "network" : "server");
    return jittered(backoff(this.#failures));
  }

  /** One row that the server cannot read must not hold the others back: send fewer, down to that one alone. */
  async #narrow(failure: Failure, batch: readonly Row[]): Promise<number> {
    const [row] = batch;
    if (batch.length > 1) this.#most = Math.ceil(batch.length / 2);
    else if (row !== undefined) await this.#options.outbox.refuse(row, failure);
    return jittered(200);
  }

  #address(door: string): string {
    const query = this.#options.workshop === undefined ? "" : `?workshop=${encodeURIComponent(this.#options.workshop)}`;
    return `${this.#options.doors}${door}${query}`;
  }

  #tell(trouble: SendingState["trouble"], refusal: Refusal | null = null): void {
    const changed = trouble !== this.#state.trouble || refusal?.code !== this.#state.refusal?.code;
    this.#state = { trouble, refusal };
    if (changed) this.#options.onState?.(this.#state);
  }
}

function verdictOn(row: Row, receipt: Receipt | undefined): Verdict[] {
  if (receipt?.position !== undefined) return [{ row, position: receipt.position }];
  return receipt?.refusal === undefined ? [] : [{ row, refusal: receipt.refusal }];
}

function foreign(status: number): Failure {
  return { code: "foreign", status, sentence: "", retryAfter: null };
}
