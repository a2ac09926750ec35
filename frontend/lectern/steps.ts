/** What is said, in which order: the sheet of landmarks, with what waits on this device. */

import type { Operation } from "../shared/protocol.ts";
import { type Deck, type Scene, scene, themeOf } from "../stage/deck.ts";
import { type Sheet, withWaiting } from "../stage/sheet.ts";

/** One thing to say, and what the room sees meanwhile: null leaves the screen as it is. */
export interface Step {
  readonly line: string;
  readonly scene: Scene | null;
  readonly seconds: number;
}

interface Told {
  readonly doors: string;
  readonly sheets: readonly Sheet[];
  readonly sheet: string;
  readonly own: string;
}

/** The sheet as it stands here; without any landmark, the order of the themes. */
export function stepsOf(told: Told, deck: Deck): Step[] {
  const found = told.sheets.find((one) => one.id === told.sheet);
  const sheet = found ? withWaiting(found, told.own, waiting(told.doors)) : undefined;
  if (sheet === undefined || sheet.landmarks.length === 0) return deck.scenes.map((one) => ({ line: "", scene: one, seconds: 0 }));
  return sheet.landmarks.map((one) => {
    const note = deck.notes.find((other) => other.id === one.note_id);
    const theme = themeOf(deck, one.theme_id);
    const view = note ? scene("quote", { theme_id: note.theme_id, note_id: note.id }) : theme ? scene("theme", { theme_id: theme.id }) : null;
    return { line: one.line, scene: view, seconds: one.seconds };
  });
}

function waiting(doors: string): readonly Operation[] {
  try {
    return JSON.parse(localStorage.getItem(`restitution:landmarks:${doors}`) ?? "[]") as Operation[];
  } catch {
    return [];
  }
}
