/** « Copier mes notes » and « télécharger mes notes »: from this device, whatever the network and the server do. */

import { byId, say } from "../shared/dom.ts";
import type { Kind } from "../shared/protocol.ts";
import type { Line } from "./overlay.ts";
import type { Words } from "./words.ts";

export interface KeepOptions {
  readonly title: string;
  readonly file: string;
  readonly kinds: readonly Kind[];
  readonly words: Words;
  readonly time: (at: number) => string;
  /** The notes of this device's writer, as they stand here. */
  readonly mine: () => readonly Line[];
}

/** Return notes as plain text, each with its kind, its hour and its marks. */
export function asText(title: string, lines: readonly Line[], kinds: readonly Kind[], time: (at: number) => string): string {
  const notes = lines.map((line) => {
    const { kind = line.kind, text = line.text, actors = line.actors, territories = line.territories } = line.refusedRow?.payload ?? {};
    const known = kinds.find((one) => one.key === kind);
    const marks = [...actors.map((name) => `@${name}`), ...territories.map((name) => `#${name}`)].join(" ");
    const head = `${known?.sign ?? "●"} ${known?.label ?? kind} · ${time(line.at)}`;
    return [head, text, ...(marks === "" ? [] : [marks])].join("\n");
  });
  return `${[title, ...notes].join("\n\n")}\n`;
}

export class KeepMine {
  #options: KeepOptions;

  constructor(options: KeepOptions) {
    this.#options = options;
    byId("copy").addEventListener("click", () => void this.#copy());
    byId("download").addEventListener("click", () => this.#download());
  }

  #text(): string {
    const { title, kinds, time, mine } = this.#options;
    return asText(title, mine(), kinds, time);
  }

  async #copy(): Promise<void> {
    const { words, mine } = this.#options;
    const text = this.#text();
    const done = (await this.#toClipboard(text)) || this.#fromSelection(text);
    say(byId("copy-outcome"), done ? words.copied(mine().length) : words.notCopied);
  }

  async #toClipboard(text: string): Promise<boolean> {
    // Absent where a page is served without TLS, as on a venue's own network.
    const { clipboard } = navigator as Partial<Navigator>;
    return clipboard === undefined ? false : clipboard.writeText(text).then(() => true, () => false);
  }

  /** The old way: select, copy. If even that is refused, the text stays selected for the reader's own hand. */
  #fromSelection(text: string): boolean {
    const area = byId<HTMLTextAreaElement>("copy-text");
    area.value = text;
    area.hidden = false;
    area.select();
    const done = document.execCommand("copy");
    area.hidden = done;
    return done;
  }

  #download(): void {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([this.#text()], { type: "text/plain;charset=utf-8" }));
    link.download = `${this.#options.file}.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }
}
