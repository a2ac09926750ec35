/** The workshop's guiding questions: folded to one line, one at a time. */

import { byId, say } from "../shared/dom.ts";
import { french } from "../shared/typography.ts";
import type { Words } from "./words.ts";

export function showQuestions(questions: readonly string[], words: Words): void {
  if (questions.length < 2) return;
  const details = byId<HTMLDetailsElement>("questions");
  let current = 0;
  const show = (step: number): void => {
    current = (current + step + questions.length) % questions.length;
    say(byId("question"), french(questions[current] ?? ""));
    say(byId("question-place"), words.question(current + 1, questions.length));
  };
  byId("question-before").addEventListener("click", () => show(-1));
  byId("question-after").addEventListener("click", () => show(1));
  byId("question-steps").hidden = false;
  details.addEventListener("toggle", () => show(0));
  show(0);
}
