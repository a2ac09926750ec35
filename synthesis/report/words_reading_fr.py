"""The frame's sentences where the report reads across, in French."""

# ruff: noqa: E501 - a page of sentences reads best with each sentence whole.

from __future__ import annotations

from synthesis.report.words_reading import Reading

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
