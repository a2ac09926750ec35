"""Who comes: rapporteurs that write, and screens that follow; each has joined by a link and has its own cookie."""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from array import array
from dataclasses import dataclass, field

from bench.load.server import Served
from bench.load.wire import Answer, Line, LostError, Tap, request

POSITION = re.compile(rb"id: (\d+)\nevent: operation\n")
COOKIE = re.compile(rb"\r\nset-cookie: session=([^;]+)", re.IGNORECASE)
AT_ONCE = 16

OPENINGS = (
    "Dans notre vallée, ",
    "À l’échelle de l’intercommunalité, ",
    "Pour les communes les plus petites, ",
    "Quand l’État se retire, ",
    "Avec les lycéens de la commune, ",
    "Depuis trois ans, ",
)
STATEMENTS = (
    "les élus laissent la main aux habitants dès le diagnostic, et cela change le ton des réunions.",
    "un même agent suit le projet du premier jour au dernier : la confiance tient à une personne.",
    "les calendriers des financeurs ne s’accordent pas entre eux, et l’on recommence chaque dossier.",
    "personne ne paie le temps passé à coopérer, alors ce sont toujours les mêmes qui viennent.",
    "une salle ouverte le soir, avec la clé chez la boulangère, fait plus que trois plaquettes.",
    "on forme ensemble les techniciens et les associations, sur un cas d’ici, et l’on se comprend mieux.",
    "les données existent, mais chacun garde les siennes faute de savoir à qui les confier.",
)


def statement(number: int) -> str:
    """Return a note of ordinary length."""
    opening, text = OPENINGS[number % len(OPENINGS)], STATEMENTS[number % len(STATEMENTS)]
    return f"{opening}{text} ({number})"


def _uuid7() -> str:
    """Return an id as the page makes it: one that grows with time, so that rows made together lie together."""
    random = uuid.uuid4().int & ((1 << 76) - 1)
    return str(uuid.UUID(int=time.time_ns() // 1_000_000 << 80 | 0x7 << 76 | random & ~(0xC << 60) | 0x8 << 60))


@dataclass
class Journal:
    """What the writers know: when each note was sent, and at which position it was stored."""

    sent: dict[int, float] = field(default_factory=dict)
    """Position → the moment its writer sent it."""
    workshop: dict[int, str] = field(default_factory=dict)
    acknowledged: list[float] = field(default_factory=list)
    """Seconds from sending a request to its answer."""
    refused: list[str] = field(default_factory=list)
    number: int = 0


@dataclass
class Seat:
    """A device that has joined."""

    served: Served
    workshop: str
    token: str
    cookie: str = ""
    csrf: str = ""
    line: Line = field(init=False)

    def __post_init__(self) -> None:
        self.line = Line(self.served.port)

    @property
    def doors(self) -> str:
        """Where this device's doors are."""
        return f"/api/v1/{self.served.slug}/"

    @property
    def query(self) -> str:
        """The workshop it is in, as an address says it."""
        return f"workshop={self.workshop}" if self.workshop else ""

    async def join(self) -> None:
        """Scan the code, keep the cookie, ask for what lets it write."""
        answer = await self.line.ask(request("GET", f"/rejoindre/{self.token}"))
        self._keep(answer)
        answer = await self.line.ask(request("GET", f"{self.doors}seat?{self.query}", cookie=self.cookie))
        self._keep(answer)
        self.csrf = answer.json()["csrf"]
        self.line.close()

    def _keep(self, answer: Answer) -> None:
        found = COOKIE.search(answer.head)
        if found:
            self.cookie = found[1].decode()


@dataclass
class Writer(Seat):
    """A rapporteur's phone."""

    def draft(self, journal: Journal, count: int = 1) -> tuple[bytes, int]:
        """Return the request that sends so many notes."""
        acts = []
        for _ in range(count):
            journal.number += 1
            payload = {"note_id": _uuid7(), "session": self.workshop, "kind": "lever"}
            payload["text"] = statement(journal.number)
            acts.append({"id": _uuid7(), "name": "note.written", "payload": payload})
        body = json.dumps({"operations": acts}, ensure_ascii=False).encode()
        path = f"{self.doors}operations?{self.query}"
        return request("POST", path, cookie=self.cookie, csrf=self.csrf, body=body), count

    async def write(self, journal: Journal, count: int = 1) -> None:
        """Send notes, and remember how that went."""
        data, count = self.draft(journal, count)
        begun = time.perf_counter()
        answer = await self.line.ask(data)
        journal.acknowledged.append(answer.at - begun)
        receipts = answer.json().get("receipts", []) if answer.status == 200 else []
        stored = [one["position"] for one in receipts if "position" in one]
        if len(stored) != count:
            journal.refused.append(f"{answer.status} {answer.body[:200].decode('utf-8', 'replace')}")
        for position in stored:
            journal.sent[position] = begun
            journal.workshop[position] = self.workshop

    async def announce(self, held: int = 0) -> None:
        """Say that it is there, as the page does twice a minute."""
        body = json.dumps({"held": held, "leaving": False}).encode()
        path = f"{self.doors}presence?{self.query}"
        answer = await self.line.ask(request("POST", path, cookie=self.cookie, csrf=self.csrf, body=body))
        if answer.status != 200:
            raise LostError(answer.body[:200])


@dataclass
class Screen(Seat):
    """A screen that follows the journal."""

    positions: array[int] = field(default_factory=lambda: array("q"))
    moments: array[float] = field(default_factory=lambda: array("d"))
    cuts: int = 0
    tap: Tap = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.tap = Tap(self.served.port, self._take, self._cut)

    async def follow(self, after: int) -> None:
        """Open the stream after a position."""
        path = f"{self.doors}stream?after={after}&{self.query}"
        await self.tap.open(request("GET", path, cookie=self.cookie, accept="text/event-stream"))

    def forget(self) -> None:
        """Start counting anew."""
        self.positions, self.moments = array("q"), array("d")

    def _take(self, data: bytes, at: float) -> None:
        for found in POSITION.findall(data):
            self.positions.append(int(found))
            self.moments.append(at)

    def _cut(self) -> None:
        self.cuts += 1


async def join(people: list[Seat]) -> None:
    """Let everybody in, a few at a time."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(person: Seat) -> None:
        async with gate:
            await person.join()

    await asyncio.gather(*(one(person) for person in people))
