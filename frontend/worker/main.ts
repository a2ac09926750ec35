/**
 * The worker serves the shell and nothing else: after one visit with a network, a workshop's page opens without one.
 *
 * Pages come from the network first, so that they are fresh; what this device keeps stands in when nobody answers, or
 * when somebody else does (a captive portal, a proxy's error, a link that was closed). Notes are the page's business:
 * nothing is queued here, and a new worker waits until the page, which knows what is pending, lets it take over.
 */

import { filesOf, isBuiltFile, isKeptPage, isOffered, isWayIn, keptAddress, type KeptPage, listPage, MARK, SHELL } from "./shell.ts";

declare const self: ServiceWorkerGlobalScope;

/** How long a page that is kept here waits for a fresher one. */
const PATIENCE = 3_000;
/** What has not come by then will not: as long as one worker waits for it, no newer one can take over. */
const GIVEN_UP = 30_000;

/** Keeping is done one page at a time: what one page needs must not be swept away by another. */
let keeping: Promise<unknown> = Promise.resolve();

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (request.mode !== "navigate") return;
  else if (isKeptPage(pathname)) event.respondWith(page(event));
  else if (isWayIn(pathname)) event.respondWith(wayIn(request));
});

self.addEventListener("message", (event) => {
  const { keep, takeOver } = event.data as { keep?: string; takeOver?: boolean };
  if (takeOver === true) event.waitUntil(self.skipWaiting());
  if (keep === undefined) return;
  const answer = (kept: boolean): void => event.ports[0]?.postMessage(kept);
  event.waitUntil(Promise.race([visit(keep).then(answer, () => answer(false)), after(GIVEN_UP)]));
});

/** A built file never changes under its name: the copy is as good as the network's. */
async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function page(event: FetchEvent): Promise<Response> {
  // An actor in the light is the same page as none: what is kept stands for it.
  const kept = await caches.match(event.request, { ignoreVary: true, ignoreSearch: new URL(event.request.url).pathname.endsWith("/acteurs") });
  const asked = fetch(event.request).then((fresh) => {
    if (!isOurs(fresh)) return kept ?? fresh;
    event.waitUntil(Promise.race([keep(event.request.url, fresh.clone()).catch(() => undefined), after(GIVEN_UP)]));
    return fresh;
  });
  if (kept === undefined) return asked.catch(() => offered(event.request));
  // When patience ends first, the fresher page still arrives, and is kept for the next opening.
  event.waitUntil(Promise.race([asked.catch(() => undefined), after(GIVEN_UP)]));
  return Promise.race([asked.catch(() => kept), after(PATIENCE).then(() => kept)]);
}

function after(delay: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delay));
}

/** A link or the front door without a network: say so, and show what opens. The reader chooses, never the worker. */
async function wayIn(request: Request): Promise<Response> {
  return fetch(request).catch(() => offered(request));
}

async function offered(request: Request): Promise<Response> {
  const pages = await everyPage(await caches.open(SHELL), isOffered);
  if (pages.length === 0) return Response.error();
  const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy };
  return new Response(listPage(pages, request.url), { headers });
}

/** Fetch a page and keep it; false when what came is not a page of ours. */
async function visit(address: string): Promise<boolean> {
  const response = await fetch(address, { credentials: "same-origin", cache: "no-store" });
  if (!isOurs(response)) return false;
  await keep(response.url, response);
  return true;
}

function isOurs(response: Response): boolean {
  return response.ok && !response.redirected && response.headers.has(MARK);
}

/**
 * Keep a page once all that it asks for is kept: a page without its script would be no page. One whose end never comes
 * is given up, so that those behind it are kept.
 */
function keep(address: string, response: Response): Promise<void> {
  const kept = keeping.then(async () => {
    let late = false;
    const givenUp = after(GIVEN_UP).then(() => {
      late = true;
      throw new Error(`${address} was never answered to its end`);
    });
    await Promise.race([put(address, response, () => late), givenUp]);
  });
  keeping = kept.catch(() => undefined);
  return kept;
}

async function put(address: string, response: Response, isLate: () => boolean): Promise<void> {
  const cache = await caches.open(SHELL);
  const html = await response.clone().text();
  for (const name of filesOf(html)) if ((await cache.match(name, { ignoreVary: true })) === undefined) await take(cache, name);
  // The files of a page that comes too late may have been swept since.
  if (isLate()) return;
  await cache.put(keptAddress(address), response);
  await sweep(cache);
}

/** Keep a built file. What a captive portal says in its name would stand for it as long as the page is kept. */
async function take(cache: Cache, name: string): Promise<void> {
  const response = await fetch(name);
  if (!isBuiltFile(response)) throw new Error(`${name} was not answered by our server`);
  await cache.put(name, response);
}

/** Let go of the files that no kept page asks for any more. */
async function sweep(cache: Cache): Promise<void> {
  const wanted = new Set((await everyPage(cache, isKeptPage)).flatMap(({ html }) => filesOf(html)));
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (pathname.startsWith("/static/") && !wanted.has(pathname)) await cache.delete(url, { ignoreVary: true });
  }
}

async function everyPage(cache: Cache, among: (path: string) => boolean): Promise<KeptPage[]> {
  const addresses = (await cache.keys()).map(({ url }) => url).filter((url) => among(new URL(url).pathname));
  const found = addresses.map(async (address) => ({ address, html: (await (await cache.match(address, { ignoreVary: true }))?.text()) ?? "" }));
  return Promise.all(found);
}
