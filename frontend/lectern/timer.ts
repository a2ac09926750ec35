/** The speaker's own time: of the whole speech and of the present landmark. Kept on the phone, seen by nobody else. */

interface Kept {
  /** Seconds counted before the last start. */
  readonly whole: number;
  readonly point: number;
  /** When it was started last, in milliseconds; 0 while it stands still. */
  readonly since: number;
}

const NOTHING: Kept = { whole: 0, point: 0, since: 0 };

export class Timer {
  #key: string;
  #kept: Kept;

  constructor(name: string) {
    this.#key = `restitution:timer:${name}`;
    this.#kept = this.#load();
  }

  read(now = Date.now()): { readonly whole: number; readonly point: number; readonly running: boolean } {
    const gone = this.#kept.since === 0 ? 0 : (now - this.#kept.since) / 1000;
    return { whole: this.#kept.whole + gone, point: this.#kept.point + gone, running: this.#kept.since !== 0 };
  }

  toggle(now = Date.now()): void {
    const { whole, point, running } = this.read(now);
    this.#keep({ whole, point, since: running ? 0 : now });
  }

  /** Another landmark begins. */
  point(now = Date.now()): void {
    const { whole, running } = this.read(now);
    this.#keep({ whole, point: 0, since: running ? now : 0 });
  }

  /** Another speech begins. */
  reset(): void {
    this.#keep(NOTHING);
  }

  #keep(kept: Kept): void {
    this.#kept = kept;
    try {
      localStorage.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // The page holds it as long as it is open.
    }
  }

  #load(): Kept {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key) ?? "null") as Kept | null;
      // A speech of this morning is not this one.
      return kept !== null && (kept.since === 0 || Date.now() - kept.since < 4 * 3_600_000) ? kept : NOTHING;
    } catch {
      return NOTHING;
    }
  }
}
