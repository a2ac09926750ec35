"""The frame's sentences where the report reads across: pairs, what returns, bridges, leads, the log of decisions.

Pure. Beside `words`, which holds the others; the same rules hold: `{name}` is filled, a pair is (one, several).
"""

# ruff: noqa: E501 - a page of sentences reads best with each sentence whole.

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Sentences of the chapters' second half, of the crossed reading, of the actors and of the log."""

    more_themes: Pair
    more_notes: Pair
    facing: str
    """In a chapter, with `{obstacle}`, `{lever}` and `{words}`."""
    facing_lead: str
    facing_words: str
    facing_none: str
    unanswered: Pair
    louder: str
    louder_overview: str
    conditions_caption: str
    shared_more: Pair
    rows_more: Pair
    """Rows that only the data files hold, with `{n}` and `{file}`."""
    bridges: str
    leads_lead: str
    leads_caption: str
    absent: str
    skills: Mapping[str, str]
    """Headings of the part on skills: "trades", "training", "methods", "postures"."""
    stories: str
    place: str
    hours: str
    """A session's moment, with `{day}`, `{start}` and `{end}`."""
    hour: str
    """With `{hour}` and `{minutes}`."""
    log: Mapping[str, str]
    """One sentence for each kind of decision, by the name of its act."""
    gone_theme: str
    gone_actor: str
    tray: str


FRENCH = Reading(
    more_themes=("et {n} autre", "et {n} autres"),
    more_notes=("et {n} autre, dans les annexes", "et {n} autres, dans les annexes"),
    facing="La note {obstacle}, un frein, et la note {lever}, un levier d’un autre atelier, emploient les mêmes mots : {words}.",
    facing_lead="Un frein et un levier notés dans deux ateliers, sur le même thème, avec des mots en commun. Rien ne dit que l’un répond à l’autre : c’est à lire, et à discuter.",
    facing_words="Mots communs : {words}.",
    facing_none="Aucun frein et aucun levier d’ateliers différents n’ont assez de mots en commun pour être mis face à face.",
    unanswered=(
        "Frein dont aucun levier ni condition de ce thème ne reprend les mots :",
        "Freins dont aucun levier ni condition de ce thème ne reprend les mots :",
    ),
    louder="Plus souvent noté ici qu’ailleurs : {rooms}.",
    louder_overview="Plus dit dans un atelier que dans les autres, au-delà de ce que le hasard expliquerait : {pairs}.",
    conditions_caption="Conditions de réussite qui reviennent d’un atelier à l’autre",
    shared_more=("et {n} autre", "et {n} autres"),
    rows_more=("Une autre ligne est dans {file}.", "Les {n} autres lignes sont dans {file}."),
    bridges="Font le pont entre des thèmes que d’autres ne relient pas : {actors}.",
    leads_lead="Des pistes, pas des constats : deux acteurs qu’aucune note ne cite ensemble, des leviers chez l’un, des freins chez l’autre, sur un même thème et dans des ateliers différents.",
    leads_caption="Coopérations à explorer",
    absent="Nommés par le programme ou par l’organisation, et cités par aucune note : {actors}.",
    skills={
        "trades": "Métiers et emploi",
        "training": "Formation et apprentissage",
        "methods": "Méthodes et outils",
        "postures": "Compétences et postures",
    },
    stories="Ce qui a été noté des territoires les plus cités",
    place="Lieu : {place}.",
    hours="{day}, {start} – {end}",
    hour="{hour} h {minutes}",
    log={
        "ThemeRenamed": "Thème « {old} » renommé « {label} »",
        "ThemeValidated": "Intitulé « {label} » validé",
        "ThemesMerged": "Thèmes réunis dans « {into} » : {themes}",
        "ThemeSplit": "{notes} détachées de « {theme} »",
        "ThemeFounded": "Thème fondé de {notes}",
        "NoteMoved": "Note {note} placée dans « {theme} »",
        "NotePinned": "Note {note} gardée dans « {theme} »",
        "NotesKeptApart": "Notes tenues à part l’une de l’autre : {notes}",
        "ThemesKeptApart": "Thèmes tenus à part l’un de l’autre : {themes}",
        "ThemeHidden": "Thème « {theme} » masqué",
        "ThemeUnhidden": "Thème « {theme} » montré de nouveau",
        "ThemesOrdered": "Thèmes mis dans un ordre choisi : {themes}",
        "ThemesHeld": "Thèmes figés : {themes}",
        "ThemeDecisionWithdrawn": "Décision sur les thèmes reprise : {withdrawn}",
        "ProposalRefused": "Proposition du calcul refusée",
        "ActorRenamed": "Acteur renommé « {name} »",
        "ActorsMerged": "Acteurs réunis dans « {into} »",
        "ActorSplit": "Acteur séparé : « {name} »",
        "ActorIgnored": "Un nom retiré des acteurs",
        "ActorClassified": "Acteur « {actor} » rangé dans la famille « {family} »",
        "ActorsKeptApart": "Acteurs tenus à part l’un de l’autre : {actors}",
        "ActorDecisionWithdrawn": "Décision sur les acteurs reprise : {withdrawn}",
    },
    gone_theme="un thème qui n’est plus",
    gone_actor="un acteur qui n’est plus",
    tray="à classer",
)

ENGLISH = Reading(
    more_themes=("and {n} other", "and {n} others"),
    more_notes=("and {n} other, in the annexes", "and {n} others, in the annexes"),
    facing="Note {obstacle}, an obstacle, and note {lever}, a lever from another workshop, use the same words: {words}.",
    facing_lead="An obstacle and a lever noted in two workshops, on the same theme, with words in common. Nothing says that one answers the other: they are to be read, and discussed.",
    facing_words="Words in common: {words}.",
    facing_none="No obstacle and no lever from different workshops have enough words in common to be set face to face.",
    unanswered=(
        "Obstacle whose words no lever and no condition of this theme takes up:",
        "Obstacles whose words no lever and no condition of this theme takes up:",
    ),
    louder="Noted more here than elsewhere: {rooms}.",
    louder_overview="Said in one workshop more than in the others, beyond what chance would explain: {pairs}.",
    conditions_caption="Conditions for success that return from one workshop to another",
    shared_more=("and {n} other", "and {n} others"),
    rows_more=("One more row is in {file}.", "The {n} other rows are in {file}."),
    bridges="Bridges between themes that others do not join: {actors}.",
    leads_lead="Leads, not findings: two actors that no note cites together, levers on one side, obstacles on the other, on the same theme and in different workshops.",
    leads_caption="Cooperations to explore",
    absent="Named by the programme or by the organisers, and cited by no note: {actors}.",
    skills={
        "trades": "Trades and employment",
        "training": "Training and learning",
        "methods": "Methods and tools",
        "postures": "Skills and postures",
    },
    stories="What was noted of the territories most cited",
    place="Place: {place}.",
    hours="{day}, {start} – {end}",
    hour="{hour}:{minutes}",
    log={
        "ThemeRenamed": "Theme “{old}” renamed “{label}”",
        "ThemeValidated": "Label “{label}” validated",
        "ThemesMerged": "Themes merged into “{into}”: {themes}",
        "ThemeSplit": "{notes} taken out of “{theme}”",
        "ThemeFounded": "Theme founded from {notes}",
        "NoteMoved": "Note {note} placed in “{theme}”",
        "NotePinned": "Note {note} kept in “{theme}”",
        "NotesKeptApart": "Notes kept apart from each other: {notes}",
        "ThemesKeptApart": "Themes kept apart from each other: {themes}",
        "ThemeHidden": "Theme “{theme}” hidden",
        "ThemeUnhidden": "Theme “{theme}” shown again",
        "ThemesOrdered": "Themes put in a chosen order: {themes}",
        "ThemesHeld": "Themes held as they are: {themes}",
        "ThemeDecisionWithdrawn": "Decision on themes taken back: {withdrawn}",
        "ProposalRefused": "A proposal of the computation refused",
        "ActorRenamed": "Actor renamed “{name}”",
        "ActorsMerged": "Actors merged into “{into}”",
        "ActorSplit": "Actor separated: “{name}”",
        "ActorIgnored": "A name taken out of the actors",
        "ActorClassified": "Actor “{actor}” put in the family “{family}”",
        "ActorsKeptApart": "Actors kept apart from each other: {actors}",
        "ActorDecisionWithdrawn": "Decision on actors taken back: {withdrawn}",
    },
    gone_theme="a theme that is no more",
    gone_actor="an actor that is no more",
    tray="to be placed",
)
