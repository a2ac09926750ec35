/** Keeps the wall on one screen: of the themes, as many as there is room for, the most shared ones first. */

import { say } from "../shared/dom.ts";
import { WORDS } from "../synthesis/words.ts";

const PROJECTOR = matchMedia("(min-width: 901px)");

/** Show every theme that fits the screen; on a phone all of them stand, and one scrolls. */
export function fit(): void {
  const themes = [...document.querySelectorAll<HTMLElement>(".wall-theme")].sort((one, other) => rank(one) - rank(other));
  const shelves = document.querySelectorAll<HTMLElement>(".shelf");
  const show = (count: number): void => {
    themes.forEach((theme, place) => theme.classList.toggle("rest", place >= count));
    for (const shelf of shelves) shelf.classList.toggle("rest", shelf.querySelector(".wall-theme:not(.rest)") === null);
    const more = document.querySelector(".more");
    if (more) say(more, WORDS.more(themes.length - count));
  };
  let count = themes.length;
  show(count);
  while (PROJECTOR.matches && count > 3 && document.documentElement.scrollHeight > innerHeight) show((count -= 1));
}

function rank(theme: HTMLElement): number {
  return Number(theme.dataset["rank"]);
}
