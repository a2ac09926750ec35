/** Several lines pasted at once: offered as one note each, never made so unasked. */

import { byId, say } from "../shared/dom.ts";
import { linesOf } from "./commands.ts";
import type { Words } from "./words.ts";

export class PasteOffer {
  #words: Words;
  #announce: (words: string) => void;

  constructor(words: Words, announce: (words: string) => void, split: () => void, whole: () => void) {
    this.#words = words;
    this.#announce = announce;
    byId("one-per-line").addEventListener("click", split);
    byId("as-one").addEventListener("click", () => {
      this.close();
      whole();
    });
  }

  look(event: ClipboardEvent): void {
    const count = linesOf(event.clipboardData?.getData("text/plain") ?? "").length;
    if (count < 2) return;
    const words = this.#words.pasted(count);
    say(byId("pasted-words"), words);
    byId("pasted").hidden = false;
    this.#announce(words);
  }

  /** Take the offer back; false if there was none. */
  close(): boolean {
    const open = !byId("pasted").hidden;
    byId("pasted").hidden = true;
    return open;
  }
}
