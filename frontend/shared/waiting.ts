/** Waiting: a pause that can be cut short, and how long to wait before asking again. */

/** Half of the delay is chance: a hall of phones that lost the same network does not come back as one. */
export function jittered(delay: number): number {
  return delay / 2 + Math.random() * (delay / 2);
}

/** 0.5 s, 1 s, 2 s… to a ceiling, before chance. */
export function backoff(failures: number, ceiling = 15_000): number {
  return Math.min(ceiling, 500 * 2 ** Math.min(failures, 10));
}

/** A pause that anything may end: the network is back, the screen is lit, a note was written. */
export class Pause {
  #end: (() => void) | null = null;
  #called = false;

  /** End the pause under way; if there is none, the next one is skipped. */
  wake(): void {
    if (this.#end) this.#end();
    else this.#called = true;
  }

  async wait(delay: number): Promise<void> {
    if (this.#called) {
      this.#called = false;
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => this.#end?.(), delay);
      this.#end = () => {
        clearTimeout(timer);
        this.#end = null;
        resolve();
      };
    });
  }
}
