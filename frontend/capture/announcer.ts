/** Tells the server how many notes this device still holds, whenever it can: the organiser then knows what is missing. */

import { ask } from "../shared/door.ts";

/** A device that was not heard for longer than two of these is told to be off line. */
const EVERY = 30_000;
const SOON = 1_500;

export interface AnnouncerOptions {
  readonly doors: string;
  readonly workshop: string;
  readonly csrf: () => string;
  /** How many rows of the outbox the server has not received, or has refused. */
  readonly held: () => number;
}

export class Announcer {
  #options: AnnouncerOptions;
  #told = -1;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
    setInterval(() => void this.#tell(), EVERY);
    addEventListener("pagehide", () => void this.#tell(true));
    addEventListener("pageshow", () => this.#told >= 0 && void this.#tell());
  }

  /** Tell soon, if the number changed: a note that leaves at once is not worth two requests. */
  changed(): void {
    if (this.#options.held() === this.#told || this.#soon !== undefined) return;
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      if (this.#options.held() !== this.#told) void this.#tell();
    }, SOON);
  }

  async #tell(leaving = false): Promise<void> {
    const { doors, workshop, csrf, held } = this.#options;
    const count = held();
    const answer = await ask<unknown>(`${doors}presence?workshop=${encodeURIComponent(workshop)}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() },
      body: JSON.stringify({ held: count, leaving }),
      keepalive: leaving,
    });
    if (answer.ok) this.#told = count;
  }
}
