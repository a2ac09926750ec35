/** The few ways in which scripts touch the page. Words always go through textContent, never through markup. */

import { tongueOf } from "./tongue.ts";

/** Return the element with this id, which the template promises. */
export function byId<Kind extends HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found as Kind;
}

/** Make an element with its class, its words, and what stands in it. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = "",
  content: string | readonly (Node | string)[] = "",
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  if (typeof content === "string") element.textContent = content;
  else element.append(...content);
  return element;
}

/** Change an element's words only if they changed, so that screen readers and selections are left alone. */
export function say(element: Element, words: string): void {
  if (element.textContent !== words) element.textContent = words;
}

/** Read the data that the server wrote into the page. */
export function pageData<Data>(): Data {
  return JSON.parse(byId("page-data").textContent) as Data;
}

/** What a person wrote: in its own direction and language, isolated from the words around it. */
export function words<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className: string, text: string): HTMLElementTagNameMap[Tag] {
  const element = make(tag, `words ${className}`.trim(), text);
  element.dir = "auto";
  const tongue = tongueOf(text);
  if (tongue !== document.documentElement.lang) element.lang = tongue;
  return element;
}
