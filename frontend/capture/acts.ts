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

/** An act that can be undone. */
interface Undoing {
  readonly back: () => Promise<void>;
  /** What stood in the field when it was written; its words go back there. */
  readonly typed?: Content;
  /** The note that it corrected. */
  readonly corrected?: string;
}

export class Acts {
  #outbox: Outbox;
  #workshop: string;
  #find: (id: string) => Line | undefined;
  #undoing: Undoing[] = [];

  constructor(outbox: Outbox, workshop: string, find: (id: string) => Line | undefined) {
    this.#outbox = outbox;
    this.#workshop = workshop;
    this.#find = find;
  }

  /** Write new notes; when this returns they are on the device. `typed` is what stood in the field. */
  async write(contents: readonly Content[], typed?: Content): Promise<void> {
    const rows = contents.map((content) => this.#written(content));
    await this.#outbox.add(rows);
    const back = async (): Promise<void> => {
      const there = rows.map((row) => this.#find(row.payload.note_id ?? "")).filter((line) => line?.removed === false);
      // What somebody else reworded meanwhile is no longer this writer's alone.
      const own = there.filter((line) => rows.some((row) => row.payload.note_id === line?.id && row.payload.text === line?.text));
      await this.#outbox.add(own.map((line) => rowOf(this.#workshop, "note.removed", { note_id: line?.id ?? "" })));
    };
    this.#canUndo({ back, ...(typed === undefined ? {} : { typed }) });
  }

  /**
   * Give a note another wording. `line` is the note as the writer saw it when they began: what others did to it
   * since is not overwritten.
   */
  async edit(line: Line, content: Content): Promise<void> {
    if (line.refusedRow !== null) return this.#reword(line, line.refusedRow, content);
    const before: Content = { kind: line.kind, text: line.text, actors: line.actors, territories: line.territories };
    await this.#edited(line, content);
    const back = async (): Promise<void> => {
      const now = this.#find(line.id);
      if (now !== undefined && !now.removed) await this.#edited(now, before);
    };
    this.#canUndo({ back, corrected: line.id });
  }

  /** Delete a note; one that was refused is let go, for the server has nothing to delete. */
  async remove(line: Line): Promise<void> {
    const row = line.refusedRow;
    if (row !== null) await this.#outbox.drop(row);
    const stored = row?.name !== "note.written";
    if (stored) await this.#turn("note.removed", line);
    const back = async (): Promise<void> => {
      if (row !== null) await this.#outbox.add([unnumbered(row)]);
      if (stored) await this.#turn("note.restored", line);
    };
    this.#canUndo({ back });
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
    this.#canUndo({ back: async () => this.#outbox.add([unnumbered(row)]) });
  }

  /** Whether what would be undone now is this device's correction of this note. */
  hasCorrected(line: Line): boolean {
    return this.#undoing.at(-1)?.corrected === line.id;
  }

  /** Undo the last note, correction or deletion; return what stood in the field for it, null when there is none. */
  async undo(): Promise<Content | null> {
    const last = this.#undoing.pop();
    await last?.back();
    return last === undefined ? null : (last.typed ?? NOTHING);
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

  #canUndo(act: Undoing): void {
    this.#undoing.push(act);
    if (this.#undoing.length > DEPTH) this.#undoing.shift();
  }
}

const NOTHING: Content = { kind: "", text: "", actors: [], territories: [] };

function unnumbered({ sequence: _, ...row }: Row): NewRow {
  return row;
}

/** Return the words of a row, as this device typed them. */
export function contentOf({ payload }: Row): Content {
  const { kind = "", text = "", actors = [], territories = [] } = payload;
  return { kind, text, actors, territories };
}
