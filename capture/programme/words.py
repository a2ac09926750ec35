"""The words of a programme file, in French and in English: columns, kinds, dates, times, yes and no.

Pure. Each reader takes the text of a cell and returns a value, or raises `ValueError` with the French reason and what
to do: the sentence goes as it is beside the line at fault.
"""

from __future__ import annotations

import datetime as dt
import re

from capture.programme.plan import SessionKind, slug

COLUMNS: dict[str, tuple[str, ...]] = {
    "key": ("id", "cle", "key", "identifiant", "code", "uid"),
    "title": ("titre", "title", "intitule", "nom", "name", "seance", "session", "atelier"),
    "kind": ("type", "kind", "nature", "format", "genre", "type-de-seance"),
    "day": ("jour", "date", "day", "journee"),
    "start": ("debut", "start", "heure-de-debut", "start-time", "heure-debut", "de"),
    "end": ("fin", "end", "heure-de-fin", "end-time", "heure-fin", "a"),
    "hours": ("horaire", "horaires", "creneau", "slot", "hours", "time", "heures"),
    "room": ("salle", "room", "lieu", "location", "place", "espace"),
    "theme_of_day": ("theme-de-la-journee", "theme-du-jour", "theme-of-day", "theme", "fil-rouge"),
    "takes_notes": ("prise-de-notes", "takes-notes", "notes", "note", "prend-des-notes"),
    "questions": ("questions", "question", "questions-guides", "guiding-questions", "questionnement"),
    "expected_rapporteurs": ("rapporteurs", "expected-rapporteurs", "rapporteurs-attendus", "nombre-de-rapporteurs"),
}
"""Each field of a session and what its column may be called, as `slug` spells it."""

SHOWN: dict[str, str] = {
    "key": "id",
    "title": "titre",
    "kind": "type",
    "day": "jour",
    "start": "début",
    "end": "fin",
    "hours": "horaires",
    "room": "salle",
    "theme_of_day": "thème de la journée",
    "takes_notes": "prise de notes",
    "questions": "questions",
    "expected_rapporteurs": "rapporteurs",
}
"""What each field is called when the file did not name it."""

KIND_WORDS: dict[SessionKind, tuple[str, ...]] = {
    "workshop": ("atelier", "ateliers", "workshop", "atelier-decouverte"),
    "round_table": ("table-ronde", "round-table", "roundtable", "debat"),
    "plenary": ("pleniere", "seance-pleniere", "plenary", "ouverture", "cloture", "conference", "opening", "closing"),
    "story_table": ("recit", "recits", "recit-de-territoire", "recits-de-territoire", "story-table", "story"),
    "restitution": ("restitution", "grands-temoins", "retour-de-grands-temoins"),
    "break": ("pause", "dejeuner", "repas", "accueil", "apero", "cafe", "diner", "break", "lunch", "coffee"),
}
"""What each kind may be called, as `slug` spells it."""

KIND_LABELS: dict[SessionKind, str] = {
    "workshop": "atelier",
    "round_table": "table ronde",
    "plenary": "plénière",
    "story_table": "récit",
    "restitution": "restitution",
    "break": "pause",
}
"""The French word of each kind, which `kind_of` reads back."""

MONTHS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

_FIELDS = {word: name for name, words in COLUMNS.items() for word in words}
_KINDS = {word: kind for kind, words in KIND_WORDS.items() for word in words}
_QUESTION = re.compile(r"questions?-?\d{1,2}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})")
_SPELT = re.compile(r"(?:([a-z]+)-)?(\d{1,2}|1er)-([a-z]+)-(\d{4})")
_TIME = re.compile(r"(\d{1,2})\s*(?:[:.hH]\s*(\d{2})?)(?::\d{2}(?:\.\d+)?)?(?:\s*(?:min|mn))?")
_HOURS = re.compile(r"\s*(?:[–—-]|à|a|to|→|/)\s*")
_YES = frozenset({"oui", "yes", "x", "1", "vrai", "true", "o", "y"})
_NO = frozenset({"non", "no", "0", "faux", "false", "n"})


def column_of(header: str) -> str:
    """Name the field a column holds, or "" when no field is called so; « question 2 » holds questions too."""
    spelt = slug(header)
    return _FIELDS.get(spelt) or ("questions" if _QUESTION.fullmatch(spelt) else "")


def kind_of(text: str) -> SessionKind:
    """Read a kind of session: « Table ronde » → "round_table"."""
    spelt = slug(text)
    found = _KINDS.get(spelt)
    if found is None:
        named = ", ".join(KIND_LABELS.values())
        raise ValueError(f"le type « {text} » n’est pas connu ; écrivez l’un de ceux-ci : {named}.")
    return found


def kind_guessed(title: str) -> SessionKind | None:
    """Guess a kind from the first words of a title (« Atelier 3 : … », « Pause café »), or None."""
    spelt = slug(title)
    for word in sorted(_KINDS, key=lambda one: (-len(one), one)):
        if spelt == word or spelt.startswith(f"{word}-"):
            return _KINDS[word]
    return None


def day_of(text: str) -> str:
    """Read a date as ISO: 26/11/2018, 2018-11-26, 26.11.18 or « lundi 26 novembre 2018 »; days come before months."""
    weekday = ""
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _SLASHED.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        year += 2000 if len(match[3]) == 2 else 0  # noqa: PLR2004 - a year written with two digits
    elif (match := _SPELT.fullmatch(slug(text))) and match[3] in MONTHS:
        weekday, day, month, year = (
            match[1] or "",
            int(match[2].removesuffix("er")),
            MONTHS.index(match[3]) + 1,
            int(match[4]),
        )
    else:
        raise ValueError(f"la date « {text} » n’est pas lisible ; écrivez-la ainsi : 26/11/2018 ou 2018-11-26.")
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise ValueError(
            f"la date « {text} » n’existe pas dans le calendrier ; écrivez le jour, puis le mois : 26/11/2018."
        ) from None
    _agree(text, weekday, found)
    return found.isoformat()


def _agree(text: str, weekday: str, found: dt.date) -> None:
    """Refuse « mardi 26 novembre 2018 », which was a Monday: one of the two is wrong, and we cannot know which."""
    if weekday and weekday in WEEKDAYS and WEEKDAYS[found.weekday()] != weekday:
        raise ValueError(
            f"« {text} » se contredit : ce jour est un {WEEKDAYS[found.weekday()]} ; corrigez l’un des deux."
        )
    if weekday and weekday not in WEEKDAYS:
        raise ValueError(f"la date « {text} » n’est pas lisible ; écrivez-la ainsi : 26/11/2018 ou 2018-11-26.")


def time_of(text: str) -> str:
    """Read a time of day as "HH:MM": 13h45, 13:45, 9 h, 13.45, 13:45:00."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError(f"l’heure « {text} » n’est pas lisible ; écrivez-la ainsi : 13:45 ou 13h45.")
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour > 23 or minute > 59:  # noqa: PLR2004 - the clock's own bounds
        raise ValueError(f"l’heure « {text} » n’existe pas ; écrivez une heure de 00:00 à 23:59.")
    return f"{hour:02d}:{minute:02d}"


def hours_of(text: str) -> tuple[str, str]:
    """Read a slot as start and end: « 13h45 – 15h15 », « de 9h à 10h30 »."""
    parts = [part for part in _HOURS.split(re.sub(r"^(de|from)\s+", "", text, flags=re.IGNORECASE)) if part]
    if len(parts) != 2:  # noqa: PLR2004 - a start and an end
        raise ValueError(f"le créneau « {text} » n’est pas lisible ; écrivez-le ainsi : 13:45–15:15.")
    return time_of(parts[0]), time_of(parts[1])


def yes_or_no(text: str) -> bool:
    """Read oui/non, yes/no, vrai/faux, x, 1 or 0."""
    spelt = slug(text)
    if spelt in _YES or spelt in _NO:
        return spelt in _YES
    raise ValueError(f"« {text} » n’est ni oui ni non ; écrivez oui ou non.")


def count_of(text: str) -> int:
    """Read a small whole number, such as how many rapporteurs are expected."""
    if not re.fullmatch(r"\d{1,3}", text, flags=re.ASCII):
        raise ValueError(f"« {text} » n’est pas un nombre entier ; écrivez par exemple 2.")
    return int(text)


def questions_of(text: str) -> tuple[str, ...]:
    """Split a cell into its questions: one a line, or separated by « | »; leading dashes and bullets go."""
    parts = (re.sub(r"^[-–—•*]\s+", "", part.strip()) for part in re.split(r"[\n|]", text))
    return tuple(part for part in parts if part)
