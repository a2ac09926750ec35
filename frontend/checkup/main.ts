/** « Contrôle avant ouverture »: tries this network and this device for real, and says what to do about each. */

import { byId, pageData, say } from "../shared/dom.ts";
import { type Finding, Findings } from "./findings.ts";
import { latency, reopening, storage, streaming } from "./measures.ts";

interface CheckupData {
  readonly doors: string;
  /** Over how many milliseconds the stream beats. */
  readonly lasting: number;
}

const { doors, lasting } = pageData<CheckupData>();
const findings = new Findings(document.documentElement.lang);
const again = byId<HTMLButtonElement>("again");

function show(key: string, finding: Finding | null): void {
  const check = byId(`check-${key}`);
  const part = (name: string): HTMLElement => check.querySelector<HTMLElement>(`.${name}`)!;
  check.dataset.verdict = finding?.verdict ?? "wait";
  say(part("verdict"), findings.typeset(findings.words.verdicts[finding?.verdict ?? "wait"]));
  say(part("found"), finding?.found ?? "");
  say(part("advice"), finding?.advice ?? "");
  part("advice").hidden = (finding?.advice ?? "") === "";
}

async function check(): Promise<void> {
  // A button that is disabled loses the focus of whoever pressed it.
  again.setAttribute("aria-disabled", "true");
  const keys = ["latency", "stream", "storage", "reopening", "clock"];
  for (const key of keys) show(key, null);
  say(byId("summary"), findings.typeset(findings.words.running));
  const all: Finding[] = [];
  const take = (key: string, finding: Finding): void => {
    all.push(finding);
    show(key, finding);
  };
  const found = await latency(doors);
  take("latency", findings.latency(found));
  take("clock", findings.clock(found.ahead));
  take("reopening", findings.reopening(reopening()));
  take("storage", findings.storage(await storage()));
  take("stream", findings.stream(await streaming(doors, lasting)));
  const good = all.filter(({ verdict }) => verdict === "good").length;
  say(byId("summary"), findings.typeset(findings.words.summary(good, all.length)));
  again.removeAttribute("aria-disabled");
}

again.hidden = false;
again.addEventListener("click", () => again.getAttribute("aria-disabled") === null && void check());
void check();
