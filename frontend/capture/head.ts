/** The head tells the truth and only the truth: where the words are, how much time is left, who else is here. */

import { byId, say } from "../shared/dom.ts";
import type { LiveState } from "../shared/live.ts";
import type { Refusal, Workshop } from "../shared/protocol.ts";
import type { Keeping } from "./outbox.ts";
import { refused, waiting, type Row } from "./rows.ts";
import type { SendingState } from "./sender.ts";
import type { Words } from "./words.ts";

const MINUTE = 60_000;
/** Beyond this the hour on the programme says more than a countdown. */
const SOON = 6 * 60;
/** Fewer notes than this are gone before anybody could look. */
const MANY = 5;

export interface Truth {
  readonly rows: readonly Row[];
  readonly kept: Keeping;
  readonly live: LiveState;
  readonly sending: SendingState;
  /** How many notes of this device's writer stand received. */
  readonly received: number;
  readonly here: number;
  readonly open: boolean;
  /** What the server says when it refuses this seat, by whichever way it said it. */
  readonly refusal: Refusal | null;
  /** Whether this page opens again without a network. */
  readonly reopens: boolean;
}

/** Return the state line: counts of real rows, never of anything else. */
export function stateLine(truth: Truth, words: Words): string {
  const here = waiting(truth.rows).length;
  const wrong = refused(truth.rows).length;
  const parts: string[] = [];
  if (here > 0) parts.push(truth.kept === "disk" ? words.waiting(here) : words.waitingInPage(here));
  if (wrong > 0) parts.push(words.toReview(wrong));
  if (parts.length > 0) return parts.join(" · ");
  return truth.received > 0 ? words.allReceived(truth.received) : words.noNotes;
}

/** Say whether nothing comes or goes. */
export function isOffline(truth: Truth): boolean {
  return truth.live === "cut" || truth.sending.trouble === "network";
}

/** Return the state line as the head shows it: where the words are, and whether the network is there. */
export function headLine(truth: Truth, words: Words): string {
  if (!isOffline(truth)) return stateLine(truth, words);
  const nothing = truth.received === 0 && waiting(truth.rows).length + refused(truth.rows).length === 0;
  return words.offline(nothing ? words.noneYet : stateLine(truth, words));
}

/** Return what deserves a sentence of its own, or "". It speaks of notes: a note and its correction are one. */
export function warning(truth: Truth, words: Words): string {
  const here = new Set(waiting(truth.rows).map((row) => row.payload.note_id)).size;
  const { refusal } = truth;
  if (refusal !== null && refusal.sentence !== "") return words.seatClosed(refusal.sentence);
  if (isOffline(truth)) return truth.reopens ? words.cut(here) : `${words.cut(here)} ${words.stayHere}`;
  if (truth.sending.trouble === "server") return words.serverAway(here);
  if (truth.sending.trouble === "slow") return words.slow;
  return "";
}

/** Return « encore 42 min », « commence dans 5 min »… or "" when the programme's hour says enough. */
export function timeLeft(workshop: Workshop, open: boolean, now: number, words: Words): string {
  if (!open) return words.closed;
  const { starts_at: start, ends_at: end } = workshop;
  if (end === null) return "";
  const minutes = Math.ceil((end - now) / MINUTE);
  if (minutes <= 0) return minutes > -SOON ? words.over : "";
  if (start !== null && now < start) {
    const until = Math.ceil((start - now) / MINUTE);
    return until <= SOON / 2 ? words.startsIn(until) : "";
  }
  return minutes <= SOON ? words.left(minutes) : "";
}

export class Head {
  #words: Words;
  #workshop: Workshop;
  #title = document.title;
  #sentence = "";
  #most = 0;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(workshop: Workshop, words: Words) {
    this.#workshop = workshop;
    this.#words = words;
  }

  show(truth: Truth, now: number): void {
    const line = stateLine(truth, this.#words);
    const settled = waiting(truth.rows).length + refused(truth.rows).length === 0;
    const state = byId("state");
    state.dataset.state = refused(truth.rows).length > 0 ? "review" : settled ? "received" : "here";
    say(byId("state-words"), headLine(truth, this.#words));
    say(byId("state-sign"), settled ? "●" : refused(truth.rows).length > 0 ? "!" : "◌");
    this.#drain(truth);
    document.title = settled ? this.#title : `(${line}) ${this.#title}`;
    this.#showFact("left", timeLeft(this.#workshop, truth.open, now, this.#words));
    this.#showFact("here", truth.here > 1 ? this.#words.others(truth.here - 1) : "");
    this.#warn(warning(truth, this.#words), truth);
  }

  /** While many notes leave, how far they are: of those that waited together, how many are received. */
  #drain(truth: Truth): void {
    const left = waiting(truth.rows).length;
    this.#most = left === 0 ? 0 : Math.max(this.#most, left);
    const bar = byId<HTMLProgressElement>("draining");
    bar.hidden = this.#most < MANY || isOffline(truth) || truth.sending.trouble !== "none";
    bar.max = Math.max(1, this.#most);
    bar.value = this.#most - left;
  }

  #showFact(id: string, fact: string): void {
    const element = byId(id);
    say(element, fact);
    element.hidden = fact === "";
  }

  /** A stumble of a second or two is nobody's business; what lasts is said, and unsaid as soon as it is over. */
  #warn(sentence: string, truth: Truth): void {
    if (sentence === this.#sentence) return;
    this.#sentence = sentence;
    clearTimeout(this.#patience);
    const notice = byId("trouble");
    const show = (): void => {
      say(notice, this.#sentence);
      notice.hidden = this.#sentence === "";
    };
    const patient = sentence !== "" && notice.hidden && truth.refusal === null;
    if (patient) this.#patience = setTimeout(show, 3_000);
    else show();
  }
}
