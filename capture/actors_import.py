"""Between a file of organisations and the journal: the list, what a file would change, the act that does it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from pydantic import TypeAdapter

from capture import journal, previews, schedule
from capture.actors_list import ActorsDifference, ActorsRead, difference
from capture.models import Gathering
from capture.operations import ActorPlan, ActorsListed
from capture.seats import Holder

_ACTORS = TypeAdapter(tuple[ActorPlan, ...])


@dataclass(frozen=True, kw_only=True, slots=True)
class ActorsPreview:
    """What a list would change, as a person reads it before it is done."""

    read: ActorsRead
    source: str
    operation_id: str
    """Made with the preview: confirming twice does it once."""
    difference: ActorsDifference


def listed(gathering: Gathering) -> tuple[ActorPlan, ...]:
    """Return the list as it stands."""
    return _ACTORS.validate_python(gathering.actors)


def preview(gathering: Gathering, read: ActorsRead, *, source: str) -> ActorsPreview:
    """Compare a list with the one that stands, and change nothing."""
    found = difference(listed(gathering), read.actors)
    return ActorsPreview(read=read, source=source, operation_id=str(uuid.uuid4()), difference=found)


def sealed(secret_key: str, shown: ActorsPreview, *, slug: str) -> str:
    """Return the preview as the confirmation form brings it back.

    Raises:
        TooLarge: no form would bring it back.
    """
    body = [_ACTORS.dump_python(shown.read.actors, mode="json"), shown.operation_id]
    return previews.seal(secret_key, body, what="actors", slug=slug)


def confirm(secret_key: str, form: str, *, by: Holder) -> journal.Receipt:
    """Replace the list by the one that was previewed.

    Raises:
        PreviewUnreadable: it is not one of our previews of this gathering.
    """
    body, operation_id = previews.unseal(secret_key, form, what="actors", slug=by.slug)
    act = ActorsListed(actors=_ACTORS.validate_python(body))
    return schedule.list_actors(act, by=by, operation_id=operation_id)
