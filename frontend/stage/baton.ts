/**
 * Shows scenes to the others. A scene that could not be sent is not sent late by itself: what a room reads never jumps
 * back, for somebody may have driven the screen by its keyboard meanwhile. The speaker sends it again by hand.
 */

import { type Scene, plain } from "./deck.ts";
import { perform } from "./pocket.ts";
import { uuid7 } from "../shared/uuid7.ts";

const RETRY = 1_500;
const STALE = 12_000;

export class Baton {
  #doors: string;
  #onState: (state: "sending" | "received" | "cut") => void;
  #onReceived: (position: number) => void;
  /** What leaves before any scene: a scene that came before its preparation would be that of another speech. */
  #first: () => Promise<unknown>;
  #turn = 0;
  #unsent: Scene | null = null;

  constructor(doors: string, onState: (state: "sending" | "received" | "cut") => void, more: { readonly onReceived?: (position: number) => void; readonly first?: () => Promise<unknown> } = {}) {
    this.#doors = doors;
    this.#onState = onState;
    this.#onReceived = more.onReceived ?? (() => undefined);
    this.#first = more.first ?? (() => Promise.resolve());
  }

  /** Whether the screen stayed behind: the last scene never left this device. */
  get behind(): boolean {
    return this.#unsent !== null;
  }

  /**
   * Take up a scene that never left this device before the page was opened again. A reload that cut its sending is no
   * reason to stop it: where the server just said that nobody drove the screen since, it is sent again at once.
   */
  hold(scene: Scene, since: number, undriven: boolean): void {
    if (undriven && Date.now() - since < STALE) void this.show(scene, since);
    else this.#unsent = scene;
  }

  /** Somebody else shows something: what waited here is past. */
  yield(): void {
    this.#turn += 1;
    this.#unsent = null;
  }

  /** Show a scene: only the newest is worth sending. `since` is when the speaker showed it. */
  async show(scene: Scene, since = Date.now()): Promise<void> {
    const turn = (this.#turn += 1);
    const operation = { id: uuid7(), name: "stage.shown", payload: { ...plain(scene) }, device_at: since };
    this.#unsent = scene;
    this.#onState("sending");
    while (turn === this.#turn) {
      await this.#first();
      if (turn !== this.#turn) return;
      const answer = await perform(this.#doors, [operation]);
      if (turn !== this.#turn) return;
      if (answer !== null) {
        this.#unsent = null;
        this.#onReceived(Math.max(0, ...answer.receipts.map((one) => one.position ?? 0)));
        this.#onState("received");
        return;
      }
      this.#onState("cut");
      if (Date.now() - operation.device_at > STALE) return;
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  }
}
