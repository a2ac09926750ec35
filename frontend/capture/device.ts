/** What this device can and cannot do: reopen the page, keep the notes, tell the hour. Said before anything is at risk. */

import { clockAhead } from "../shared/clock.ts";
import { byId, say } from "../shared/dom.ts";
import { ask } from "../shared/door.ts";
import type { Seat } from "../shared/protocol.ts";
import type { Keeping } from "./outbox.ts";
import { Shell } from "./shell.ts";
import { littleRoom, seemsPrivate } from "./storage.ts";
import type { Words } from "./words.ts";

const LOOK_AT_DISK = 5 * 60_000;
/** A seat that has more workshops than this belongs to somebody who watches, not to somebody who writes. */
const WORKSHOPS = 12;

export interface DeviceOptions {
  readonly words: Words;
  readonly slug: string;
  readonly workshop: string;
  readonly doors: string;
  readonly onChange: () => void;
}

export class Device {
  readonly shell: Shell;
  #options: DeviceOptions;
  #littleRoom: number | null = null;
  #private = false;

  constructor(options: DeviceOptions) {
    this.#options = options;
    this.shell = new Shell(options.words);
  }

  /** Once the page can be written on: look at the room left, have the page kept, with the seat's other workshops. */
  async start(): Promise<void> {
    setInterval(() => void this.#look(), LOOK_AT_DISK);
    this.#private = await seemsPrivate();
    await this.#look();
    await this.shell.start();
    this.#options.onChange();
    const { doors, slug, workshop } = this.#options;
    const answer = await ask<Seat>(`${doors}seat?workshop=${encodeURIComponent(workshop)}`);
    const others = answer.ok ? answer.value.seat.workshops.filter((key) => key !== workshop).slice(0, WORKSHOPS) : [];
    await this.shell.keepAlso(others.map((key) => `${location.origin}/${slug}/ateliers/${encodeURIComponent(key)}`));
  }

  /** Say what is wrong with this device, or nothing. */
  show(kept: Keeping): void {
    const { words } = this.#options;
    const disk = this.#littleRoom === null ? "" : words.nearlyFull(this.#littleRoom);
    const warning = kept === "page" ? words.noStorage : this.#private ? words.privateWindow : disk;
    byId("no-storage").hidden = warning === "";
    say(byId("no-storage"), warning);
    const minutes = Math.round(clockAhead() / 60_000);
    byId("device-clock").hidden = minutes === 0;
    say(byId("device-clock"), minutes === 0 ? "" : words.wrongClock(minutes));
  }

  async #look(): Promise<void> {
    this.#littleRoom = await littleRoom();
    this.#options.onChange();
  }
}
