"""The refusals of the speech, in the tree that `capture.errors` draws.

Pure.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import ClassVar

from capture.errors import Refusal


class SheetNotShared(Refusal):
    """Another witness's sheet, which they keep to themselves."""

    code = "landmarks.not_shared"
    status: ClassVar[int] = HTTPStatus.FORBIDDEN
    sentence = "Cette feuille de repères n’est pas partagée, ou ne l’est plus. Vos propres repères sont intacts."


class LandmarkGone(Refusal):
    """The landmark is not on the sheet, or left it."""

    code = "landmark.gone"
    status: ClassVar[int] = HTTPStatus.NOT_FOUND
    sentence = "Ce repère n’est plus sur la feuille. Rechargez la page pour la voir telle qu’elle est."


class LineTooLong(Refusal):
    """A line of a landmark is read at a glance."""

    code = "landmark.line_too_long"
    sentence = "Cette ligne compte %(length)s caractères ; une ligne de repère en garde au plus %(limit)s."


class SheetFull(Refusal):
    """More landmarks than anybody says in a speech."""

    code = "landmarks.full"
    status: ClassVar[int] = HTTPStatus.CONFLICT
    sentence = "Une feuille garde au plus %(limit)s repères. Retirez-en un avant d’en ajouter."


class StageMoved(Refusal):
    """A preparation that comes late: the screen was prepared or driven since."""

    code = "stage.moved"
    status: ClassVar[int] = HTTPStatus.CONFLICT
    sentence = (
        "L’écran a servi depuis cette préparation : elle n’a rien changé. "
        "Vos repères sont intacts ; préparez l’écran de nouveau s’il est à vous."
    )


class SceneUnknown(Refusal):
    """A scene that no screen knows how to show."""

    code = "stage.scene_unknown"
    sentence = "L’écran ne sait pas montrer cela. Rechargez la page : rien n’a changé à l’écran."
