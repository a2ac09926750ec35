from __future__ import annotations

import pytest
from flask import Flask

from capture import notes, schedule
from capture.errors import (
    NoteRemoved,
    NotFound,
    NotYourSeat,
    Refusal,
    TextEmpty,
    TextTooLong,
    TextUnreadable,
    UnknownKind,
    WorkshopClosed,
)
from capture.operations import NoteEdited, NoteRemovedByHand, NoteRestored, NoteSettled, NoteWritten, SessionClosed
from capture.state import NoteState
from tests.factories import LIMIT, make_gathering, make_holder, make_note, new_id, write


def only(gathering_id: int) -> NoteState:
    (note,) = notes.every_note(gathering_id)
    return note


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", TextEmpty),
        ("   \n\t ", TextEmpty),
        ("\u200b\u200e", TextEmpty),
        ("é" * (LIMIT + 1), TextTooLong),
        ("avant\x00après", TextUnreadable),
        ("demi \ud83d caractère", TextUnreadable),
    ],
)
def test_a_text_that_cannot_be_kept_is_refused_with_its_reason(app: Flask, text: str, refusal: type[Refusal]) -> None:
    gathering = make_gathering()
    by = make_holder(gathering)
    with pytest.raises(refusal):
        write(NoteWritten(note_id=new_id(), session="gouvernance", kind="lever", text=text), by)
    assert notes.every_note(gathering.id) == []


@pytest.mark.parametrize(
    "text",
    [
        "🙂🙂",
        "<script>alert(1)</script>",
        "=cmd()",
        "\u202eécrit à l’envers\u202c",
        "  des espaces gardées  ",
        "é" * LIMIT,
        "e\u0301 décomposé et é composé",
        "une ligne\nune autre",
        "عربي و中文",
    ],
)
def test_a_text_is_stored_exactly_as_typed(app: Flask, text: str) -> None:
    gathering = make_gathering()
    make_note(make_holder(gathering), text)
    assert only(gathering.id).wording.text == text


def test_a_kind_the_gathering_does_not_have_is_refused_and_the_known_ones_are_named(app: Flask) -> None:
    by = make_holder(make_gathering())
    with pytest.raises(UnknownKind) as caught:
        write(NoteWritten(note_id=new_id(), session="gouvernance", kind="rumeur", text="On dit."), by)
    assert caught.value.data == {"kind": "rumeur", "kinds": "Levier, Frein, Condition de réussite"}


def test_a_closed_workshop_takes_no_note_and_says_which(app: Flask) -> None:
    gathering = make_gathering()
    by, organiser = make_holder(gathering), make_holder(gathering, "organiser")
    schedule.turn(SessionClosed(key="gouvernance"), by=organiser, operation_id=new_id())
    with pytest.raises(WorkshopClosed) as caught:
        make_note(by)
    assert caught.value.data == {"title": "Atelier gouvernance"}


def test_a_link_for_one_workshop_does_not_write_in_another(app: Flask) -> None:
    by = make_holder(make_gathering())
    with pytest.raises(NotYourSeat):
        make_note(by, session="mobilites")
    with pytest.raises(NotFound):
        make_note(by, session="inconnu")


def test_an_edit_replaces_the_wording_and_keeps_the_place(app: Flask) -> None:
    gathering = make_gathering()
    by = make_holder(gathering)
    note_id = make_note(by, "Avant.")
    before = only(gathering.id)
    act = NoteEdited(note_id=note_id, base=before.wording.revision, text="Après.", kind="obstacle")
    receipt = notes.edit(act, by=by, operation_id=new_id(), limit=LIMIT)
    after = only(gathering.id)
    assert (after.wording.text, after.wording.kind, after.wording.revision) == ("Après.", "obstacle", receipt.position)
    assert (after.position, after.rivals) == (before.position, ())


def test_two_edits_made_apart_are_both_kept_and_one_choice_settles_them(app: Flask) -> None:
    gathering = make_gathering()
    by, other = make_holder(gathering), make_holder(gathering, device="d2")
    note_id = make_note(by, "Avant.")
    base = only(gathering.id).wording.revision
    for who, text in ((by, "La mienne."), (other, "L’autre.")):
        act = NoteEdited(note_id=note_id, base=base, text=text, kind="lever")
        receipt = notes.edit(act, by=who, operation_id=new_id(), limit=LIMIT)
    torn = only(gathering.id)
    assert torn.wording.text == "La mienne."
    assert [(rival.text, rival.revision) for rival in torn.rivals] == [("L’autre.", receipt.position)]
    notes.turn(NoteSettled(note_id=note_id, revision=receipt.position), by=by, operation_id=new_id())
    settled = only(gathering.id)
    assert (settled.wording.text, settled.rivals) == ("L’autre.", ())


def test_an_edit_of_a_removed_note_is_refused_until_it_is_restored(app: Flask) -> None:
    gathering = make_gathering()
    by = make_holder(gathering)
    note_id = make_note(by)
    base = only(gathering.id).wording.revision
    notes.turn(NoteRemovedByHand(note_id=note_id), by=by, operation_id=new_id())
    act = NoteEdited(note_id=note_id, base=base, text="Après.", kind="lever")
    with pytest.raises(NoteRemoved):
        notes.edit(act, by=by, operation_id=new_id(), limit=LIMIT)
    notes.turn(NoteRestored(note_id=note_id), by=by, operation_id=new_id())
    notes.edit(act, by=by, operation_id=new_id(), limit=LIMIT)
    assert only(gathering.id).wording.text == "Après."


def test_notes_come_back_in_the_order_they_were_written(app: Flask) -> None:
    gathering = make_gathering()
    by = make_holder(gathering)
    for text in ("Une.", "Deux.", "Trois."):
        make_note(by, text)
    assert [note.wording.text for note in notes.every_note(gathering.id)] == ["Une.", "Deux.", "Trois."]
