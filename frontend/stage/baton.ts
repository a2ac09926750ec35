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
  #turn = 0;
  #unsent: Scene | null = null;

  constructor(doors: string, onState: (state: "sending" | "received" | "cut") => void) {
    this.#doors = doors;
    this.#onState = onState;
  }

  /** Whether the screen stayed behind: the last scene never left this device. */
  get behind(): boolean {
    return this.#unsent !== null;
  }

  /** Take up a scene that never left this device before the page was opened again. */
  hold(scene: Scene): void {
    this.#unsent = scene;
  }

  /** Somebody else shows something: what waited here is past. */
  yield(): void {
    this.#turn += 1;
    this.#unsent = null;
  }

  /** Show a scene: only the newest is worth sending. */
  async show(scene: Scene): Promise<void> {
    const turn = (this.#turn += 1);
    const operation = { id: uuid7(), name: "stage.shown", payload: { ...plain(scene) }, device_at: Date.now() };
    this.#unsent = scene;
    this.#onState("sending");
    while (turn === this.#turn) {
      const answer = await perform(this.#doors, [operation]);
      if (turn !== this.#turn) return;
      if (answer !== null) {
        this.#unsent = null;
        this.#onState("received");
        return;
      }
      this.#onState("cut");
      if (Date.now() - operation.device_at > STALE) return;
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  }
}
