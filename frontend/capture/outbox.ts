/**
 * The outbox: every act of this device is a row on its disk before the field clears, and waits there until a receipt.
 * A received row is remembered for a while: a server that went back to an older copy is given it again. The page owns
 * all this; no worker touches it.
 *
 * Where the browser keeps nothing (private browsing, a full disk), rows live in this page alone, and `kept` says so;
 * they go to the disk as soon as it takes them.
 */

import type { Refusal, Snapshot } from "../shared/protocol.ts";
import { commit, type Disk, isFull, type Kept, openDisk, type RowStore } from "./disk.ts";
import type { Board } from "./journal.ts";
import { afterVerdicts, again, forgettable, type NewRow, type Row, type Turn, type Verdict } from "./rows.ts";

/** Rows of this page alone are numbered from here, beyond any number that a disk gives. */
const IN_PAGE = Number.MAX_SAFE_INTEGER / 2;

export type Keeping = "disk" | "page";

export class Outbox {
  #name: string;
  #db: Disk | null;
  #rows: readonly Row[] = [];
  #nextInPage = IN_PAGE;
  /** What this page changed of the disk's rows since it lost it. */
  #touched = new Set<number>();
  /** Under way: the rows of this page are moving to the disk, and nothing else may change them. */
  #moving: Promise<void> | null = null;
  #channel: BroadcastChannel | null;
  #listeners: ((rows: readonly Row[]) => void)[] = [];

  private constructor(name: string, db: Disk | null, channel: BroadcastChannel | null) {
    this.#name = name;
    this.#db = db;
    this.#channel = channel;
    channel?.addEventListener("message", () => void this.refresh());
  }

  /** Open the outbox of a gathering, and try its disk before anything is at risk. */
  static async open(gathering: string): Promise<Outbox> {
    const name = `restitution:${gathering}`;
    const db = await openDisk(name);
    const channel = typeof indexedDB === "undefined" || typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name);
    const outbox = new Outbox(name, db, channel);
    if (db !== null) await outbox.refresh();
    return outbox;
  }

  get kept(): Keeping {
    return this.#db === null ? "page" : "disk";
  }

  /** Every row, in the order this device acted. */
  get rows(): readonly Row[] {
    return this.#rows;
  }

  /** Look at the disk again: another tab may have written or sent, and a disk that was away may be back. */
  async refresh(): Promise<void> {
    if (this.#db === null) return this.#moveToDisk();
    this.#set(await this.#db.getAll("rows").catch(() => this.#readAgain()));
  }

  onChange(listener: (rows: readonly Row[]) => void): void {
    this.#listeners.push(listener);
  }

  /** Keep rows, all or none; when this returns they are on the disk, or the page has said that it has none. */
  async add(rows: readonly NewRow[]): Promise<void> {
    for (;;) {
      await this.#moving;
      if (this.#db === null) break;
      try {
        return await this.#write(async (store) => {
          for (const row of rows) await store.add(row as Row);
        });
      } catch {
        this.#loseDisk();
      }
    }
    const numbered = rows.map((row) => ({ ...row, sequence: (this.#nextInPage += 1) }));
    this.#set([...this.#rows, ...numbered]);
  }

  /** The server answered: what it received, what it refused, all in one turn of the disk. */
  async settle(verdicts: readonly Verdict[]): Promise<void> {
    await this.#turn((rows) => afterVerdicts(rows, verdicts));
  }

  /** A receipt came back: the note is received. */
  async receive(row: Row, position: number): Promise<void> {
    await this.settle([{ row, position }]);
  }

  /** The server said no: the words stay here, with its sentence. */
  async refuse(row: Row, refusal: Refusal): Promise<void> {
    await this.settle([{ row, refusal }]);
  }

  /** Put another row in the place of this one, which keeps its turn; nothing, if another has taken it already. */
  async replace(row: Row, next: NewRow): Promise<void> {
    await this.#turn((rows) => ({ put: holds(rows, row) ? [{ ...next, sequence: row.sequence }] : [], drop: [] }));
  }

  async drop(row: Row): Promise<void> {
    await this.#turn((rows) => ({ put: [], drop: holds(rows, row) ? [row] : [] }));
  }

  /** Send again what this device did in a workshop, to a server that may have forgotten it. */
  async sendAgain(workshop: string): Promise<void> {
    await this.#moving;
    if (this.#db === null) return this.#turnInPage({ put: again(this.#rows, workshop), drop: [] });
    await this.#write(async (store) => {
      for (const row of again(await store.getAll(), workshop)) await store.put(row);
    });
  }

  /** Keep the journal as this device knows it, and let go of the rows that nobody will ask for again. */
  async keep(board: Board, snapshot: Omit<Snapshot, "notes">, seat = ""): Promise<void> {
    const forgotten = new Set(forgettable(this.#rows, board).map((row) => row.sequence));
    if (this.#db !== null) {
      const transaction = this.#db.transaction(["rows", "boards"], "readwrite");
      const known = { ...snapshot, position: board.position, last: board.last, workshop: { ...snapshot.workshop, open: board.open } };
      const kept = { workshop: board.workshop, seat, snapshot: known, notes: [...board.notes.values()] };
      await transaction.objectStore("boards").put(kept);
      for (const sequence of forgotten) await transaction.objectStore("rows").delete(sequence);
      await transaction.done;
    }
    if (forgotten.size > 0) this.#set(this.#rows.filter((row) => !forgotten.has(row.sequence)));
  }

  /** Return the journal of a workshop as this device last knew it. */
  async known(workshop: string): Promise<Kept | null> {
    return (await this.#db?.get("boards", workshop).catch(() => undefined)) ?? null;
  }

  async #turn(decide: (rows: readonly Row[]) => Turn): Promise<void> {
    await this.#moving;
    if (this.#db === null) return this.#turnInPage(decide(this.#rows));
    await this.#write(async (store) => {
      const { put, drop } = decide(await store.getAll());
      for (const other of drop) await store.delete(other.sequence);
      for (const other of put) await store.put(other);
    });
  }

  #turnInPage({ put, drop }: Turn): void {
    const gone = new Set([...put, ...drop].map((other) => other.sequence));
    for (const sequence of gone) this.#touched.add(sequence);
    this.#set([...this.#rows.filter((other) => !gone.has(other.sequence)), ...put].sort((a, b) => a.sequence - b.sequence));
  }

  async #write(change: (store: RowStore) => Promise<void>): Promise<void> {
    if (this.#db === null) return;
    try {
      await commit(this.#db, change);
    } catch (error) {
      if (isFull(error)) throw error;
      await commit(await this.#reopen(), change);
    }
    await this.refresh();
    this.#channel?.postMessage("changed");
  }

  /** A browser under pressure closes databases behind a page's back: open it again once before giving up. */
  async #reopen(): Promise<Disk> {
    this.#loseDisk();
    await this.#moveToDisk();
    if (this.#db === null) throw new Error("the disk of this device is closed to this page");
    return this.#db;
  }

  async #readAgain(): Promise<Row[]> {
    return this.#reopen().then((db) => db.getAll("rows")).catch(() => [...this.#rows]);
  }

  #loseDisk(): void {
    this.#db?.close();
    this.#db = null;
  }

  #moveToDisk(): Promise<void> {
    return (this.#moving ??= this.#move().finally(() => (this.#moving = null)));
  }

  /** What this page alone holds goes to the disk, if it is there again and takes all of it. */
  async #move(): Promise<void> {
    const db = await openDisk(this.#name);
    if (db === null) return;
    try {
      const held = new Map(this.#rows.map((row) => [row.sequence, row]));
      await commit(db, async (store) => {
        for (const sequence of this.#touched) {
          const row = held.get(sequence);
          if (sequence < IN_PAGE) await (row === undefined ? store.delete(sequence) : store.put(row));
        }
        for (const { sequence, ...row } of held.values()) if (sequence >= IN_PAGE) await store.add(row as Row);
      });
      this.#touched.clear();
      this.#set(await db.getAll("rows"));
      this.#db = db;
    } catch {
      db.close();
    }
  }

  #set(rows: readonly Row[]): void {
    this.#rows = rows;
    for (const listener of this.#listeners) listener(rows);
  }
}


/** Whether this act is still there: another may have taken its place. */
function holds(rows: readonly Row[], row: Row): boolean {
  return rows.some((other) => other.sequence === row.sequence && other.id === row.id);
}
