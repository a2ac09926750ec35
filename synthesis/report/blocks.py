"""The report as a tree of values: sections that hold blocks. No format appears here, and no choice either.

Pure. `compose` makes the tree, `proof` checks it against the notes, each renderer walks it. Two sorts of words are
kept apart all along: the frame's, which we wrote, and people's (notes, labels, titles), which nobody alters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from synthesis.corpus import Kind
from synthesis.report.cited import References

ROOM = "atelier-"
"""How the anchor of a workshop's notes begins, in the annexes: the one place where a note is at home."""

EARLIEST = date(1980, 1, 1)
"""The first day that a zip can hold."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Signed:
    """A person's own text, shown apart and signed."""

    text: str
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A session of the programme, as it was held."""

    key: str
    """The workshop's id when it takes notes."""
    title: str
    kind: str
    """"workshop", "round_table", "plenary", "story_table", "restitution" or "break"."""
    day: str = ""
    """ISO date; "" when it is not known."""
    start: str = ""
    """"HH:MM"."""
    end: str = ""
    place: str = ""
    """The hall or the street where it was held."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Frozen:
    """When somebody froze the version that a report tells, such as the one spoken from on stage."""

    on: date
    at: str
    """"HH:MM", by the gathering's clocks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """What only the person who asks for the report knows: which version it is, its date, and whether it is final."""

    version: str
    """What people call this state of the synthesis, such as an edition's number."""
    on: date | None
    """The report's date; None when nobody knows one, and then none is shown."""
    final: bool = False
    frozen: Frozen | None = None
    """Said on the first page of a version that was frozen; None for the synthesis as it goes on."""
    validated_by: str = ""
    """Who answers for a final report, as they wish to be named."""
    witnesses: tuple[Signed, ...] = ()
    """The texts of the grands témoins."""
    erased: int = 0
    """Notes erased since the synthesis was made: they are in no count and no quotation."""
    place: str = ""
    """Where the gathering was held."""
    programme: tuple[Held, ...] = ()
    """Its sessions in order, pauses left out; empty when the notes come from a file."""

    def clock(self) -> date:
        """Return the date that a file carries inside: the report's, else the first day that a zip can hold."""
        return self.on or EARLIEST


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """A paragraph of the frame."""

    text: str
    tone: str = "body"
    """"body", "lead" (larger), "aside" (smaller, quieter), "beneath" (an aside that stays with what follows)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quotation:
    """Words of a note, exactly as written."""

    note_id: str
    reference: str
    """The id as shown: the note's own when short, else the shortest ending that tells it apart."""
    text: str
    workshop: str
    kind: Kind
    kind_word: str
    """Said beside the kind's shape; "" under a heading that says it."""
    room: str = ""
    """The workshop's number in the report ("A3"), "" when there is no workshop."""
    mark: str = ""
    """A word on why it stands here ("voix isolée", a territory it names), "" most of the time."""
    partial: bool = False
    """True when the note says more than what is quoted."""
    within: bool = False
    """True under the heading of its own workshop, which is then not said again."""

    @property
    def origin(self) -> str:
        """The workshop to say beside it."""
        return "" if self.within else self.workshop


@dataclass(frozen=True, kw_only=True, slots=True)
class KindHeading:
    """The line that opens the notes of one kind: its shape, its word and how many notes."""

    kind: Kind
    """A note's kind, or what else a chapter opens: "theme", "lone", "agreement", "tension", "question", "actors"."""
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A table's column."""

    title: str
    numeric: bool = False
    people: bool = False
    """True when the cells are people's words (labels, titles, names), which stay in French."""
    quoted: bool = False
    """True when the cells are words of notes, exactly as written."""
    total: bool = False
    """True for a column that adds the others up."""
    hint: str = ""
    """The full title when the column shows a short one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A table with a caption; the first cell of each row names it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    heat: bool = False
    """True for a table of counts whose larger numbers stand on a stronger tint."""
    blank: bool = False
    """True for a table that people fill by hand: rows are tall and empty cells are meant."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A drawing, what it says in words, and its caption."""

    svg: str
    alternative: str
    caption: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Items:
    """A list of the frame's sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteLine:
    """A whole note, as written, with where it went."""

    note_id: str
    reference: str
    text: str
    kind: Kind
    kind_word: str
    theme: str
    """The label of its theme, "" when it waits to be placed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteList:
    """Whole notes, each exactly as written."""

    lines: tuple[NoteLine, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedText:
    """A person's own text, apart from the synthesis and signed."""

    text: str
    by: str


Block = Paragraph | Quotation | References | KindHeading | Grid | Picture | Items | NoteList | SignedText


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A numbered part of the report with its blocks, then the parts inside it."""

    id: str
    """A stable anchor, unique in the report: letters, digits, hyphens."""
    title: str
    number: str = ""
    """"3" or "3.2"; "" for a part without a number."""
    room: str = ""
    """A workshop's own number ("A3"), which stands instead."""
    people: bool = False
    """True when the title is people's words (a theme's label, a workshop's title)."""
    opens: bool = False
    """True when it begins a page, on paper."""
    brief: bool = False
    """True when it is to hold on one page, on paper."""
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """Give the section and all those inside it, in reading order."""
        yield self
        for inner in self.sections:
            yield from inner.walk()


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    """The first page: what it is, what it is not, and how sure."""

    title: str
    subtitle: str
    badge: str
    """"Provisoire" or "Validé par…"."""
    facts: tuple[tuple[str, str], ...]
    """(what, how many or when), in order."""
    statement: str
    """The sentence that says what the report is and is not."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """The few words that renderers need around the tree."""

    contents: str
    contents_pages: str
    quote_open: str
    quote_close: str
    more: str
    """What stands for the rest of a note quoted in part."""
    unplaced: str
    fact: str
    """How a fact of the cover is said on one line, with `{name}` and `{value}`."""
    table: str
    """A numbered caption, with `{n}` and `{caption}`."""
    figure: str
    framed: str
    """Said when a format cannot draw a character and frames it."""
    page: str
    """How a page number is said, with `{page}` and `{pages}`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """The whole report, before any format."""

    language: str
    """"fr" or "en": the frame's; notes stay in French."""
    title: str
    status: Status
    cover: Cover
    frame: Frame
    sections: tuple[Section, ...]

    def walk(self) -> Iterator[Section]:
        """Give every section, in reading order."""
        for section in self.sections:
            yield from section.walk()

    def homes(self) -> dict[str, str]:
        """Name the place of each note in the annexes by its rank: ids may hold any character, anchors may not."""
        found: dict[str, str] = {}
        for section in self.walk():
            if section.id.startswith(ROOM):
                lines = (line for block in section.blocks if isinstance(block, NoteList) for line in block.lines)
                for line in lines:
                    found.setdefault(line.note_id, f"note-{len(found) + 1}")
        return found

    def blocks(self) -> Iterator[Block]:
        """Give every block, in reading order."""
        for section in self.walk():
            yield from section.blocks
