/**
 * Follows the journal: a stream that says where it stopped, and polling on the same cursor where the stream is silent.
 *
 * The stream is read with fetch rather than EventSource, because only then are the server's signs of life seen: a
 * proxy that buffers, or a line that died without a word, is noticed in twenty seconds.
 */

import { hear, timeOf } from "./clock.ts";
import { ask } from "./door.ts";
import type { Changes, Entry, Refusal } from "./protocol.ts";
import { EventReader, type StreamEvent } from "./sse.ts";
import { backoff, jittered, Pause } from "./waiting.ts";

export type LiveState = "connecting" | "live" | "polling" | "cut" | "refused";

export interface LiveOptions {
  /** The address of the doors, ending with a slash: "/api/v1/<slug>/". */
  readonly doors: string;
  /** Only this workshop's notes; absent for the whole gathering. */
  readonly workshop?: string;
  /** The position of the snapshot that is followed. */
  readonly after: number;
  /** What names the act at that position: so that a server that went back to an older copy is noticed. */
  readonly known?: string;
  /** The server did go back: take a fresh snapshot and say where it stands; null to try later. A reload, if absent. */
  readonly onRestored?: () => Promise<{ readonly position: number; readonly last?: string } | null>;
  readonly onEntry: (entry: Entry) => void;
  readonly onState?: (state: LiveState, refusal: Refusal | null) => void;
  readonly onPresence?: (here: number) => void;
}

/** What the server answers to a screen that saw acts which it does not have. */
const RESTORED = "journal.restored";
const SILENCE = 20_000;
const POLL_EVERY = 4_000;
/** How many polls before the stream is tried again. */
const POLLS = 12;

export class Live {
  #options: LiveOptions;
  #cursor: number;
  #known: string;
  #pause = new Pause();
  #control: AbortController | null = null;
  #stopped = false;
  #refusal: Refusal | null = null;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#cursor = options.after;
    this.#known = options.known ?? "";
  }

  get cursor(): number {
    return this.#cursor;
  }

  /** Follow until stopped. */
  async run(): Promise<void> {
    let failures = 0;
    while (!this.#stopped) {
      this.#tell(failures === 0 ? "connecting" : this.#refusal === null ? "cut" : "refused");
      const heard = await this.#stream();
      if (this.#stopped) return;
      if (heard) {
        failures = 0;
        await this.#pause.wait(jittered(1_000));
        continue;
      }
      failures = (await this.#poll()) ? 0 : failures + 1;
      if (failures > 0) await this.#pause.wait(jittered(backoff(failures)));
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#control?.abort();
    this.#pause.wake();
  }

  /** Look again now: the network is back, or the screen is lit after a sleep that the line may not have survived. */
  wake(): void {
    this.#control?.abort();
    this.#pause.wake();
  }

  #tell(state: LiveState): void {
    this.#options.onState?.(state, this.#refusal);
  }

  #address(door: string): string {
    const query = new URLSearchParams({ after: String(this.#cursor) });
    if (this.#known !== "") query.set("known", this.#known);
    if (this.#options.workshop !== undefined) query.set("workshop", this.#options.workshop);
    return `${this.#options.doors}${door}?${query.toString()}`;
  }

  /** Read one stream to its end; true if it said anything. */
  async #stream(): Promise<boolean> {
    const control = new AbortController();
    this.#control = control;
    let watch = setTimeout(() => control.abort(), SILENCE);
    let heard = false;
    try {
      const headers = { Accept: "text/event-stream", "Last-Event-ID": String(this.#cursor) };
      const asked = Date.now();
      const response = await fetch(this.#address("stream"), { headers, signal: control.signal, cache: "no-store" });
      if (!response.ok || response.body === null) return false;
      hear(timeOf(response), asked);
      this.#refusal = null;
      const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const events = new EventReader();
      for (;;) {
        const { done, value } = await pieces.read();
        if (done) return heard;
        clearTimeout(watch);
        watch = setTimeout(() => control.abort(), SILENCE);
        if (!heard) this.#tell("live");
        heard = true;
        for (const event of events.read(value)) this.#take(event);
      }
    } catch {
      return heard;
    } finally {
      clearTimeout(watch);
      this.#control = null;
    }
  }

  #take(event: StreamEvent): void {
    if (event.event === "operation") this.#deliver(JSON.parse(event.data) as Entry);
    else if (event.event === "presence") this.#options.onPresence?.((JSON.parse(event.data) as { here: number }).here);
  }

  /** An operation is delivered once, whichever way it came. */
  #deliver(entry: Entry): void {
    if (entry.position <= this.#cursor) return;
    this.#cursor = entry.position;
    this.#known = entry.id;
    this.#options.onEntry(entry);
  }

  /** Start again from what the server has now; false when it could not be asked. */
  async #startAgain(): Promise<boolean> {
    const { onRestored } = this.#options;
    if (onRestored === undefined) {
      location.reload();
      return false;
    }
    const fresh = await onRestored();
    if (fresh === null) return false;
    this.#cursor = fresh.position;
    this.#known = fresh.last ?? "";
    return true;
  }

  /** Ask for what came after, a few times; false as soon as nobody answers. */
  async #poll(): Promise<boolean> {
    for (let turn = 0; turn < POLLS && !this.#stopped; turn += 1) {
      const answer = await ask<Changes>(this.#address("changes"));
      if (!answer.ok) {
        const { failure } = answer;
        if (failure.code === RESTORED) return this.#startAgain();
        // A captive portal refuses too, but not in our name.
        const refused = failure.code !== "foreign" && [401, 403, 404].includes(failure.status);
        this.#refusal = refused ? failure : null;
        this.#tell(refused ? "refused" : "cut");
        return false;
      }
      this.#refusal = null;
      for (const entry of answer.value.operations) this.#deliver(entry);
      if (answer.value.head > this.#cursor) {
        this.#cursor = answer.value.head;
        this.#known = answer.value.last ?? "";
      }
      this.#tell("polling");
      await this.#pause.wait(jittered(POLL_EVERY));
    }
    return true;
  }
}
