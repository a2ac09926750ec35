/** Starts the capture page: the device's disk first, then the notes, then the server. */

import { clockAhead } from "../shared/clock.ts";
import { byId, pageData, say } from "../shared/dom.ts";
import { ask } from "../shared/door.ts";
import { Live, type LiveState } from "../shared/live.ts";
import type { Entry, Refusal, Snapshot } from "../shared/protocol.ts";
import { Acts } from "./acts.ts";
import { announce, announceRarely } from "./announce.ts";
import { Announcer } from "./announcer.ts";
import { type Candidate, once } from "./complete.ts";
import { Composer } from "./composer.ts";
import { Device } from "./device.ts";
import type { Kept } from "./disk.ts";
import { Drafts } from "./draft.ts";
import { withFamilies } from "./families.ts";
import { Head } from "./head.ts";
import { apply, type Board, fromSnapshot, newest } from "./journal.ts";
import { KeepMine } from "./keep.ts";
import { NoteList } from "./list.ts";
import { Outbox } from "./outbox.ts";
import { type Line, Overlay } from "./overlay.ts";
import { showQuestions } from "./questions.ts";
import { refused, waiting } from "./rows.ts";
import { Places, WIDE } from "./territories.ts";
import { Sender, type SendingState } from "./sender.ts";
import { askToKeep } from "./storage.ts";
import { fitTheScreen } from "./viewport.ts";
import { wakeWith } from "./wake.ts";
import { type Words, wordsFor } from "./words.ts";

interface PageData {
  readonly slug: string;
  readonly workshop: string;
  readonly seat: string;
  readonly again: string;
  readonly api: string;
  readonly snapshot: Snapshot;
}

const KEEP_EVERY = 2_000;
const TICK = 15_000;

class CapturePage {
  #data: PageData;
  #places: Places;
  #outbox: Outbox;
  #words: Words;
  #board: Board;
  #meta: Omit<Snapshot, "notes">;
  #overlay = new Overlay();
  #live: LiveState = "connecting";
  #refusal: Refusal | null = null;
  #device: Device;
  #sending: SendingState = { trouble: "none", refusal: null };
  #actors: readonly Candidate[];
  #here: number;
  #list: NoteList;
  #head: Head;
  #composer: Composer;
  #acts: Acts;
  #drawing = false;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #time: (at: number) => string;

  constructor(data: PageData, outbox: Outbox, kept: Kept | null) {
    const { snapshot } = data;
    [this.#data, this.#outbox] = [data, outbox];
    this.#places = new Places(data.api);
    this.#words = wordsFor(document.documentElement.lang);
    // A page opened from this device may be older than what this device has heard since.
    this.#board = newest(fromSnapshot(snapshot), kept, data.seat);
    this.#device = new Device({ words: this.#words, slug: data.slug, workshop: data.workshop, doors: data.api, onChange: () => this.#drawHead() });
    const { notes: _, ...meta } = snapshot;
    [this.#meta, this.#actors] = [meta, withFamilies(meta.actors)];
    this.#here = snapshot.seats.here;
    const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", timeZone: meta.gathering.timezone });
    this.#time = (at) => clock.format(at);
    this.#acts = new Acts(outbox, data.workshop, (id) => this.#find(id));
    this.#head = new Head(meta.workshop, this.#words);
    this.#list = this.#makeList();
    this.#draw();
    this.#list.toEnd();
    this.#composer = this.#makeComposer();
    this.#keepMine();
    this.#listen();
  }

  /** Follow and send until the page closes. */
  async run(): Promise<void> {
    const { api: doors, workshop, again } = this.#data;
    const csrf = document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";
    const onState = (state: SendingState): void => {
      this.#sending = state;
      this.#changed();
    };
    const sender = new Sender({ doors, workshop, outbox: this.#outbox, csrf, again, onState });
    const live = new Live({
      doors,
      workshop,
      after: this.#board.position,
      known: this.#board.last,
      onRestored: () => this.#startAgain(),
      onEntry: (entry) => this.#hear(entry),
      onState: (state, refusal) => this.#heard(state, refusal, sender),
      onPresence: (here) => {
        this.#here = here;
        this.#changed();
      },
    });
    const held = (): number => waiting(this.#outbox.rows).length + refused(this.#outbox.rows).length;
    const announcer = new Announcer({ doors, workshop, csrf: () => sender.csrf, held });
    let pending = waiting(this.#outbox.rows).length;
    this.#device.shell.pending(pending);
    this.#outbox.onChange((rows) => {
      const now = waiting(rows).length;
      this.#device.shell.pending(now);
      announcer.changed();
      if (now > pending) sender.wake();
      pending = now;
      this.#changed();
    });
    announcer.changed();
    wakeWith(sender, live);
    await Promise.all([this.#device.start(), sender.run(), live.run()]);
  }

  /** The server went back to an older copy: show what it has, and give it again what this device did. */
  async #startAgain(): Promise<Snapshot | null> {
    const { api: doors, workshop } = this.#data;
    const answer = await ask<Snapshot>(`${doors}snapshot?workshop=${encodeURIComponent(workshop)}`);
    if (!answer.ok) return null;
    // First the rows: what the older board does not hold must be waiting before it is shown.
    await this.#outbox.sendAgain(workshop);
    this.#board = fromSnapshot(answer.value);
    this.#changed();
    return answer.value;
  }

  #makeList(): NoteList {
    const acts = this.#acts;
    return new NoteList({
      kinds: this.#meta.kinds,
      say: this.#words,
      time: this.#time,
      actions: {
        correct: (line) => this.#composer.correct(line),
        remove: (line) => void acts.remove(line),
        restore: (line) => void acts.restore(line),
        settle: (line, revision) => void acts.settle(line, revision),
        again: (line) => void acts.again(line),
        setAside: (line) => void acts.setAside(line),
        hasCorrected: (line) => acts.hasCorrected(line),
        undo: () => void this.#undo(),
      },
    });
  }

  #makeComposer(): Composer {
    return new Composer({
      kinds: this.#meta.kinds,
      limit: this.#meta.limits.note_max,
      words: this.#words,
      drafts: new Drafts(this.#data.slug, this.#data.workshop),
      actors: () => this.#actors,
      territories: () => this.#territories(),
      seek: (query) => this.#places.seek(query),
      time: this.#time,
      last: () => this.#mine().at(-1),
      find: (id) => this.#find(id),
      write: async (contents, typed) => {
        await this.#acts.write(contents, typed);
        this.#list.toEnd();
        void askToKeep(); // Once there is something to keep, by somebody who has just written it.
      },
      edit: (line, content) => this.#acts.edit(line, content),
      undo: () => void this.#undo(),
      help: () => byId<HTMLDialogElement>("help").showModal(),
      announce: (words) => announce(words),
    });
  }

  #keepMine(): void {
    new KeepMine({
      title: `${this.#meta.workshop.title} — ${this.#meta.gathering.title}`,
      file: `notes-${this.#data.workshop}`,
      kinds: this.#meta.kinds,
      words: this.#words,
      time: this.#time,
      mine: () => this.#mine(),
    });
  }

  get #lines(): readonly Line[] {
    return this.#overlay.of(this.#board, this.#outbox.rows, clockAhead());
  }

  #mine(): Line[] {
    return this.#lines.filter((line) => line.mine && !line.removed);
  }

  #find(id: string): Line | undefined {
    return this.#lines.find((line) => line.id === id);
  }

  /** What `#` offers grows with what the workshop's own notes name. */
  #territories(): string[] {
    return once([...this.#meta.territories, ...this.#lines.flatMap((line) => line.territories), ...WIDE, ...this.#places.names]);
  }

  #hear(entry: Entry): void {
    this.#board = apply(this.#board, entry);
    this.#changed();
  }

  #heard(state: LiveState, refusal: Refusal | null, sender: Sender): void {
    const back = state === "live" && this.#live !== "live";
    [this.#live, this.#refusal] = [state, refusal];
    if (state === "refused") void sender.renew();
    if (back) void this.#device.shell.keep();
    if (back && waiting(this.#outbox.rows).length > 0) sender.wake();
    this.#changed();
  }

  /** Draw soon, once for all that happened; a hidden page draws too, for its title says what still waits. */
  #changed(): void {
    if (this.#drawing) return;
    this.#drawing = true;
    setTimeout(() => {
      this.#drawing = false;
      this.#draw();
    }, 16);
    this.#keepSoon();
  }

  #draw(): void {
    const arrived = this.#list.show(this.#lines);
    if (arrived > 0) announceRarely(this.#words.arrived(arrived));
    this.#drawHead();
  }

  #drawHead(): void {
    const received = this.#mine().filter((line) => line.state === "received").length;
    const truth = { live: this.#live, sending: this.#sending, here: this.#here, open: this.#board.open, received };
    const refusal = this.#sending.refusal ?? this.#refusal;
    const kept = { rows: this.#outbox.rows, kept: this.#outbox.kept, reopens: this.#device.shell.reopens };
    this.#head.show({ ...truth, ...kept, refusal }, Date.now() - clockAhead());
    this.#device.show(this.#outbox.kept);
  }

  #keepSoon(): void {
    this.#keeping ??= setTimeout(() => {
      this.#keeping = undefined;
      // A copy that cannot be kept costs nothing: the rows it would have replaced stay.
      void this.#outbox.keep(this.#board, this.#meta, this.#data.seat).catch(() => undefined);
    }, KEEP_EVERY);
  }

  async #undo(): Promise<void> {
    const typed = await this.#acts.undo();
    if (typed !== null) this.#composer.giveBack(typed);
    announce(typed === null ? this.#words.nothingToUndo : this.#words.undone);
  }

  #listen(): void {
    byId("more").addEventListener("click", () => byId<HTMLDialogElement>("help").showModal());
    byId("help").addEventListener("close", () => {
      say(byId("copy-outcome"), "");
      this.#composer.field.focus();
    });
    document.addEventListener("keydown", (event) => this.#key(event));
    setInterval(() => this.#drawHead(), TICK);
    addEventListener("beforeunload", (event) => {
      if (this.#outbox.kept === "page" && this.#outbox.rows.some((row) => row.state !== "received")) event.preventDefault();
    });
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing || event.defaultPrevented) return;
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    if (event.altKey && !event.ctrlKey && digit !== undefined && this.#composer.choose(Number(digit) - 1)) event.preventDefault();
    if (event.key !== "Escape" || byId<HTMLDialogElement>("help").open) return;
    if (this.#composer.close() || this.#list.close()) event.preventDefault();
    this.#composer.field.focus();
  }
}

async function start(): Promise<void> {
  fitTheScreen();
  const data = pageData<PageData>();
  // A scanned link answers with this page itself: what is kept, opened again and shared is the page's own address.
  if (location.pathname.startsWith("/rejoindre/")) history.replaceState(null, "", `/${data.slug}/ateliers/${encodeURIComponent(data.workshop)}`);
  const outbox = await Outbox.open(data.slug);
  showQuestions(data.snapshot.workshop.questions, wordsFor(document.documentElement.lang));
  const page = new CapturePage(data, outbox, await outbox.known(data.workshop));
  document.documentElement.classList.add("ready");
  await page.run();
}

void start();
