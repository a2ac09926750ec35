"""The frame's sentences where the report reads across, in English."""

# ruff: noqa: E501 - a page of sentences reads best with each sentence whole.

from __future__ import annotations

from synthesis.report.words_reading import Reading

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
