"""What a rehearsal showed, and what it means: good, to look at, or to mend before people come.

Pure. Every sentence says a count or a measure, and, when it is not good, what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Level = Literal["good", "look", "mend"]

RECEIVED_WELL, RECEIVED_LATE = 500.0, 2_000.0
"""Milliseconds until « reçue », for 95 notes in 100: what nobody notices, and what everybody does."""

SHOWN_WELL, SHOWN_LATE = 1_000.0, 3_000.0
"""Milliseconds until a note is on the other screens."""

SYNTHESIS_WELL = 60.0
"""Seconds that the synthesis may take after the last note."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measures:
    """What was counted and timed."""

    written: int
    received: int
    """Notes that a device was told are stored."""
    lost: int
    """Notes that were written and are not in the gathering at the end."""
    doubled: int
    """Notes that are there twice, or that a screen was shown twice."""
    altered: int
    """Notes whose words are not the words that were written."""
    refused: int
    screens: int
    behind: int
    """Screens that do not show every note of theirs."""
    acknowledged: tuple[float, ...]
    """Milliseconds from sending to receipt."""
    shown: tuple[float, ...]
    """Milliseconds from sending to another screen."""
    cuts: int
    answers_lost: int
    followed: bool
    """Whether a synthesis was expected."""
    caught_up: float | None
    """Seconds until the synthesis held the last note; None when it did not in time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One sentence of the verdict."""

    level: Level
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """Everything that is said at the end."""

    findings: tuple[Finding, ...]

    @property
    def level(self) -> Level:
        """The worst of the findings."""
        levels = {finding.level for finding in self.findings}
        return "mend" if "mend" in levels else "look" if "look" in levels else "good"

    @property
    def sentence(self) -> str:
        """The verdict in one sentence."""
        return {
            "good": "Tout est prêt : aucune note perdue, aucune en double.",
            "look": "Aucune note perdue ni en double ; un point mérite un regard avant l’ouverture.",
            "mend": "Ce n’est pas prêt : lisez ci-dessus ce qui ne va pas, puis recommencez.",
        }[self.level]


def centile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` of the values do not exceed; 0 when there is none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def judge(found: Measures) -> Verdict:
    """Say what the measures mean."""
    return Verdict(
        findings=(
            _kept(found),
            _seen(found),
            _delay(found.acknowledged, "« Reçue »", RECEIVED_WELL, RECEIVED_LATE),
            _delay(found.shown, "Sur les autres écrans", SHOWN_WELL, SHOWN_LATE),
            _mishaps(found),
            *_synthesis(found),
        )
    )


def _kept(found: Measures) -> Finding:
    counted = (
        f"{_many(found.written, 'note écrite', 'notes écrites')}, {_many(found.received, 'reçue', 'reçues')}, "
        f"{_many(found.lost, 'perdue', 'perdues')}, {found.doubled} en double"
    )
    wrong = [
        *([f"{_many(found.altered, 'note a', 'notes ont')} changé de mots"] if found.altered else []),
        *([f"{_many(found.refused, 'note refusée', 'notes refusées')}"] if found.refused else []),
    ]
    if found.lost or found.doubled or wrong or found.received < found.written:
        advice = "Relevez le journal du serveur, lancez « restitution check », et n’ouvrez pas avant d’avoir compris."
        return Finding(level="mend", sentence=f"{', '.join([counted, *wrong])}. {advice}")
    return Finding(level="good", sentence=f"{counted}.")


def _seen(found: Measures) -> Finding:
    screens = _many(found.screens, "écran", "écrans")
    if not found.behind:
        return Finding(level="good", sentence=f"{screens} : chacun a montré toutes ses notes, une fois.")
    advice = "Cherchez ce qui retient les flux entre le serveur et les écrans (« Contrôle avant ouverture » le dit)."
    return Finding(level="mend", sentence=f"{screens}, dont {found.behind} sans toutes leurs notes. {advice}")


def _delay(values: Sequence[float], what: str, well: float, late: float) -> Finding:
    usual, most = centile(values, 0.5), centile(values, 0.95)
    sentence = f"{what} en {_lasting(usual)} d’ordinaire, {_lasting(most)} pour 95 notes sur 100."
    if most <= well:
        return Finding(level="good", sentence=sentence)
    advice = (
        "C’est lent à ce rythme, bien plus vif que le vrai : fermez ce qui occupe la machine, donnez plus de temps "
        "à la répétition (--duration), ou prenez une machine plus forte (docs/reliability.md)."
    )
    return Finding(level="look" if most <= late else "mend", sentence=f"{sentence} {advice}")


def _mishaps(found: Measures) -> Finding:
    cuts = _many(found.cuts, "appareil a perdu", "appareils ont perdu")
    answers = _many(found.answers_lost, "réponse s’est perdue", "réponses se sont perdues")
    return Finding(
        level="good", sentence=f"En chemin, {cuts} le réseau un moment et {answers}, exprès : tout est reparti seul."
    )


def _synthesis(found: Measures) -> tuple[Finding, ...]:
    if not found.followed:
        return ()
    if found.caught_up is None:
        sentence = "La synthèse n’a pas rattrapé la dernière note. Les notes sont en lieu sûr ; voyez si elle tourne."
        return (Finding(level="look", sentence=sentence),)
    level: Level = "good" if found.caught_up <= SYNTHESIS_WELL else "look"
    return (Finding(level=level, sentence=f"La synthèse tient la dernière note {found.caught_up:.0f} s après elle."),)


def _many(count: int, one: str, many: str) -> str:
    return f"{count} {one if count < 2 else many}"  # noqa: PLR2004 - French plurals begin at two


def _lasting(milliseconds: float) -> str:
    return f"{milliseconds:.0f} ms" if milliseconds < 1_000 else f"{milliseconds / 1_000:.1f} s".replace(".", ",")  # noqa: PLR2004 - a second
