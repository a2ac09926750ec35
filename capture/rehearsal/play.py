"""Plays a rehearsal on a served gathering: lets everybody in, starts the clock, waits for the calm, and counts."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from capture.rehearsal.devices import Phone, Screen
from capture.rehearsal.score import Part, Room, Score, compose
from capture.rehearsal.verdict import Measures
from capture.rehearsal.wire import Browser, LostError

NAME = "repetition"
"""What the name of a gathering must begin with to be played in: nobody's real notes are ever mixed with ours."""

CALM = 60.0
"""Seconds that the devices have to empty themselves once everything is written."""

READING = 90.0
"""Seconds that the synthesis has to read the last note."""

WATCHING = ("temoin", "participant", "organiser")
"""The screens that follow the whole gathering, one each."""


class NotPlayableError(Exception):
    """The rehearsal cannot be played; the sentence says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What to play."""

    slug: str = NAME
    rooms: int = 0
    """0: every room of the programme."""
    devices: int = 2
    lasting: float = 60.0
    seed: int = 1
    followed: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """Where the rehearsal is."""

    minute: int
    """The minute of the programme."""
    share: float
    written: int
    received: int
    offline: int


Tell = Callable[[Progress], None]
Links = Sequence[dict[str, Any]]


class Rehearsal:
    """Everybody who plays, and what they play."""

    def __init__(self, links: Links, sentences: Sequence[str], wanted: Wanted) -> None:
        self._wanted = wanted
        self._links = links
        self._organiser = Browser(self._link("organiser"))
        snapshot = self._arrive()
        self.title: str = snapshot["gathering"]["title"]
        self.timezone: str = snapshot["gathering"]["timezone"]
        self._start: int = snapshot["position"]
        self.score: Score = compose(self._rooms(snapshot), sentences, lasting=wanted.lasting, seed=wanted.seed)
        ours = {stroke.note_id for part in self.score.parts for stroke in part.strokes}
        if ours & {note["id"] for note in snapshot["notes"]}:
            raise NotPlayableError("Cette répétition a déjà été jouée ici : choisissez un autre --seed.")
        self.phones = [self._phone(part) for part in self.score.parts]
        self.watchers = [self._screen(self._link(role)) for role in WATCHING]
        self._threads: list[threading.Thread] = []

    @property
    def screens(self) -> list[Screen]:
        """Every open screen: each phone's own, and those that watch."""
        return [*(phone.screen for phone in self.phones), *self.watchers]

    def _arrive(self) -> dict[str, Any]:
        """Let the organiser in, and look at the gathering."""
        try:
            self._organiser.join(self._wanted.slug)
            return self._snapshot()
        except LostError as error:
            raise NotPlayableError(
                f"Le lien d’organisation n’ouvre pas la rencontre « {self._wanted.slug} » ({error})."
            ) from error

    def _snapshot(self) -> dict[str, Any]:
        answer = self._organiser.ask("GET", f"/api/v1/{self._wanted.slug}/snapshot")
        if not isinstance(answer.body, dict) or "notes" not in answer.body:
            raise LostError(f"snapshot : {answer.status}")
        return answer.body

    def _link(self, role: str, workshop: str = "") -> str:
        for one in self._links:
            if one["role"] == role and (not workshop or workshop in one["workshops"]):
                return str(one["url"])
        raise NotPlayableError(f"Il manque un lien ({role} {workshop}) : « restitution links --json » les donne tous.")

    def _rooms(self, snapshot: dict[str, Any]) -> list[Room]:
        linked = {key for one in self._links if one["role"] == "rapporteur" for key in one["workshops"]}
        sessions = [one for one in snapshot["sessions"] if one["key"] in linked and one["open"]]
        rooms = [_room(one, self._wanted.devices) for one in sessions]
        chosen = sorted(rooms, key=lambda one: (one.start, one.key))[: self._wanted.rooms or None]
        if not chosen:
            raise NotPlayableError("Aucun atelier ouvert aux notes dans ce programme : il n’y a rien à jouer.")
        return chosen

    def _screen(self, link: str, workshop: str = "") -> Screen:
        browser = Browser(link)
        return Screen(browser=browser, slug=self._wanted.slug, workshop=workshop, cursor=self._start)

    def _phone(self, part: Part) -> Phone:
        screen = self._screen(self._link("rapporteur", part.room), part.room)
        return Phone(part=part, browser=screen.browser, slug=self._wanted.slug, screen=screen)

    def play(self, tell: Tell) -> Measures:
        """Play it whole, and count.

        Raises:
            NotPlayableError: somebody could not come in.
        """
        self._let_in()
        begun = time.monotonic()
        give_up = begun + self.score.lasting + CALM
        for screen in self.screens:
            self._go(screen.follow)
        for phone in self.phones:
            self._go(phone.play, begun, give_up)
        with self._closing():
            while not all(phone.finished.wait(0.2) for phone in self.phones):
                tell(self._progress(time.monotonic() - begun))
            tell(self._progress(time.monotonic() - begun))
            _until(lambda: not self._behind(), CALM / 6)
            caught_up = self._caught_up() if self._wanted.followed else None
            return self._measures(caught_up)

    def _let_in(self) -> None:
        everybody = [screen.browser for screen in self.screens]
        try:
            with ThreadPoolExecutor(8) as pool:
                list(pool.map(lambda browser: browser.join(self._wanted.slug), everybody))
        except LostError as error:
            raise NotPlayableError(f"Un lien n’ouvre rien : {error}") from error

    def _go(self, work: Callable[..., None], *arguments: float) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    @contextlib.contextmanager
    def _closing(self) -> Iterator[None]:
        try:
            yield
        finally:
            for screen in self.screens:
                screen.close()
            for thread in self._threads:
                thread.join(5)
            for phone in self.phones:
                phone.browser.hang_up()

    def _progress(self, second: float) -> Progress:
        return Progress(
            minute=self.score.minute(min(second, self.score.lasting)),
            share=min(1.0, second / self.score.lasting),
            written=sum(len(phone.written) for phone in self.phones),
            received=sum(phone.received for phone in self.phones),
            offline=sum(phone.offline for phone in self.phones),
        )

    def _typed(self, room: str = "") -> dict[str, str]:
        played = [phone.written for phone in self.phones if not room or phone.part.room == room]
        return {note_id: text for written in played for note_id, text in written.items()}

    def _behind(self) -> list[Screen]:
        return [screen for screen in self.screens if self._typed(screen.workshop).keys() - screen.seen.keys()]

    def _caught_up(self) -> float | None:
        """Wait for the synthesis; return how many seconds after the last note it held it, None when it never did."""
        witness = self.watchers[0]
        last = self._snapshot()["notes"][-1]["position"]
        written = max(witness.seen.values(), default=time.monotonic())
        done = _until(lambda: witness.read_up_to >= last, READING)
        return max(0.0, time.monotonic() - written) if done else None

    def _measures(self, caught_up: float | None) -> Measures:
        typed = self._typed()
        kept = Counter(note["id"] for note in self._snapshot()["notes"])
        texts = {note["id"]: note["text"] for note in self._snapshot()["notes"]}
        return Measures(
            written=len(typed),
            received=sum(phone.received for phone in self.phones),
            lost=len(typed.keys() - kept.keys()),
            doubled=sum(count - 1 for count in kept.values()) + sum(screen.doubled for screen in self.screens),
            altered=sum(texts[one] != text for one, text in typed.items() if one in texts),
            refused=sum(phone.refused for phone in self.phones),
            screens=len(self.screens),
            behind=len(self._behind()),
            acknowledged=tuple(delay for phone in self.phones for delay in phone.delays),
            shown=tuple(self._shown()),
            cuts=sum(phone.part.cut is not None for phone in self.phones),
            answers_lost=sum(phone.answers_lost for phone in self.phones),
            followed=self._wanted.followed,
            caught_up=caught_up,
        )

    def _shown(self) -> Iterator[float]:
        """Yield the milliseconds from sending to each screen that watches: those are never without a network."""
        sent = {note_id: at for phone in self.phones for note_id, at in phone.sent_at.items()}
        for screen in self.watchers:
            yield from ((at - sent[one]) * 1_000 for one, at in screen.seen.items() if one in sent)


def _room(session: dict[str, Any], devices: int) -> Room:
    """Return a workshop as it is played; one that the programme does not date lasts an hour, before the others."""
    start, end = session["starts_at"], session["ends_at"]
    if start is None or end is None or end <= start:
        return Room(key=session["key"], start=0, end=60, devices=devices)
    return Room(key=session["key"], start=start // 60_000, end=end // 60_000, devices=devices)


def _until(done: Callable[[], bool], patience: float) -> bool:
    limit = time.monotonic() + patience
    while not done():
        if time.monotonic() > limit:
            return False
        time.sleep(0.1)
    return True
