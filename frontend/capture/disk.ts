/**
 * The device's disk, as the outbox uses it: opened and tried before anything is at risk, written durably.
 *
 * A disk that does not answer is no disk: some browsers leave the question open for ever, and the page must open.
 */

import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from "idb";
import type { Note, Snapshot } from "../shared/protocol.ts";
import type { Row } from "./rows.ts";

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

export type Disk = IDBPDatabase<Schema>;
export type RowStore = IDBPObjectStore<Schema, ["rows"], "rows", "readwrite">;

const PATIENCE = 5_000;

/** Open the database and write one row for nothing: some browsers open what they will refuse to fill. */
export async function openDisk(name: string): Promise<Disk | null> {
  const opened = tried(name).catch(() => null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), PATIENCE)));
  const db = await Promise.race([opened, late]);
  clearTimeout(timer);
  if (db === null) void opened.then((unused) => unused?.close());
  return db;
}

async function tried(name: string): Promise<Disk> {
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
}

/** Change the rows, all or nothing; when this returns, the change is on the disk. */
export async function commit(db: Disk, change: (store: RowStore) => Promise<void>): Promise<void> {
  // "strict": the browser answers once the operating system has the bytes, not once it means to hand them over.
  const transaction = db.transaction("rows", "readwrite", { durability: "strict" });
  try {
    await change(transaction.store);
    await transaction.done;
  } catch (error) {
    await transaction.done.catch(() => undefined);
    throw error;
  }
}

/** Whether the disk is there and has no room: opening it again would change nothing. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}
