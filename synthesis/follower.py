"""Reads the journal as it grows, in a process of its own: clustering never runs in a web worker.

A note joins the nearest theme at once; when the notes have rested for a moment, at the end of a workshop or when a
person asks, all are looked at again. What comes of it is a proposal, unless themes are still free to form: those that
nobody reads, nobody decided about and nobody made anything of.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from capture import journal
from capture.db import db
from capture.models import Gathering
from synthesis import editions, readers, window
from synthesis.french import French
from synthesis.memory import give_back
from synthesis.results import Edition
from synthesis.synthesise import review, synthesise, update
from synthesis.theme_decisions import NAMES
from synthesis.themes import freedom
from synthesis.themes.continuity import CONSENSUS

LOOK_SECONDS = 0.1

FEW = 5
SHARE = 0.05
"""The themes are looked at again when at least FEW notes, and this share of all, arrived since the last time."""

_RELEVANT = ("note.", "notes.", "theme.", "themes.", "session.closed", "actor.", "actors.", "programme.")
log = logging.getLogger("restitution.follower")


@dataclass
class Followed:
    """What the follower knows of one gathering."""

    seen: int = 0
    """The last position it has read."""
    displayed: Edition | None = None
    arrived: int = 0
    """Notes since the themes were last formed."""
    last_change: float = 0.0
    waiting: int = 0
    """Notes in the tray that no look has compared with all the others yet."""
    ended: bool = False
    """A workshop has just ended."""
    last_end: float = 0.0
    asked: bool = False
    """A person wants another look."""


class Follower:
    """Follows every gathering of the installation until it is told to stop."""

    def __init__(self, app: Flask, french: French, *, quiet_seconds: float) -> None:
        self.app = app
        self.french = french
        self.quiet_seconds = quiet_seconds
        self.stopping = threading.Event()
        self._followed: dict[int, Followed] = {}

    def run(self) -> None:
        """Look, place, look again, until stopped. A database that is away for a moment is waited for."""
        while not self.stopping.is_set():
            try:
                with self.app.app_context():
                    worked = [self.step(row) for row in db.session.scalars(select(Gathering.id)).all()]
            except SQLAlchemyError:
                log.exception("the database did not answer; trying again in a second")
                self._followed.clear()
                self.stopping.wait(1)
                continue
            if not any(worked):
                self.stopping.wait(LOOK_SECONDS)

    def step(self, gathering_id: int) -> bool:
        """Do what one gathering needs now; say whether anything was published."""
        followed = self._followed.get(gathering_id) or self._begin(gathering_id)
        entries = journal.read(gathering_id, after=followed.seen)
        relevant = [entry for entry in entries if entry.name.startswith(_RELEVANT)]
        if entries:
            followed.seen = entries[-1].position
        if relevant:
            followed.arrived += len(
                [one for one in relevant if one.name.startswith("note.") and one.name not in NAMES]
            )
            if any(one.name == "session.closed" for one in relevant):
                followed.ended, followed.last_end = True, time.monotonic()
            followed.asked = followed.asked or any(one.name == "themes.review_asked" for one in relevant)
            followed.last_change = time.monotonic()
            self._publish(gathering_id, followed, form=False)
        elif followed.asked or self._over(followed) or self._rested(followed):
            self._look_again(gathering_id, followed)
        else:
            db.session.rollback()
            return False
        db.session.rollback()
        give_back()
        return bool(relevant)

    def _begin(self, gathering_id: int) -> Followed:
        """Start from the last edition, if there is one."""
        followed = Followed(last_change=time.monotonic())
        if editions.last_number(gathering_id):
            last = editions.read(gathering_id)
            followed.displayed, followed.seen = last.edition, last.edition.position
            followed.waiting = len(last.edition.tray)
            # Read again now what was read before the restart: the next note is not to wait for all the others.
            texts = [note.text for note in window.look(gathering_id).corpus]
            self.french.read(texts)
            self.french.sentences(texts)
        self._followed[gathering_id] = followed
        return followed

    def _rested(self, followed: Followed) -> bool:
        due = followed.waiting > 0 or followed.arrived >= _enough(followed)
        return due and time.monotonic() - followed.last_change > self.quiet_seconds

    def _over(self, followed: Followed) -> bool:
        """Say whether a workshop ended a moment ago: pages that show themes had the time to say that they are open."""
        return followed.ended and time.monotonic() - followed.last_end > self.quiet_seconds

    def _look_again(self, gathering_id: int, followed: Followed) -> None:
        """Form the themes anew while they are free to; later only propose, and stay silent if there is nothing new.

        Notes that wait are placed as soon as the stream rests; proposals are made anew when enough notes came.
        """
        due = followed.asked or self._over(followed) or followed.arrived >= _enough(followed)
        if not (due and self._form(gathering_id, followed)):
            self._review(gathering_id, followed, propose=due)
        if due:
            followed.arrived, followed.asked, followed.ended = 0, False, False

    def _form(self, gathering_id: int, followed: Followed) -> bool:
        """Form the themes anew, if they are free to and still are once it is done; say whether they were."""

        def free() -> bool:
            decisions = window.decided(gathering_id, journal.head(gathering_id))
            # Whoever asks for another look has the themes under their eyes.
            read = followed.asked or readers.lately(gathering_id) or readers.relied_on(gathering_id)
            # Not held while the themes form, see `window.look`.
            db.session.rollback()
            return freedom.free(decisions, _shown(followed), read=read)

        return free() and self._publish(gathering_id, followed, form=True, provided=free)

    def _review(self, gathering_id: int, followed: Followed, *, propose: bool) -> None:
        """Place what waits, and say what would be clearer; what is displayed stays where it is."""
        begun = time.perf_counter()
        view, shown = window.look(gathering_id), followed.displayed
        if shown is None or shown.method != CONSENSUS:
            self._publish(gathering_id, followed, form=True)
            return
        edition = review(
            view.corpus,
            displayed=shown,
            decisions=view.decisions,
            listed=view.listed,
            french=self.french,
            propose=propose,
            asked=followed.asked,
        )
        followed.waiting = 0
        if followed.asked or (edition.proposals, edition.tray) != (shown.proposals, shown.tray):
            seconds = time.perf_counter() - begun
            editions.publish(gathering_id, edition, formed=False, reviewed=True, seconds=seconds)
            followed.displayed = edition
            log.info("looked again in %.2f s: %s proposals", seconds, len(edition.proposals))

    def _publish(
        self, gathering_id: int, followed: Followed, *, form: bool, provided: Callable[[], bool] = lambda: True
    ) -> bool:
        """Publish what is made of the notes, provided that it is still welcome once it is made; say whether it was."""
        begun = time.perf_counter()
        view = window.look(gathering_id)
        displayed = followed.displayed
        form = form or displayed is None or displayed.method != CONSENSUS
        if form:
            edition = synthesise(
                view.corpus, previous=displayed, decisions=view.decisions, listed=view.listed, french=self.french
            )
            # Somebody may have opened a page, or decided, while the themes formed.
            if not provided():
                return False
            followed.arrived = 0
        else:
            assert displayed is not None  # noqa: S101 - said to the type checker; `form` is True otherwise
            edition = update(
                view.corpus, displayed=displayed, decisions=view.decisions, listed=view.listed, french=self.french
            )
        seconds = time.perf_counter() - begun
        before = set(displayed.tray) if displayed else set()
        followed.waiting = 0 if form else followed.waiting + len(set(edition.tray) - before)
        followed.displayed = edition
        followed.seen = max(followed.seen, view.corpus.position)
        published = editions.publish(gathering_id, edition, formed=form, seconds=seconds)
        log.info(
            "edition %s: %s notes, %s themes, %s in %.2f s",
            published.number,
            len(view.corpus),
            len(edition.themes),
            "formed" if form else "placed",
            seconds,
        )
        return True


def _shown(followed: Followed) -> int:
    """Return how many notes are displayed, those that wait included."""
    return len(followed.displayed.memberships) if followed.displayed else 0


def _enough(followed: Followed) -> int:
    return max(FEW, int(SHARE * _shown(followed)))
