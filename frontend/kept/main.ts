/** On a page that says no: the workshops kept on this device, which open all the same, with the notes that are there. */

import { byId } from "../shared/dom.ts";
import { isWritingPage, SHELL } from "../worker/shell.ts";

async function keptPages(): Promise<{ address: string; title: string }[]> {
  // Absent without TLS: nothing was kept there.
  if (!("caches" in globalThis) || !(await caches.has(SHELL))) return [];
  const cache = await caches.open(SHELL);
  const addresses = (await cache.keys()).map(({ url }) => url).filter((url) => isWritingPage(new URL(url).pathname));
  const found = addresses.map(async (address) => {
    const html = (await (await cache.match(address, { ignoreVary: true }))?.text()) ?? "";
    return { address, title: new DOMParser().parseFromString(html, "text/html").querySelector("h1")?.textContent ?? address };
  });
  return (await Promise.all(found)).sort((one, other) => (one.title < other.title ? -1 : 1));
}

function item({ address, title }: { address: string; title: string }): HTMLElement {
  const link = document.createElement("a");
  link.href = address;
  link.className = "button";
  link.textContent = title;
  const line = document.createElement("li");
  line.append(link);
  return line;
}

async function start(): Promise<void> {
  const pages = await keptPages();
  byId("kept-list").replaceChildren(...pages.map(item));
  byId("kept-here").hidden = pages.length === 0;
}

void start();
