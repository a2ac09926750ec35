/** The worker's other end: has it kept, asks it to keep, and lets a newer one take over when nothing is pending. */

import { byId, say } from "../shared/dom.ts";
import type { Words } from "./words.ts";

const LOOK_EVERY = 20 * 60_000;
/** How long the worker may take to fetch a page and its files before this is called a no. */
const KEEPING = 60_000;

export class Shell {
  #words: Words;
  #registration: ServiceWorkerRegistration | null = null;
  #reopens = false;
  #newer = false;
  #pending = 0;

  constructor(words: Words) {
    this.#words = words;
    say(byId("take-newer"), words.takeNewer);
    say(byId("newer-words"), words.newer);
    byId("take-newer").addEventListener("click", () => this.#takeNewer());
    this.#show();
  }

  /** Whether this page opens again on this device without a network. */
  get reopens(): boolean {
    return this.#reopens;
  }

  /** Install the worker, once the page itself is ready; nothing is promised before it has kept the page. */
  async start(): Promise<void> {
    // Absent without TLS, and in some private windows: the page then says what it cannot do.
    const { serviceWorker } = navigator as Partial<Navigator>;
    if (serviceWorker === undefined) return;
    const registration = await serviceWorker.register("/sw.js").catch(() => serviceWorker.getRegistration("/"));
    if (registration === undefined) return;
    this.#registration = registration;
    this.#watch(registration);
    setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY);
    await serviceWorker.ready;
    await this.keep();
  }

  /** Have this page kept, unless it is already. */
  async keep(): Promise<void> {
    if (this.#reopens || this.#registration === null) return;
    const address = location.href.split("#")[0]!;
    const kept = await caches.match(address, { ignoreVary: true }).catch(() => undefined);
    this.#reopens = kept !== undefined || (await this.#ask(address));
    this.#show();
  }

  /** Have the pages of the seat's other workshops kept too. */
  async keepAlso(addresses: readonly string[]): Promise<void> {
    if (!this.#reopens) return;
    for (const address of addresses) {
      const known = await caches.match(address, { ignoreVary: true }).catch(() => undefined);
      if (known === undefined) await this.#ask(address);
    }
  }

  /** Say how many notes are pending: as long as there are some, the page is not reloaded. */
  pending(count: number): void {
    this.#pending = count;
    this.#show();
  }

  #ask(address: string): Promise<boolean> {
    const worker = this.#registration?.active;
    if (worker === null || worker === undefined) return Promise.resolve(false);
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      const timer = setTimeout(() => resolve(false), KEEPING);
      port1.onmessage = ({ data }) => {
        clearTimeout(timer);
        resolve(data === true);
      };
      worker.postMessage({ keep: address }, [port2]);
    });
  }

  #watch(registration: ServiceWorkerRegistration): void {
    this.#tell(registration.waiting !== null);
    const follow = (): void => {
      // The first worker of all replaces nothing.
      const first = registration.active === null;
      const coming = registration.installing;
      coming?.addEventListener("statechange", () => {
        if (coming.state === "installed" && !first) this.#tell(true);
      });
    };
    registration.addEventListener("updatefound", follow);
    // It may have been found before anybody looked.
    follow();
  }

  #tell(newer: boolean): void {
    this.#newer = newer;
    this.#show();
  }

  /** Only this page, which was asked, is reloaded: another may have a sentence under way. */
  #takeNewer(): void {
    const waiting = this.#registration?.waiting;
    if (this.#pending > 0) return;
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    if (waiting === null || waiting === undefined) location.reload();
    else waiting.postMessage({ takeOver: true });
  }

  #show(): void {
    byId("newer").hidden = !this.#newer || this.#pending > 0;
    say(byId("reopens"), this.#reopens ? this.#words.reopens : this.#words.doesNotReopen);
  }
}
