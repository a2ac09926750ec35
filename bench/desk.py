"""How long the server takes for the witness's desk: 1,000 notes, 30 themes, 17 workshops, read anew and read again.

Run with `python bench/desk.py [notes]`. Themes are made by hand: what is measured is reading, arranging and the
page, for a first reader after a note, and for the next one at the same position; then a frozen version.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from capture import journal, seats  # noqa: E402 - the checkout is put on the path first
from capture.db import db  # noqa: E402 - the same
from synthesis import editions, window  # noqa: E402 - the same
from synthesis.restitution import speakers  # noqa: E402 - the same
from synthesis.restitution.acts import ReadingFrozen  # noqa: E402 - the same
from synthesis.results import Edition, Membership, Quote, Theme  # noqa: E402 - the same
from tests.conftest import make_app  # noqa: E402 - the same
from tests.factories import make_gathering, make_holder, make_note, new_id  # noqa: E402 - the same

WORKSHOPS = 17
THEMES = 30
TURNS = 9
KINDS = ("lever", "obstacle", "condition")


def main(count: int) -> None:
    """Write, publish, ask for the desk, print."""
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder))
        with app.app_context():
            gathering = make_gathering(*(f"w{number}" for number in range(WORKSHOPS)))
            writers = [make_holder(gathering, "rapporteur", f"w{number}") for number in range(WORKSHOPS)]
            written = [
                make_note(
                    writers[number % WORKSHOPS],
                    f"Une note de mesure, la {number}e, d’une longueur ordinaire pour un atelier.",
                    kind=KINDS[number % 3],
                )
                for number in range(count)
            ]
            publish(gathering.id, written)
            seat_id = seats.open_seat(gathering_id=gathering.id, role="temoin")
            client = app.test_client()
            client.get(f"/rejoindre/{seats.sign(app.config['SECRET_KEY'], seat_id)}")
            again = measure(lambda: client.get("/rencontre/synthese"))
            anew = measure(lambda: client.get("/rencontre/synthese"), before=lambda: make_note(writers[0]))
            with client.session_transaction() as session:
                witness = seats.take(gathering.slug, seat_id, device=session["device"])
            frozen = ReadingFrozen(edition=1, position=journal.head(gathering.id))
            speakers.read(frozen, by=witness, operation_id=new_id())
            kept = measure(lambda: client.get("/rencontre/synthese"))
            print(f"{count} notes, {THEMES} themes, {WORKSHOPS} workshops, SQLite; median of {TURNS}, server time")
            for name, taken in (("first reader after a note", anew), ("the next", again), ("frozen", kept)):
                print(f"  desk, {name:<26} {taken}")
            app.extensions["restitution_live"].stop()
            db.session.remove()


def publish(gathering_id: int, written: list[str]) -> None:
    """Publish an edition whose themes hold every thirtieth note each."""
    themes = []
    for number in range(THEMES):
        mine = tuple(written[number::THEMES])
        quotes = tuple(Quote(note_id=one, start=0, end=20, role="central") for one in mine[:5])
        themes.append(Theme(id=f"t{number}", label=f"Thème {number}", proposed_label="", note_ids=mine, quotes=quotes))
    memberships = tuple(
        Membership(note_id=one, theme_id=theme.id, confidence=0.9) for theme in themes for one in theme.note_ids
    )
    position = window.look(gathering_id).corpus.position
    edition = Edition(position=position, method="consensus", themes=tuple(themes), memberships=memberships)
    editions.publish(gathering_id, edition, formed=True, seconds=0.0)


def measure(ask: Callable[[], object], before: Callable[[], object] = lambda: None) -> str:
    """Say what some askings took, in milliseconds: by the clock, and of the processor, which others disturb less."""
    clock, processor = [], []
    for _ in range(TURNS):
        before()
        began, worked = time.perf_counter(), time.process_time()
        ask()
        clock.append(1000 * (time.perf_counter() - began))
        processor.append(1000 * (time.process_time() - worked))
    return (
        f"{statistics.median(clock):4.0f} ms ({min(clock):.0f} to {max(clock):.0f})"
        f"   of the processor {statistics.median(processor):4.0f} ms ({min(processor):.0f} to {max(processor):.0f})"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
