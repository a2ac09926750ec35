/** Has the worker keep pages, so that they open on this device without a network. A no changes nothing that is shown. */

const KEEPING = 60_000;
/** Between two pages that are kept beside the first: the reader's own requests go before. */
const CALM = 250;

/** Keep this page, then others, one at a time; return whether all of them are kept. */
export async function keepPages(others: readonly string[] = []): Promise<boolean> {
  const { serviceWorker } = navigator as Partial<Navigator>;
  if (serviceWorker === undefined) return false;
  const registration = await serviceWorker.register("/sw.js").catch(() => serviceWorker.getRegistration("/"));
  if (registration === undefined) return false;
  const worker = (await serviceWorker.ready).active;
  let kept = await keep(worker, location.href.split("#")[0]!);
  for (const address of others) {
    await new Promise((resolve) => setTimeout(resolve, CALM));
    kept = navigator.onLine && (await keep(worker, new URL(address, location.href).href)) && kept;
  }
  return kept;
}

/** Have one page kept as it is now: opened next, it is then no older, however slow the network. */
export async function keepNow(address: string): Promise<boolean> {
  const { serviceWorker } = navigator as Partial<Navigator>;
  return keep(serviceWorker?.controller ?? null, new URL(address, location.href).href);
}

function keep(worker: ServiceWorker | null, address: string): Promise<boolean> {
  if (worker === null) return Promise.resolve(false);
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
