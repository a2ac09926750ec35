/** What the worker knows of pages, by their addresses and their words. Pure, so that each case can be tested. */

/** The mark that our server puts on a page made to be kept: a captive portal's page, whatever its status, has none. */
export const MARK = "Restitution-Keep";

/** Where a browser keeps pages and the files they ask for. */
export const SHELL = "restitution-shell";

/** Say whether an address is a page that rapporteurs write on. */
export function isWritingPage(path: string): boolean {
  return /^\/[^/]+\/ateliers\/[^/]+$/.test(path);
}

/** Say whether an address is a page that one reads before a speech, or speaks from. */
export function isSpeechPage(path: string): boolean {
  return /^\/[^/]+\/(synthese(\/(themes\/[^/]+|depuis|partout|debat|une-fois|questions|reperes|ensemble|a-classer|acteurs))?|pupitre|scene|suivre)$/.test(path);
}

/** Say whether a page is kept on the device once it was opened. */
export function isKeptPage(path: string): boolean {
  return isWritingPage(path) || isSpeechPage(path);
}

/** Say whether an address leads a person from page to page: not a file, nor a door for scripts. A link's signature ends
 * like a file's name, only longer. */
export function isWayIn(path: string): boolean {
  return !path.startsWith("/api/") && !/\.[a-z0-9]{1,8}$/i.test(path);
}

/** Return the address under which a page is kept: asked for in another language, it is the same page. */
export function keptAddress(address: string): string {
  const found = new URL(address);
  if (!found.searchParams.has("langue")) return address;
  found.searchParams.delete("langue");
  return found.href;
}

/** Say whether a kept page is offered where there is no network: those that lead to the others. */
export function isOffered(path: string): boolean {
  return isWritingPage(path) || /^\/[^/]+\/(synthese(\/reperes)?|pupitre|scene|suivre)$/.test(path);
}

/** Return the built files that a page asks for, once each, in their order. */
export function filesOf(html: string): string[] {
  return [...new Set([...html.matchAll(/\s(?:src|href)="(\/static\/[^"]+)"/g)].map((found) => found[1]!))];
}

/** Say whether an answer is a built file of ours: only those are told to be kept for ever. */
export function isBuiltFile({ ok, headers }: Pick<Response, "ok" | "headers">): boolean {
  return ok && (headers.get("Cache-Control") ?? "").includes("immutable");
}

/** A page kept on this device: where it is, and its words. */
export interface KeptPage {
  readonly address: string;
  readonly html: string;
}

const WORDS = {
  fr: {
    title: "Sans réseau · Restitution",
    heading: "Le réseau ne répond pas",
    lead: "Vos ateliers gardés sur cet appareil s’ouvrent quand même. Vos notes y sont, et partiront seules.",
    reading: "Ces pages, gardées sur cet appareil, s’ouvrent quand même.",
    again: "Réessayer",
  },
  en: {
    title: "No network · Restitution",
    heading: "The network does not answer",
    lead: "The workshops kept on this device open all the same. Your notes are there, and will leave by themselves.",
    reading: "These pages, kept on this device, open all the same.",
    again: "Try again",
  },
};

/** Return the page that stands for the front door when there is no network: what opens all the same. */
export function listPage(pages: readonly KeptPage[], wanted: string): string {
  const [first] = pages;
  const language = /<html lang="en/.test(first?.html ?? "") ? "en" : "fr";
  const { title, heading, again } = WORDS[language];
  const lead = pages.some(({ address }) => isWritingPage(new URL(address, "http://ici").pathname)) ? WORDS[language].lead : WORDS[language].reading;
  const style = filesOf(first?.html ?? "").find((file) => file.endsWith(".css")) ?? "";
  // A title was made safe by the server that wrote it into its page; it is taken as it stands there.
  const titled = pages.map(({ address, html }) => ({ address, name: /<h1>([^<]*)<\/h1>/.exec(html)?.[1] ?? /<title>([^<·]*)/.exec(html)?.[1]?.trim() ?? safe(address) }));
  const items = titled.sort((a, b) => (a.name < b.name ? -1 : 1));
  const links = items.map(({ address, name }) => `<li><a class="button" href="${safe(address)}">${name}</a></li>`).join("");
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${style}"></head><body><main class="kept-pages"><h1>${heading}</h1><p>${lead}</p>
<ul role="list">${links}</ul><p><a class="button quiet" href="${safe(wanted)}">${again}</a></p></main></body></html>`;
}

function safe(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
}
