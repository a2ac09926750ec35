"""Territories and their stories: what was told at each story session, and the proof that nothing of it is missing."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from capture.errors import ReportUnproved
from synthesis.corpus import Corpus, Note
from synthesis.report import compose, formats, proof
from synthesis.report.blocks import Block, Grid, Held, KindHeading, Paragraph, Quotation, Report, Section, Status
from synthesis.report.cited import References
from synthesis.results import Edition

TOLD = (
    Note(id="r1", workshop="r", kind="lever", text="À Brume, tout est parti d’un marché.", territories=("Brume",)),
    Note(id="r2", workshop="r", kind="obstacle", text="Puis l’usine ferma. " * 60 + "Fin.", territories=("brume",)),
    Note(id="r3", workshop="r", kind="", text="Nous avons failli renoncer."),
    Note(
        id="s1",
        workshop="s",
        kind="lever",
        text="Une chorale, à Val d’Aune et à Brume.",
        territories=("Val d’Aune", "Brume"),
    ),
    Note(id="w1", workshop="w", kind="condition", text="Faire comme à Brume.", territories=("Brume",)),
)
PROGRAMME = (
    Held(key="o", title="Ouverture", kind="plenary"),
    Held(
        key="r",
        title="Le récit de Brume",
        kind="story_table",
        day="2026-11-26",
        start="10:30",
        end="11:30",
        place="Grande halle",
    ),
    Held(key="w", title="Coopérer", kind="workshop"),
    Held(key="s", title="Le récit d’Aune", kind="story_table"),
    Held(key="t", title="Un récit sans notes", kind="story_table"),
)


@pytest.fixture
def corpus() -> Corpus:
    rooms = [(one.key, one.title) for one in PROGRAMME if one.kind != "plenary"]
    return Corpus.of(TOLD, workshops=rooms, title="Rencontre", position=5)


@pytest.fixture
def edition(make: Callable[..., Edition], corpus: Corpus) -> Edition:
    return make(corpus, ("t", "le départ", [note.id for note in TOLD]))


@pytest.fixture
def status(status: Status) -> Status:
    return replace(status, programme=PROGRAMME)


@pytest.fixture
def report(edition: Edition, corpus: Corpus, status: Status) -> Report:
    made = compose.compose(edition, corpus, status=status)
    proof.check(made, corpus, edition)
    return made


def section(report: Report, key: str) -> Section:
    return next(one for one in report.walk() if one.id == key)


def references(section: Section) -> list[str]:
    return [block.plain() for block in section.blocks if isinstance(block, References)]


def failures(report: Report, corpus: Corpus, edition: Edition) -> tuple[str, ...]:
    with pytest.raises(ReportUnproved) as caught:
        proof.check(report, corpus, edition)
    found: tuple[str, ...] = caught.value.data["failures"]
    return found


def changed(report: Report, key: str, change: Callable[[tuple[Block, ...]], tuple[Block, ...]]) -> Report:
    def again(one: Section) -> Section:
        blocks = change(one.blocks) if one.id == key else one.blocks
        return replace(one, blocks=blocks, sections=tuple(again(inner) for inner in one.sections))

    return replace(report, sections=tuple(again(one) for one in report.sections))


def test_each_story_session_has_its_part_in_the_order_of_the_programme(report: Report) -> None:
    part = section(report, "territoires")
    assert part.title == "Les territoires et leurs récits"
    assert [(one.id, one.title) for one in part.sections] == [
        ("recit-1", "Le récit de Brume"),
        ("recit-2", "Le récit d’Aune"),
        ("recit-3", "Un récit sans notes"),
        ("territoires-nommes", "Les territoires nommés"),
    ]


def test_a_story_says_where_and_when_and_gives_its_notes_whole_with_their_ids(report: Report) -> None:
    part = section(report, "recit-1")
    assert part.blocks[0] == Paragraph(
        text="A1 · Grande halle · 26 novembre, 10\u00a0h\u00a030\u00a0–\u00a011\u00a0h\u00a030 · "
        "3 notes\u202f: 1 levier, 1 frein, 1 autre note.",
        tone="aside",
    )
    quoted = [block for block in part.blocks if isinstance(block, Quotation)]
    assert [(one.reference, one.text, one.partial) for one in quoted] == [
        (note.id, note.text, False) for note in TOLD[:3]
    ]
    assert [one.mark for one in quoted] == ["Brume", "brume", ""]
    assert {one.origin for one in quoted} == {""}


def test_a_story_names_its_territories_with_their_notes_whatever_their_spelling(report: Report) -> None:
    assert references(section(report, "recit-1")) == ["Brume\u202f: A1 r1, r2"]
    assert references(section(report, "recit-2")) == ["Brume\u202f: A3 s1", "Val d’Aune\u202f: A3 s1"]


def test_a_story_is_told_in_the_order_its_notes_were_received(
    corpus: Corpus, edition: Edition, status: Status
) -> None:
    later = replace(corpus, received=("s1", "r3", "w1", "r1", "r2"))
    report = compose.compose(edition, later, status=status)
    proof.check(report, later, edition)
    quoted = [block.note_id for block in section(report, "recit-1").blocks if isinstance(block, Quotation)]
    assert quoted == ["r3", "r1", "r2"]


def test_a_story_without_notes_says_so(report: Report) -> None:
    assert section(report, "recit-3").blocks == (
        Paragraph(text="A4 · aucune note n’est parvenue de cette séance.", tone="aside"),
    )


def test_territories_are_counted_and_what_was_noted_elsewhere_is_quoted(report: Report) -> None:
    part = section(report, "territoires-nommes")
    (grid,) = (block for block in part.blocks if isinstance(block, Grid))
    assert [column.title for column in grid.columns] == ["Territoire", "Notes", "Dont récits", "Ateliers"]
    assert grid.rows == (("Brume", "4", "3", "A1, A2, A3"), ("Val d’Aune", "1", "1", "A3"))
    assert [block.text for block in part.blocks if isinstance(block, KindHeading)] == ["Brume", "Val d’Aune"]
    assert [block.note_id for block in part.blocks if isinstance(block, Quotation)] == ["w1"]
    assert references(part) == ["Dans les récits\u202f: A1 r1, r2 · A3 s1", "Dans les récits\u202f: A3 s1"]


def test_territories_without_stories_are_told_by_their_notes(make: Callable[..., Edition], status: Status) -> None:
    notes = [
        Note(id=f"n{rank}", text="Une note.", workshop="w", territories=(f"Lieu {rank % 7}",)) for rank in range(9)
    ]
    corpus = Corpus.of(notes)
    edition = make(corpus, ("t", "thème", [note.id for note in notes]))
    report = compose.compose(edition, corpus, status=replace(status, programme=()))
    proof.check(report, corpus, edition)
    assert section(report, "territoires").blocks == ()
    part = section(report, "territoires-nommes")
    assert [block.text for block in part.blocks if isinstance(block, KindHeading)] == [
        f"Lieu {one}" for one in range(5)
    ]
    assert references(part) == ["Lieu 5\u202f: A1 n5", "Lieu 6\u202f: A1 n6"]


@pytest.mark.parametrize(
    ("programme", "said"),
    [((), []), (PROGRAMME[:1], ["Le programme ne compte aucune séance de récits."])],
)
def test_a_gathering_without_stories_or_territories_says_so(
    make: Callable[..., Edition], status: Status, programme: tuple[Held, ...], said: list[str]
) -> None:
    corpus = Corpus.of([])
    report = compose.compose(make(corpus), corpus, status=replace(status, programme=programme))
    proof.check(report, corpus, make(corpus))
    part = section(report, "territoires")
    assert part.sections == ()
    assert [block.text for block in part.blocks if isinstance(block, Paragraph)] == [
        *said,
        "Aucune note ne nomme de territoire.",
    ]


@pytest.mark.parametrize("ending", sorted(formats.FORMATS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_format_tells_the_stories_in_both_languages(
    edition: Edition, corpus: Corpus, status: Status, ending: str, language: str
) -> None:
    report = compose.compose(edition, corpus, status=status, language=language)
    proof.check(report, corpus, edition)
    assert len(formats.render(report, ending)) > 1_000
    if ending in ("html", "md"):
        words = formats.render(report, ending).decode()
        assert all(one in words for one in ("Le récit de Brume", "Grande halle", TOLD[2].text))


def test_a_note_missing_from_its_story_or_told_twice_stops_it(
    report: Report, corpus: Corpus, edition: Edition
) -> None:
    short = changed(report, "recit-1", lambda blocks: (*blocks[:1], *blocks[2:]))
    assert "la note r1 figure 0 fois dans le récit « Le récit de Brume »" in failures(short, corpus, edition)
    twice = changed(report, "recit-1", lambda blocks: (*blocks, blocks[1]))
    assert "la note r1 figure 2 fois dans le récit « Le récit de Brume »" in failures(twice, corpus, edition)
    turned = changed(report, "recit-1", lambda blocks: (blocks[0], blocks[2], blocks[1], *blocks[3:]))
    assert "le récit « Le récit de Brume » n’est pas dans l’ordre où il a été noté" in failures(
        turned, corpus, edition
    )


def test_a_story_cut_short_or_left_out_stops_it(report: Report, corpus: Corpus, edition: Edition) -> None:
    def cut(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(
            replace(one, text=one.text[:10], partial=True) if isinstance(one, Quotation) else one for one in blocks
        )

    assert "la note r2 est coupée dans son récit" in failures(changed(report, "recit-1", cut), corpus, edition)
    left = replace(
        report,
        sections=tuple(replace(one, sections=()) if one.id == "territoires" else one for one in report.sections),
    )
    said = failures(left, corpus, edition)
    assert "0 récits sont donnés au lieu de 3" in said
    assert "le récit « Le récit d’Aune » n’a pas sa partie" in said
    assert "des territoires sont nommés et n’ont pas leur partie" in said


def test_a_territory_miscounted_or_without_its_notes_stops_it(
    report: Report, corpus: Corpus, edition: Edition
) -> None:
    def more(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(
            replace(one, rows=(("Brume", "9", *one.rows[0][2:]),)) if isinstance(one, Grid) else one for one in blocks
        )

    said = failures(changed(report, "territoires-nommes", more), corpus, edition)
    assert "les nombres du territoire « Brume » sont faux" in said
    assert "le tableau des territoires n’a pas tous les territoires, une fois chacun" in said

    def bare(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(one for one in blocks if not isinstance(one, References | Quotation))

    said = failures(changed(report, "territoires-nommes", bare), corpus, edition)
    assert "la note w1 nomme un territoire et n’est pas dans « Les territoires nommés »" in said
