"""The refusals of synthesis, in the tree that `capture.errors` draws.

Pure.
"""

from __future__ import annotations

from capture.errors import Refusal


class LabelEmpty(Refusal):
    """A theme must be called something."""

    code = "theme.label_empty"
    sentence = "Le nom du thème est vide. Écrivez quelques mots, ou gardez le nom proposé."


class MergeAlone(Refusal):
    """One theme cannot be merged with itself."""

    code = "theme.merge_alone"
    sentence = "Choisissez au moins un autre thème à réunir avec celui-ci."


class ActorNameEmpty(Refusal):
    """An actor must be called something."""

    code = "actor.name_empty"
    sentence = "Le nom de l’acteur est vide. Écrivez quelques mots, ou gardez le nom proposé."


class ActorAlone(Refusal):
    """One actor cannot be joined with itself, nor told apart from itself."""

    code = "actor.alone"
    sentence = "Choisissez au moins un autre acteur que celui-ci."


class SpellingsMissing(Refusal):
    """Nothing goes out of the actor, or nothing stays in it."""

    code = "actor.spellings_missing"
    sentence = "Choisissez les noms qui désignent un autre acteur, et laissez-en au moins un à celui-ci."


class NothingChosen(Refusal):
    """A decision about notes or themes names none."""

    code = "theme.nothing_chosen"
    sentence = "Choisissez d’abord ce dont vous décidez ; « pas ensemble » se dit de deux au moins."


class ReportTextTooLong(Refusal):
    """A text of the report longer than it may be."""

    code = "report.text_too_long"
    sentence = (
        "Le texte compte %(length)s caractères ; il en garde au plus %(limit)s. Raccourcissez-le : il est toujours là."
    )


class ReportTextUnreadable(Refusal):
    """A character that no database keeps (NUL) or half of one (a lone surrogate)."""

    code = "report.text_unreadable"
    sentence = "Le texte contient un caractère illisible (position %(at)s). Retirez-le : votre texte est toujours là."


class DecidedMeanwhile(Refusal):
    """Somebody else decided the same thing since it was read: both are shown, nothing is overwritten."""

    code = "theme.decided_meanwhile"
    status = 409
    sentence = "Entre-temps, quelqu’un d’autre en a décidé autrement. Gardez sa décision, ou confirmez la vôtre."


class ScenarioUntitled(Refusal):
    """A scenario must be called something."""

    code = "scenario.untitled"
    sentence = "Le scénario n’a pas de titre. Écrivez quelques mots : le reste est toujours là."
