/** What a rapporteur does with notes, as rows of the outbox, and how the last of it is undone. */

import { uuid7 } from "../shared/uuid7.ts";
import type { Outbox } from "./outbox.ts";
import type { Line } from "./overlay.ts";
import { type NewRow, type Row, rowOf } from "./rows.ts";

export interface Content {
  readonly kind: string;
  readonly text: string;
  readonly actors: readonly string[];
  readonly territories: readonly string[];
}

/** Refusals that say that the note is no longer there to be edited. */
const GONE = new Set(["note.removed", "not_found"]);

const DEPTH = 50;

export class Acts {
  #outbox: Outbox;
  #workshop: string;
  #find: (id: string) => Line | undefined;
  #undoing: (() => Promise<void>)[] = [];

  constructor(outbox: Outbox, workshop: string, find: (id: string) => Line | undefined) {
    this.#outbox = outbox;
    this.#workshop = workshop;
    this.#find = find;
  }

  /** Write new notes; when this returns they are on the device. */
  async write(contents: readonly Content[]): Promise<void> {
    await this.#outbox.add(contents.map((content) => this.#written(content)));
  }

  /**
   * Give a note another wording. `line` is the note as the writer saw it when they began: what others did to it
   * since is not overwritten.
   */
  async edit(line: Line, content: Content): Promise<void> {
    if (line.refusedRow !== null) return this.#reword(line, line.refusedRow, content);
    const before: Content = { kind: line.kind, text: line.text, actors: line.actors, territories: line.territories };
    await this.#edited(line, content);
    this.#canUndo(async () => {
      const now = this.#find(line.id);
      if (now !== undefined && !now.removed) await this.#edited(now, before);
    });
  }

  async remove(line: Line): Promise<void> {
    await this.#turn("note.removed", line);
    this.#canUndo(async () => this.#turn("note.restored", line));
  }

  async restore(line: Line): Promise<void> {
    await this.#turn("note.restored", line);
  }

  /** Of two wordings written apart, this one stands. */
  async settle(line: Line, revision: number): Promise<void> {
    await this.#outbox.add([rowOf(this.#workshop, "note.settled", { note_id: line.id, revision })]);
  }

  /** Send a refused note again as it is; a note that is gone comes back as a new one. */
  async again(line: Line): Promise<void> {
    const row = line.refusedRow;
    if (row === null) return;
    await this.#outbox.replace(row, this.#isGone(row) ? this.#written(contentOf(row)) : { ...row, state: "waiting", refusal: null });
  }

  /** Let go of what was refused. It can be undone. */
  async setAside(line: Line): Promise<void> {
    const row = line.refusedRow;
    if (row === null) return;
    await this.#outbox.drop(row);
    const { sequence: _, ...again } = row;
    this.#canUndo(async () => this.#outbox.add([again]));
  }

  /** Undo the last correction or deletion; false when there is none. */
  async undo(): Promise<boolean> {
    const last = this.#undoing.pop();
    await last?.();
    return last !== undefined;
  }

  #written(content: Content): NewRow {
    return rowOf(this.#workshop, "note.written", { note_id: uuid7(), session: this.#workshop, ...content });
  }

  async #edited(line: Line, content: Content): Promise<void> {
    const { base, after } = this.#base(line);
    const payload = { note_id: line.id, ...(base === null ? {} : { base }), ...content };
    await this.#outbox.add([rowOf(this.#workshop, "note.edited", payload, after)]);
  }

  /** The revision that the writer saw: its position, or the operation whose receipt will tell it. */
  #base(line: Line): { base: number | null; after: string | null } {
    if (line.after === null) return { base: line.revision, after: null };
    const row = this.#outbox.rows.find((other) => other.id === line.after);
    if (row?.state === "waiting") return { base: null, after: row.id };
    const now = this.#find(line.id);
    const same = now?.after === null && now.text === line.text;
    // Nobody can tell any more: revision 0 never existed, so the server will keep both wordings.
    return { base: row?.position ?? (same ? now.revision : 0), after: null };
  }

  async #reword(line: Line, refused: Row, content: Content): Promise<void> {
    const row = this.#outbox.rows.find((other) => other.sequence === refused.sequence && other.state === "refused");
    if (row !== undefined) {
      const next = this.#isGone(row) ? this.#written(content) : rowOf(this.#workshop, row.name, { ...row.payload, ...content });
      return this.#outbox.replace(row, next);
    }
    // It was sent again, or set aside, while its words were in the field: they still go somewhere.
    const now = this.#find(line.id);
    await (now === undefined ? this.write([content]) : this.#edited(now, content));
  }

  #isGone(row: Row): boolean {
    return row.name === "note.edited" && GONE.has(row.refusal?.code ?? "");
  }

  async #turn(name: string, line: Line): Promise<void> {
    await this.#outbox.add([rowOf(this.#workshop, name, { note_id: line.id })]);
  }

  #canUndo(back: () => Promise<void>): void {
    this.#undoing.push(back);
    if (this.#undoing.length > DEPTH) this.#undoing.shift();
  }
}

/** Return the words of a row, as this device typed them. */
export function contentOf({ payload }: Row): Content {
  const { kind = "", text = "", actors = [], territories = [] } = payload;
  return { kind, text, actors, territories };
}
