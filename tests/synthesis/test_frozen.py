"""Versions that are frozen: what stays under the eyes of one device, and what changed since."""

from __future__ import annotations

import pytest

from capture import notes, seats
from capture.errors import NoEdition, NotYourSeat
from capture.models import Gathering
from capture.operations import NoteErased, NoteRemovedByHand
from capture.seats import Holder
from synthesis import editions
from synthesis.restitution import speakers, versions
from synthesis.restitution.acts import (
    ReadingFrozen,
    ReadingReleased,
)
from tests.factories import make_holder, make_note, new_id
from tests.synthesis.speech import freeze, publish, texts


def test_a_frozen_version_does_not_change_and_counts_what_arrives(gathering: Gathering, witness: Holder) -> None:
    by = make_holder(gathering)
    first = make_note(by, "Le maire ouvre la porte.")
    freeze(witness, publish(gathering, "t1", "Porte", first))
    make_note(by, "Le banc sert de salle de réunion.")
    publish(gathering, "t1", "Une autre porte", first)
    notes.turn(NoteRemovedByHand(note_id=first), by=by, operation_id=new_id())
    found = versions.reading(witness)
    assert texts(found) == ["Le maire ouvre la porte."]
    assert found.screen.shown.themes[0].label == "Porte"
    assert (found.arrived, found.screen.shown.number) == (1, 1)
    speakers.read(ReadingReleased(), by=witness, operation_id=new_id())
    assert texts(versions.reading(witness)) == ["Le banc sert de salle de réunion."]


def test_a_version_is_frozen_for_one_device_alone(gathering: Gathering, witness: Holder) -> None:
    make_note(make_holder(gathering))
    freeze(witness, 0)
    beside = seats.take(gathering.slug, witness.seat_id, device="d2")
    assert versions.reading(witness).frozen is not None
    assert versions.reading(beside).frozen is None


def test_words_erased_since_leave_a_frozen_version_too(gathering: Gathering, witness: Holder) -> None:
    note_id = make_note(make_holder(gathering), "Le nom qu’il fallait taire.")
    freeze(witness, publish(gathering, "t1", "Porte", note_id))
    assert texts(versions.reading(witness)) == ["Le nom qu’il fallait taire."]
    organiser = make_holder(gathering, "organiser")
    notes.erase(NoteErased(note_id=note_id, reason="demande"), by=organiser, operation_id=new_id())
    assert texts(versions.reading(witness)) == []
    assert versions.reading(witness).screen.shown.themes == ()


def test_what_changed_since_the_last_reading_is_told_and_nothing_else(gathering: Gathering, witness: Holder) -> None:
    by = make_holder(gathering)
    first = make_note(by, "Le maire ouvre la porte.")
    assert versions.since(witness) is None
    freeze(witness, publish(gathering, "t1", "Porte", first))
    before = versions.since(witness)
    assert before is not None
    assert not before.changes.any
    second = make_note(make_holder(gathering, "rapporteur", "mobilites"), "La porte du maire reste ouverte tard.")
    publish(gathering, "t1", "Portes ouvertes", first, second)
    after = versions.since(witness)
    assert after is not None
    assert (after.changes.arrived, after.changes.appeared, after.changes.gone) == (1, (), ())
    assert [(one.before, one.theme.label) for one in after.changes.renamed] == [("Porte", "Portes ouvertes")]
    assert [(one.arrived[0].id, one.workshops) for one in after.changes.grown] == [(second, ("Atelier mobilites",))]


def test_a_frozen_edition_is_not_thrown_away(gathering: Gathering, witness: Holder) -> None:
    note_id = make_note(make_holder(gathering))
    held = publish(gathering, "t1", "Porte", note_id, formed=False)
    lost = publish(gathering, "t1", "Porte", note_id, formed=False)
    freeze(witness, held)
    for _ in range(editions.KEPT + 1):
        publish(gathering, "t1", "Porte", note_id, formed=False)
    assert editions.exists(gathering.id, held)
    assert not editions.exists(gathering.id, lost)


def test_a_version_that_is_not_there_cannot_be_frozen(gathering: Gathering, witness: Holder) -> None:
    for act in (ReadingFrozen(edition=7, position=0), ReadingFrozen(edition=0, position=9_999)):
        with pytest.raises(NoEdition):
            speakers.read(act, by=witness, operation_id=new_id())
    with pytest.raises(NotYourSeat):
        speakers.read(ReadingReleased(), by=make_holder(gathering, "participant"), operation_id=new_id())
