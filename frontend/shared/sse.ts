/** Reads Server-Sent Events from pieces of text, cut anywhere: pure, so that every cut can be tested. */

export interface StreamEvent {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

export class EventReader {
  #rest = "";
  #id = "";

  /** Take the next piece and return the events it completes. Comments only prove that the line is alive. */
  read(piece: string): StreamEvent[] {
    this.#rest += piece;
    const found: StreamEvent[] = [];
    for (;;) {
      const end = /\r?\n\r?\n/.exec(this.#rest);
      if (end === null) return found;
      const block = this.#rest.slice(0, end.index);
      this.#rest = this.#rest.slice(end.index + end[0].length);
      const event = this.#parse(block);
      if (event !== null) found.push(event);
    }
  }

  #parse(block: string): StreamEvent | null {
    let event = "message";
    const data: string[] = [];
    for (const line of block.split(/\r?\n/)) {
      const colon = line.indexOf(":");
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (field === "id") this.#id = value;
      else if (field === "event") event = value;
      else if (field === "data") data.push(value);
    }
    return data.length === 0 ? null : { id: this.#id, event, data: data.join("\n") };
  }
}
