"""How smoothly 500 actors and 3,000 links follow the hand, in a real Chromium.

Run with `python bench/panning.py`. The demonstration is served, its graph is answered by an invented one, the picture
is brought closer and dragged for three seconds; each animation frame is counted. Without a graphics card Chromium
draws by software: a laptop does better.
"""

from __future__ import annotations

import itertools
import json
import random
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.serving import CHROMIUM, serving

ACTORS, THEMES, LINKS, SECONDS = 500, 30, 3000, 3

WATCH = """() => {
  window.frames_seen = [];
  const watch = (now) => { window.frames_seen.push(now); requestAnimationFrame(watch); };
  requestAnimationFrame(watch);
}"""


def invented() -> str:
    """Return a graph of the wanted size, the same at each run."""
    chance = random.Random(7)  # noqa: S311 - the same picture at each run

    def spot() -> dict[str, float]:
        return {"x": chance.uniform(-1, 1), "y": chance.uniform(-1, 1)}

    themes = [{"id": f"t{n}", "label": f"Thème numéro {n}", "notes": 40, **spot()} for n in range(THEMES)]
    groups = [{"key": "elus", "label": "Élus", "sign": "É", "actors": ACTORS}]
    pairs = chance.sample([(a, t) for a in range(ACTORS) for t in range(THEMES)], LINKS)
    links = [
        {
            "actor_id": f"a{a}",
            "theme_id": f"t{t}",
            "theme": "",
            "notes": 1 + (a + t) % 5,
            "kinds": [["lever", 1 + (a + t) % 5]],
            "strength": "signal",
            "cited": [],
        }
        for a, t in pairs
    ]
    actors = [
        {"id": f"a{n}", "name": f"Acteur {n}", "acronym": "", "group": "elus", "people": False, "notes": 6, **spot()}
        for n in range(ACTORS)
    ]
    return json.dumps({"groups": groups, "themes": themes, "actors": actors, "links": links, "rows": []})


def drag(page: Page) -> list[float]:
    """Drag the picture in circles and return the moments of the frames."""
    box = page.locator("#picture").bounding_box()
    if box is None:
        raise RuntimeError("The picture is not on the page: run `make build`, then this again.")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(WATCH)
    begun: float = page.evaluate("performance.now()")
    turn = 0
    while page.evaluate("performance.now()") - begun < SECONDS * 1000:
        turn += 1
        page.mouse.move(x + 90 * ((turn // 12) % 2 * 2 - 1) * (turn % 12) / 12, y + 40 * (turn % 7) / 7)
    page.mouse.up()
    found: list[float] = page.evaluate("window.frames_seen")
    return found


def main() -> None:
    """Measure and print frames a second, and the slowest frame."""
    program = shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as place, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program, args=list(CHROMIUM))
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.route(
            "**/editions/latest/graph", lambda route: route.fulfill(body=invented(), content_type="application/json")
        )
        page.goto(place.link("temoin"))
        page.wait_for_selector("#themes article", timeout=280_000)
        page.goto(f"{place.url}/journees-2018/synthese/acteurs")
        page.wait_for_selector("#graph:not([hidden])")
        for _ in range(3):
            page.locator("#closer").click()
            page.wait_for_timeout(600)
        moments = drag(page)
        gaps = sorted(after - before for before, after in itertools.pairwise(moments))
        print(f"{ACTORS} actors, {LINKS} links: {1000 * len(gaps) / sum(gaps):.0f} frames a second while panning,")
        print(
            f"  nineteen frames of twenty within {gaps[int(0.95 * len(gaps))]:.0f} ms, the slowest {gaps[-1]:.0f} ms"
        )
        browser.close()


if __name__ == "__main__":
    main()
