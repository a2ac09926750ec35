"""What people write in the report, through its verbs, on both engines: exactly once, together, over every edition."""

from __future__ import annotations

import pytest
from flask import Flask

from capture import journal, schedule
from capture.errors import NotFound, NotYourSeat, ReportFinal
from capture.models import Gathering
from capture.operations import ReportFinalised
from capture.performing import Asked, perform
from capture.seats import Holder
from synthesis import editions, making, reports, window
from synthesis.editing import drafts, editors
from synthesis.editing.acts import ReportOrdered, ReportSettled, ReportTestified, ReportWorded
from synthesis.editing.texts import edited, signed
from synthesis.errors import ReportTextTooLong, ReportTextUnreadable
from synthesis.report.edited import arranged
from synthesis.results import Edition, Membership, Quote, Theme
from tests.factories import make_gathering, make_holder, make_note, new_id

ESSAY = "regard.essai"


@pytest.fixture
def gathering(app: Flask) -> Gathering:
    del app
    found = make_gathering()
    by = make_holder(found)
    for text in ("Les élu·es laissent la main.", "La navette ne passe plus le dimanche."):
        make_note(by, text)
    publish(found)
    return found


@pytest.fixture
def organiser(gathering: Gathering) -> Holder:
    return make_holder(gathering, "organiser")


@pytest.fixture
def colleague(gathering: Gathering) -> Holder:
    return make_holder(gathering, "organiser", device="d2")


@pytest.fixture
def witness(gathering: Gathering) -> Holder:
    return make_holder(gathering, "temoin")


def publish(gathering: Gathering) -> Edition:
    """Publish one theme per note, as a run would."""
    corpus = window.look(gathering.id).corpus
    notes = tuple(corpus)
    edition = Edition(
        input_hash=corpus.digest(),
        position=corpus.position,
        method="consensus",
        themes=tuple(
            Theme(
                id=f"t{rank}",
                label=f"thème {rank}",
                proposed_label=f"thème {rank}",
                note_ids=(note.id,),
                kinds=((note.kind, 1),),
                workshops=((note.workshop, 1),),
                quotes=(Quote(note_id=note.id, start=0, end=len(note.text), role="central"),),
            )
            for rank, note in enumerate(notes, 1)
        ),
        memberships=tuple(
            Membership(note_id=note.id, theme_id=f"t{rank}", confidence=1.0) for rank, note in enumerate(notes, 1)
        ),
    )
    return editions.publish(gathering.id, edition, formed=True, seconds=0.1).edition


def word(by: Holder, part: str, text: str, base: int = 0) -> int:
    return editors.word(ReportWorded(part=part, text=text, base=base), by=by, operation_id=new_id()).position


def sign(by: Holder, text: str, base: int = 0, text_id: str = "essai") -> int:
    act = ReportTestified(text_id=text_id, text=text, by="Maëlle Kerguen", base=base)
    return editors.sign(act, by=by, operation_id=new_id()).position


def page_of(gathering: Gathering) -> str:
    """Make the report as the process of its own does."""
    published = editions.read(gathering.id)
    view = window.look_at(gathering.id, published.edition.position)
    last = editors.last_written(gathering.id)
    return making.report(gathering, published, view, "rapport.fr.html", last).decode()


def said(gathering: Gathering, part: str) -> list[str]:
    return [one.text for one in editors.texts(gathering.id).parts.get(part, ())]


def test_the_same_act_again_is_the_same_receipt_and_changes_nothing(
    gathering: Gathering, organiser: Holder, witness: Holder
) -> None:
    position = word(organiser, "conclusion", "À suivre.")
    acts = (
        (editors.word, ReportWorded(part="introduction", text="Deux jours."), organiser),
        (editors.sign, ReportTestified(text_id="essai", text="J’ai entendu.", by="M. K."), witness),
        (editors.order, ReportOrdered(theme_ids=("t2", "t1")), organiser),
        (editors.settle, ReportSettled(part="conclusion", position=position), organiser),
    )
    for verb, act, by in acts:
        operation_id = new_id()
        receipt = verb(act, by=by, operation_id=operation_id)  # type: ignore[operator]
        before = editors.texts(gathering.id)
        again = verb(act, by=by, operation_id=operation_id)  # type: ignore[operator]
        assert (again.position, again.outcome) == (receipt.position, "replayed")
        assert editors.texts(gathering.id) == before


def test_two_who_write_at_once_lose_nothing_and_one_chooses(
    gathering: Gathering, organiser: Holder, colleague: Holder
) -> None:
    first = word(organiser, "introduction", "Deux jours.")
    second = word(colleague, "introduction", "Deux jours à Brume.", first)
    word(organiser, "introduction", "Deux jours ensemble.", first)
    assert said(gathering, "introduction") == ["Deux jours à Brume.", "Deux jours ensemble."]
    assert edited(editors.texts(gathering.id), str).unsettled == 1
    page = drafts.page(organiser, editions.read(gathering.id).edition)
    assert [one.text for one in page.introduction.wordings] == ["Deux jours à Brume.", "Deux jours ensemble."]
    act = ReportSettled(part="introduction", position=second)
    editors.settle(act, by=organiser, operation_id=new_id())
    assert said(gathering, "introduction") == ["Deux jours à Brume."]


def test_a_device_that_lost_the_answer_is_no_rival_of_itself(gathering: Gathering, organiser: Holder) -> None:
    word(organiser, "introduction", "Deux")
    word(organiser, "introduction", "Deux jours.")
    assert said(gathering, "introduction") == ["Deux jours."]


def test_a_witness_alone_writes_the_text_that_bears_their_name(
    gathering: Gathering, organiser: Holder, witness: Holder
) -> None:
    base = sign(witness, "J’ai entendu de la patience.")
    other = make_holder(gathering, "temoin")
    for by in (organiser, other):
        with pytest.raises(NotYourSeat):
            sign(by, "Autre chose.", base)
    with pytest.raises(NotYourSeat):
        editors.settle(ReportSettled(part=ESSAY, position=base), by=organiser, operation_id=new_id())
    with pytest.raises(NotYourSeat):
        word(witness, "introduction", "Bonjour.")
    assert [(one.text, one.by) for one in signed(editors.texts(gathering.id))] == [
        ("J’ai entendu de la patience.", "Maëlle Kerguen")
    ]
    edition = editions.read(gathering.id).edition
    assert [len(drafts.page(by, edition).own) for by in (witness, other, organiser)] == [2, 1, 0]
    assert [len(drafts.page(by, edition).others) for by in (witness, other, organiser)] == [0, 1, 1]


def test_what_cannot_be_kept_is_refused_and_nothing_is_stored(gathering: Gathering, organiser: Holder) -> None:
    for part, text, refusal in (
        ("theme.inconnu", "Texte.", NotFound),
        ("partie.inconnue", "Titre", NotFound),
        ("titre", "x" * 301, ReportTextTooLong),
        ("introduction", "x" * 20_001, ReportTextTooLong),
        ("introduction", "a\x00b", ReportTextUnreadable),
    ):
        before = journal.head(gathering.id)
        with pytest.raises(refusal):
            word(organiser, part, text)
        assert journal.head(gathering.id) == before
    with pytest.raises(NotFound):
        editors.order(ReportOrdered(theme_ids=("t9",)), by=organiser, operation_id=new_id())
    with pytest.raises(NotFound):
        editors.settle(ReportSettled(part="titre", position=1), by=organiser, operation_id=new_id())
    asked = Asked(id=new_id(), name="report.worded", payload={"part": "titre", "text": "Un titre"})
    with pytest.raises(NotYourSeat):
        perform(asked, by=make_holder(gathering), note_max=5000)


def test_a_new_edition_keeps_what_was_written_and_a_signed_report_takes_nothing_more(
    gathering: Gathering, organiser: Holder, witness: Holder
) -> None:
    word(organiser, "titre", "Ce que nous avons noté à Brume")
    word(organiser, "introduction", "Deux jours *et* une nuit.")
    word(organiser, "theme.t2", "La navette revient dans chaque échange.")
    word(organiser, "partie.essentiel", "En une page")
    word(organiser, "conclusion", "À nous de jouer.")
    sign(witness, "J’ai entendu de la patience.")
    editors.order(ReportOrdered(theme_ids=("t2",)), by=organiser, operation_id=new_id())
    before = page_of(gathering)
    make_note(make_holder(gathering), "Un minibus à la demande.")
    edition = publish(gathering)
    assert [theme.id for theme in arranged(edition, edited(editors.texts(gathering.id), str)).themes] == [
        "t2",
        "t1",
        "t3",
    ]
    page = page_of(gathering)
    for said_ in (before, page):
        for words in ("à Brume", "*et* une nuit", "La navette revient", "En une page", "À nous", "Maëlle Kerguen"):
            assert words in said_
        assert said_.index("*et* une nuit") < said_.index("La navette revient") < said_.index("À nous de jouer")
    act = ReportFinalised(position=journal.head(gathering.id), validated_by="Le Carrefour")
    schedule.sign_report(act, by=organiser, operation_id=new_id())
    with pytest.raises(ReportFinal):
        word(organiser, "conclusion", "Trop tard.")


def test_a_draft_is_sent_to_those_who_write_and_to_nobody_else(gathering: Gathering, witness: Holder) -> None:
    from capture import sending  # noqa: PLC0415 - only this test looks at what leaves

    position = sign(witness, "J’ai entendu de la patience.")
    sent = sending.read(gathering.id, after=position - 1)[0]
    for role, seen in (("organiser", True), ("temoin", True), ("rapporteur", False), ("participant", False)):
        event = sent.seen_by(make_holder(gathering, role), None)  # type: ignore[arg-type]
        assert (event is not None) is seen
        assert b"patience" not in (event or b"")
    assert b"patience" in (sent.seen_by(witness, None) or b"")


def test_the_empty_morning_has_its_page_too(app: Flask) -> None:
    del app
    found = make_gathering()
    page = drafts.page(make_holder(found, "organiser"), Edition())
    assert (page.chapters, page.orphans, page.introduction.text, page.introduction.base) == ((), (), "", 0)


def test_a_workshop_has_its_own_sheet_and_an_unknown_one_has_none(gathering: Gathering) -> None:
    published = editions.read(gathering.id)
    view = window.look_at(gathering.id, published.edition.position)
    for key, there in (("gouvernance", True), ("mobilites", False)):
        name = f"retour.{reports.mark_of(key)}.fr.html"
        made = making.sheet(gathering, published, view, name, 0).decode()
        assert ("La navette ne passe plus le dimanche." in made) is there
    with pytest.raises(NotFound):
        reports.sheet(gathering.id, "inconnu", "pdf", language="fr")


def test_two_orders_written_apart_are_both_kept_until_somebody_chooses(
    gathering: Gathering, organiser: Holder, colleague: Holder
) -> None:
    editors.order(ReportOrdered(theme_ids=("t1", "t2")), by=organiser, operation_id=new_id())
    editors.order(ReportOrdered(theme_ids=("t2", "t1")), by=colleague, operation_id=new_id())
    edition = editions.read(gathering.id).edition
    page = drafts.page(organiser, edition)
    assert [one.theme_ids for one in page.order.wordings] == [("t1", "t2"), ("t2", "t1")]
    assert [one.theme_id for one in page.chapters] == ["t1", "t2"]
    second = page.order.wordings[1].position
    editors.settle(ReportSettled(part=page.order.part, position=second), by=organiser, operation_id=new_id())
    page = drafts.page(organiser, edition)
    assert len(page.order.wordings) == 1
    assert [one.theme_id for one in page.chapters] == ["t2", "t1"]
