"""Says in sentences what changed from one edition to another: notes, themes, names, places, and how it was computed.

Pure. The sentences are French, as a person would note them down; every number is counted from the two editions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from synthesis.results import Edition, Theme

NAMED = 3
"""Themes that one sentence names before it says « et d'autres »."""


def tell(before: Edition, after: Edition) -> tuple[str, ...]:
    """Return what changed, the most visible first; one sentence when nothing did."""
    said = (
        *_notes(before, after),
        *_themes(before, after),
        *_names(before, after),
        *_moves(before, after),
        *_method(before, after),
    )
    return said or ("Rien n’a changé.",)


def _notes(before: Edition, after: Edition) -> Iterator[str]:
    old, new = ({one.note_id for one in edition.memberships} for edition in (before, after))
    if arrived := len(new - old):
        yield f"{_count(arrived, 'note')} de plus ; {len(new)} en tout."
    if gone := len(old - new):
        yield f"{_count(gone, 'note')} n’y {'est' if gone == 1 else 'sont'} plus ; {len(new)} en tout."
    if old == new and before.input_hash != after.input_hash:
        yield "Les mêmes notes, mais le texte ou les indications d’une au moins ont changé."


def _themes(before: Edition, after: Edition) -> Iterator[str]:
    old, new = _by_id(before), _by_id(after)
    was, now = _homes(before), _homes(after)
    for theme in after.themes:
        if theme.id not in old:
            origins = _listed([was[note] for note in theme.note_ids if was.get(note)], old)
            born = f", venues de {origins}" if origins else ""
            yield f"Nouveau thème : {_title(theme)}, {_count(len(theme.note_ids), 'note')}{born}."
    for theme in before.themes:
        if theme.id not in new:
            heirs = _listed([now[note] for note in theme.note_ids if now.get(note)], new)
            yield f"Le thème {_title(theme)} n’y est plus" + (f" ; ses notes sont dans {heirs}." if heirs else ".")


def _names(before: Edition, after: Edition) -> Iterator[str]:
    old = _by_id(before)
    for theme in after.themes:
        known = old.get(theme.id)
        if known and known.label != theme.label:
            who = "une personne l’a nommé ainsi" if theme.named_by else "titre proposé"
            yield f"{_title(known)} s’appelle maintenant {_title(theme)} ({who})."


def _moves(before: Edition, after: Edition) -> Iterator[str]:
    old, new = _by_id(before), _by_id(after)
    was, now = _homes(before), _homes(after)
    moved = Counter((was[note], now[note]) for note in was if note in now and was[note] != now[note])
    for (origin, target), count in sorted(moved.items(), key=lambda pair: (-pair[1], pair[0])):
        if (origin and origin not in new) or (target and target not in old):
            continue  # Said with the theme that came or went.
        verb = "passe" if count == 1 else "passent"
        start = f"de {_title(old[origin])}" if origin else "du bac « à classer »"
        end = f"à {_title(new[target])}" if target else "au bac « à classer »"
        yield f"{_count(count, 'note')} {verb} {start} {end}."
    waiting = len(after.tray) - len(before.tray)
    if waiting:
        yield f"{_count(abs(waiting), 'note')} de {'plus' if waiting > 0 else 'moins'} à classer."


def _method(before: Edition, after: Edition) -> Iterator[str]:
    if before.parameters != after.parameters:
        yield "Les réglages du calcul (nombre de thèmes, graine) ne sont pas les mêmes."
    changed = sorted(name for name, _ in set(before.versions) ^ set(after.versions))
    if changed:
        yield f"Les versions ne sont pas les mêmes : {', '.join(dict.fromkeys(changed))}."
    if before.method != after.method:
        yield "La façon de grouper a changé : par atelier et par type sous trente notes, par sujet au-delà."


def _by_id(edition: Edition) -> dict[str, Theme]:
    return {theme.id: theme for theme in edition.themes}


def _homes(edition: Edition) -> dict[str, str]:
    return {one.note_id: one.theme_id for one in edition.memberships}


def _title(theme: Theme) -> str:
    return f"« {theme.label} »"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}"


def _listed(theme_ids: Sequence[str], themes: dict[str, Theme]) -> str:
    """Name the themes that give or take most, largest share first."""
    shares = sorted(Counter(theme_ids).items(), key=lambda pair: (-pair[1], pair[0]))
    named = [f"{_title(themes[theme_id])} ({count})" for theme_id, count in shares[:NAMED] if theme_id in themes]
    return ", ".join(named) + (" et d’autres" if len(shares) > NAMED else "")
