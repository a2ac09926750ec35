/** Performs the acts that a button carries; offers to take them back; shows both when somebody decided meanwhile. */

import { make } from "../shared/dom.ts";
import { decideAll, type Act, type Meanwhile } from "./decide.ts";
import { WORDS } from "./words.ts";

export interface ActsOptions {
  readonly doors: () => string;
  /** Called with the last position once the acts are done. */
  readonly onDone: (position: number) => void;
}

/** How long « Annuler » stays in sight, or until the next decision; the list of decisions keeps it for good. */
const UNDO = 30_000;

let options: ActsOptions;

export function startActs(given: ActsOptions): void {
  options = given;
}

/** Perform acts, say what was done, and offer to take it back. */
export async function perform(acts: readonly Act[], told: string): Promise<boolean> {
  const done = await decideAll(options.doors(), acts);
  if ("meanwhile" in done) {
    both(acts, told, done.meanwhile);
    return false;
  }
  if ("sentence" in done) {
    offerPlace().append(fading(make("p", "told wrong", done.sentence)));
    return false;
  }
  options.onDone(done.positions.at(-1) ?? 0);
  offerUndo(done.positions, told, acts);
  return true;
}

function offerPlace(): HTMLElement {
  const place = document.getElementById("offer");
  if (place === null) throw new Error("the page has no #offer");
  return place;
}

function fading(line: HTMLElement, after = UNDO): HTMLElement {
  setTimeout(() => line.remove(), after);
  return line;
}

function offerUndo(positions: readonly number[], told: string, acts: readonly Act[]): void {
  offerPlace().querySelector(".undoable")?.remove();
  const line = make("p", "told row undoable", [make("span", "", told)]);
  const takenBack = acts.some((act) => act.name === "theme.decision_withdrawn" || act.name === "themes.review_asked");
  if (!takenBack) {
    const undo = make("button", "button quiet", WORDS.undo);
    undo.type = "button";
    undo.addEventListener("click", () => {
      line.remove();
      void perform(
        [...positions].reverse().map((position) => ({ name: "theme.decision_withdrawn", payload: { position } })),
        WORDS.told.withdrawn,
      );
    });
    line.append(undo);
  }
  offerPlace().append(fading(line));
}

/** Somebody else decided the same thing: show both, and let one tap choose. */
export function both(acts: readonly Act[], told: string, meanwhile: Meanwhile): void {
  const dialog = make("dialog", "both");
  const title = make("h2", "", WORDS.meanwhile);
  title.id = "both-title";
  dialog.setAttribute("aria-labelledby", title.id);
  const mine = acts.map((act) => act.payload["label"]).find((label) => typeof label === "string" && label !== "");
  const theirs = make("button", "button", meanwhile.label ? WORDS.keepTheirs(meanwhile.label) : WORDS.keepTheir);
  const ours = make("button", "button primary", typeof mine === "string" ? WORDS.putMine(mine) : WORDS.putOurs);
  for (const button of [theirs, ours]) button.type = "button";
  theirs.addEventListener("click", () => dialog.close());
  ours.addEventListener("click", () => {
    dialog.close();
    void perform(acts.map((act) => ({ ...act, payload: { ...act.payload, read: meanwhile.position } })), told);
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(make("div", "flow", [title, make("p", "", meanwhile.sentence), make("p", "row", [theirs, ours])]));
  document.body.append(dialog);
  dialog.showModal();
}
