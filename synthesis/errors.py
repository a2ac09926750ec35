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
