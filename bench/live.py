"""How long from a rapporteur's Enter to the note standing in a theme on the grand témoin's screen.

Measured whole: the web server, the follower and two Chromium windows on this machine, on the demonstration (more than
400 notes). A rapporteur's page types a note and presses Enter; the grand témoin's page is watched for the moment when
the notes that its themes and its tray count have grown by one. Both read the same clock. Notes come at random, every
two seconds on average: a gathering of seventeen workshops that writes thirty notes a minute.

    make bench-live            60 notes
    python bench/live.py 20    20 notes
"""

from __future__ import annotations

import os
import platform
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Page, sync_playwright

from tests.serving import CHROMIUM, Installation, serving

SEED = 2026
PACE = 2.0

WORDS = (
    "Les élu·es laissent la main aux habitants dès le diagnostic, et ça se voit.",
    "Les appels à projets imposent un calendrier que personne ici ne peut tenir.",
    "Former ensemble les agents et les associations, sur un même cas, au même endroit.",
    "Le récit du territoire manque de jeunes : on parle d’eux sans eux.",
    "Une salle ouverte le soir, avec la clé chez la boulangère, et tout le monde vient.",
)

WATCH = """
() => {
  const count = () => {
    let sum = 0;
    for (const one of document.querySelectorAll('[data-quiet^="facts-"] .tally li')) {
      sum += parseInt(one.textContent.replace(/\\D/g, ''), 10) || 0;
    }
    const tray = document.querySelector('[data-quiet="tray-name"] .figures');
    return sum + (parseInt(tray?.textContent ?? '0', 10) || 0);
  };
  window.seen = [];
  let last = count();
  new MutationObserver(() => {
    const now = count();
    for (; last < now; last++) window.seen.push(Date.now());
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
  return last;
}
"""


def main(count: int) -> None:
    """Serve, write, watch, and print the table."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), quiet_seconds="600") as served:
        delays, shown = measure(served, count)
    delays.sort()
    centile = {share: delays[min(len(delays) - 1, int(share / 100 * len(delays)))] for share in (50, 95, 99)}
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite")
    print(f"notes already there: {shown}; notes written: {count}; seen in a theme or the tray: {len(delays)}")
    print("Enter → in a theme on the grand témoin's screen, milliseconds")
    median = statistics.median(delays)
    print(f"  min {delays[0]:.0f}   median {median:.0f}   p95 {centile[95]:.0f}   max {delays[-1]:.0f}")


def measure(served: Installation, count: int) -> tuple[list[float], int]:
    """Write notes on one page and watch another; return each delay in milliseconds, and the notes at the start."""
    program = shutil.which("chromium")
    if program is None:
        raise SystemExit("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM))
        witness = browser.new_context(locale="fr-FR").new_page()
        witness.goto(served.link("temoin"))
        witness.locator('[data-quiet^="facts-"]').nth(3).wait_for(timeout=120_000)
        writer = browser.new_context(locale="fr-FR", viewport={"width": 390, "height": 844}).new_page()
        writer.goto(served.link("rapporteur", "gouvernance"))
        before = int(witness.evaluate(WATCH))
        sent = write(writer, count)
        witness.wait_for_function(f"() => window.seen.length >= {count}", polling=100, timeout=30_000)
        seen = [float(moment) for moment in witness.evaluate("() => window.seen")]
        browser.close()
    return [after - begun for begun, after in zip(sent, seen, strict=False)], before


def write(page: Page, count: int) -> list[float]:
    """Type notes at random moments; return when Enter was pressed for each, in milliseconds."""
    chance = random.Random(SEED)  # noqa: S311 - the rhythm of a room, not a secret
    field = page.locator("textarea").first
    sent = []
    for number in range(count):
        time.sleep(chance.expovariate(1 / PACE))
        field.fill(f"{WORDS[number % len(WORDS)]} ({number + 1})")
        sent.append(float(page.evaluate("() => Date.now()")))
        field.press("Enter")
    return sent


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
