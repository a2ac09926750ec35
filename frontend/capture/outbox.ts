/**
 * The outbox: every act of this device is a row on its disk before the field clears, and waits there until a receipt.
 * A received row is remembered for a while: a server that went back to an older copy is given it again. The page owns
 * all this; no worker touches it.
 *
 * Where the browser keeps nothing (private browsing, a full disk), rows live in this page alone, and `kept` says so.
 */

import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from "idb";
import type { Note, Refusal, Snapshot } from "../shared/protocol.ts";
import type { Board } from "./journal.ts";
import { afterReceipt, afterRefusal, again, forgettable, type NewRow, type Row, type Turn } from "./rows.ts";

/** The journal of one workshop as this device last knew it: with the rows, everything the page needs offline. */
export interface Kept {
  readonly workshop: string;
  /** Whose copy this is: « mine » is said from a seat. */
  readonly seat: string;
  readonly snapshot: Omit<Snapshot, "notes">;
  readonly notes: readonly Note[];
}

interface Schema extends DBSchema {
  rows: { key: number; value: Row };
  boards: { key: string; value: Kept };
}

/** A late answer to an act that another took the place of says nothing about the one that is there now. */
const UNTOUCHED: Turn = { put: [], drop: [] };

type RowStore = IDBPObjectStore<Schema, ["rows"], "rows", "readwrite">;

export type Keeping = "disk" | "page";

export class Outbox {
  #name: string;
  #db: IDBPDatabase<Schema> | null;
  #rows: readonly Row[] = [];
  #nextInPage = Number.MAX_SAFE_INTEGER / 2;
  #channel: BroadcastChannel | null;
  #listeners: ((rows: readonly Row[]) => void)[] = [];

  private constructor(name: string, db: IDBPDatabase<Schema> | null, channel: BroadcastChannel | null) {
    this.#name = name;
    this.#db = db;
    this.#channel = channel;
    channel?.addEventListener("message", () => void this.refresh());
  }

  /** Open the outbox of a gathering, and try its disk before anything is at risk. */
  static async open(gathering: string): Promise<Outbox> {
    const name = `restitution:${gathering}`;
    const db = await openDisk(name);
    const channel = db === null || typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name);
    const outbox = new Outbox(name, db, channel);
    await outbox.refresh();
    return outbox;
  }

  get kept(): Keeping {
    return this.#db === null ? "page" : "disk";
  }

  /** Every row, in the order this device acted. */
  get rows(): readonly Row[] {
    return this.#rows;
  }

  /** Look at the disk again: another tab may have written or sent. */
  async refresh(): Promise<void> {
    if (this.#db !== null) this.#set(await this.#db.getAll("rows").catch(() => [...this.#rows]));
  }

  onChange(listener: (rows: readonly Row[]) => void): void {
    this.#listeners.push(listener);
  }

  /** Keep rows, all or none; when this returns they are on the disk, or the page has said that it has none. */
  async add(rows: readonly NewRow[]): Promise<void> {
    try {
      await this.#write(async (store) => {
        for (const row of rows) await store.add(row as Row);
      });
    } catch {
      this.#loseDisk();
    }
    if (this.#db === null) {
      const numbered = rows.map((row) => ({ ...row, sequence: (this.#nextInPage += 1) }));
      this.#set([...this.#rows, ...numbered]);
    }
  }

  /** A receipt came back: the note is received. */
  async receive(row: Row, position: number): Promise<void> {
    await this.#turn(row, (rows, current) => (current.id === row.id ? afterReceipt(rows, current, position, row) : UNTOUCHED));
  }

  /** The server said no: the words stay here, with its sentence. */
  async refuse(row: Row, refusal: Refusal): Promise<void> {
    const answers = (current: Row): boolean => current.id === row.id && current.state !== "received";
    await this.#turn(row, (rows, current) => (answers(current) ? afterRefusal(rows, current, refusal) : UNTOUCHED));
  }

  /** Put another row in the place of this one, which keeps its turn. */
  async replace(row: Row, next: NewRow): Promise<void> {
    await this.#turn(row, () => ({ put: [{ ...next, sequence: row.sequence }], drop: [] }));
  }

  async drop(row: Row): Promise<void> {
    await this.#turn(row, () => ({ put: [], drop: [row] }));
  }

  /** Send again what this device did in a workshop, to a server that may have forgotten it. */
  async sendAgain(workshop: string): Promise<void> {
    if (this.#db === null) {
      const sent = new Map(again(this.#rows, workshop).map((row) => [row.sequence, row]));
      this.#set(this.#rows.map((row) => sent.get(row.sequence) ?? row));
      return;
    }
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

  async #turn(row: Row, decide: (rows: readonly Row[], current: Row) => Turn): Promise<void> {
    const change = (rows: readonly Row[]): Turn => {
      const current = rows.find((other) => other.sequence === row.sequence);
      return current === undefined ? { put: [], drop: [] } : decide(rows, current);
    };
    if (this.#db === null) {
      const { put, drop } = change(this.#rows);
      const gone = new Set([...put, ...drop].map((other) => other.sequence));
      this.#set([...this.#rows.filter((other) => !gone.has(other.sequence)), ...put].sort((a, b) => a.sequence - b.sequence));
      return;
    }
    await this.#write(async (store) => {
      const { put, drop } = change(await store.getAll());
      for (const other of drop) await store.delete(other.sequence);
      for (const other of put) await store.put(other);
    });
  }

  async #write(change: (store: RowStore) => Promise<void>): Promise<void> {
    try {
      await this.#commit(change);
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== "InvalidStateError") throw error;
      await this.#reopen();
      await this.#commit(change);
    }
    await this.refresh();
    this.#channel?.postMessage("changed");
  }

  async #commit(change: (store: RowStore) => Promise<void>): Promise<void> {
    if (this.#db === null) return;
    // "strict": the browser answers once the operating system has the bytes, not once it means to hand them over.
    const transaction = this.#db.transaction("rows", "readwrite", { durability: "strict" });
    try {
      await change(transaction.store);
      await transaction.done;
    } catch (error) {
      await transaction.done.catch(() => undefined);
      throw error;
    }
  }

  /** A browser under pressure closes databases behind a page's back: open it again once before giving up. */
  async #reopen(): Promise<void> {
    this.#db?.close();
    this.#db = await openDisk(this.#name);
    if (this.#db === null) throw new Error("the disk of this device is closed to this page");
  }

  #loseDisk(): void {
    this.#db?.close();
    this.#db = null;
  }

  #set(rows: readonly Row[]): void {
    this.#rows = rows;
    for (const listener of this.#listeners) listener(rows);
  }
}


/** Open the database and write one row for nothing: some browsers open what they will refuse to fill. */
async function openDisk(name: string): Promise<IDBPDatabase<Schema> | null> {
  try {
    const db = await openDB<Schema>(name, 1, {
      upgrade(fresh) {
        fresh.createObjectStore("rows", { keyPath: "sequence", autoIncrement: true });
        fresh.createObjectStore("boards", { keyPath: "workshop" });
      },
    });
    const trial = db.transaction("boards", "readwrite");
    await trial.store.put({ workshop: "\u0000trial", seat: "", snapshot: {} as Kept["snapshot"], notes: [] });
    await trial.store.delete("\u0000trial");
    await trial.done;
    return db;
  } catch {
    return null;
  }
}
