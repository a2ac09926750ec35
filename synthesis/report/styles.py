"""How the office documents look: one table of styles, written as Word's XML and as OpenDocument's.

Pure. Pandoc makes the structure (real headings, tables, lists); its own styles are then replaced by these under the
same names, so that whoever edits the document finds « Titre 1 » or a kind's quotation in the list of styles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

FONT = "Georgia"
"""A serif that office machines have; where it is missing the office suite takes its own."""

BRIEF = "Brief"
"""How the name of a style ends in its smaller form."""

QUIET, RULE, OBSTACLE, LEVER, CONDITION, OTHER = "4D4B46", "C9C6BF", "8A2B00", "00573F", "0B4A86", "3D3B36"


LINE = 453.5
"""How long a line of the page is, in points: A4 less its margins, the same in both formats."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """A paragraph style; lengths in points."""

    word: str
    """Its id in a DOCX."""
    writer: str
    """Its name in an ODT."""
    title: str
    """Its name as people read it."""
    size: float = 10.5
    before: float = 0.0
    after: float = 6.0
    indent: float = 0.0
    colour: str = "1D1D1B"
    bold: bool = False
    bar: str = ""
    """The colour of a rule along its left side."""
    keep: bool = False
    """Stays on the page of what follows."""
    outline: int = 0
    """The level of a heading, 0 for none."""
    end: bool = False
    """Set on the right, for a column of numbers."""
    led: bool = False
    """A line of the contents: its page stands on the right."""
    like: int = 0
    """The level of the heading that it is a smaller form of, 0 for none."""


def _heading(level: int, size: float, before: float) -> Style:
    name = f"heading {level}"
    return Style(
        word=f"Heading{level}",
        writer=f"Heading_20_{level}",
        title=name,
        size=size,
        before=before,
        after=6,
        bold=True,
        keep=True,
        outline=level,
    )


def _quotation(kind: str, colour: str) -> tuple[Style, Style]:
    """Return the style of a kind's quotations, and its smaller form."""
    name = f"Quotation{kind.capitalize()}"
    full = Style(word=name, writer=name, title=name, size=11, before=5, after=2, indent=14, bar=colour, keep=True)
    return full, brief(full, size=10, before=2, after=1)


def brief(style: Style, *, size: float, before: float, after: float) -> Style:
    """Return the smaller form of a style, for what holds on one page."""
    name = f"{style.word}{BRIEF}"
    return replace(style, word=name, writer=name, title=name, size=size, before=before, after=after)


def _cells(name: str, size: float) -> tuple[Style, Style]:
    """Return the style of the cells of a table with many columns, for words and for numbers."""
    words = Style(word=name, writer=name, title=name, size=size, before=1.5, after=1.5, indent=2)
    ends = f"{name}End"
    return words, replace(words, word=ends, writer=ends, title=ends, end=True, indent=0)


_ASIDE = Style(word="Aside", writer="Aside", title="Aside", size=9, after=3, colour=QUIET)
_SOURCE = Style(word="Source", writer="Source", title="Source", size=8.5, after=4, indent=14, colour=QUIET)

STYLES = (
    Style(word="BodyText", writer="Text_20_body", title="Body Text", before=6),
    Style(word="FirstParagraph", writer="First_20_paragraph", title="First Paragraph"),
    Style(word="Compact", writer="Table_20_Contents", title="Compact", size=9.5, before=1.5, after=1.5, indent=2),
    Style(word="Fact", writer="Fact", title="Fact", size=9.5, before=1.5, after=1.5),
    Style(word="", writer="Table_20_Heading", title="Table Heading", size=9.5, before=1.5, after=1.5, bold=True),
    Style(word="Title", writer="Title", title="Title", size=30, before=60, after=4, bold=True),
    Style(word="Subtitle", writer="Subtitle", title="Subtitle", size=15, after=18, colour=QUIET),
    _heading(1, 20, 16),
    _heading(2, 14.5, 18),
    _heading(3, 11.5, 14),
    _heading(4, 10.5, 12),
    _heading(5, 10.5, 10),
    Style(word="Glance", writer="Glance", title="Glance", size=11, before=6, after=1, bold=True, keep=True, like=2),
    *_cells("Small", 8),
    *_cells("Dense", 6),
    Style(word="TableCaption", writer="TableCaption", title="Table Caption", size=9.5, before=12, after=4, keep=True),
    Style(word="ImageCaption", writer="FigureCaption", title="Image Caption", size=9.5, after=10, colour=QUIET),
    Style(word="Badge", writer="Badge", title="Badge", size=11, after=14, colour=OBSTACLE, bold=True),
    Style(word="Statement", writer="Statement", title="Statement", size=12.5, before=14, after=10),
    Style(word="Warning", writer="Warning", title="Warning", before=4, after=8, indent=10, bar=OBSTACLE),
    Style(word="Lead", writer="Lead", title="Lead", size=11.5, keep=True),
    _ASIDE,
    brief(_ASIDE, size=8.5, before=0, after=1),
    Style(word="Beneath", writer="Beneath", title="Beneath", size=9, after=4, colour=QUIET, keep=True),
    *_quotation("lever", LEVER),
    *_quotation("obstacle", OBSTACLE),
    *_quotation("condition", CONDITION),
    *_quotation("other", OTHER),
    _SOURCE,
    brief(_SOURCE, size=8, before=0, after=1),
    Style(word="NoteText", writer="NoteText", title="NoteText", before=6, after=0, keep=True),
    Style(word="NoteSource", writer="NoteSource", title="NoteSource", size=8.5, after=4, colour=QUIET),
    Style(word="Testimony", writer="Testimony", title="Testimony", indent=14, bar="5B3A8C"),
    Style(
        word="ContentsTitle", writer="ContentsTitle", title="ContentsTitle", size=20, after=10, bold=True, keep=True
    ),
    Style(word="TOC1", writer="Contents_20_1", title="toc 1", before=5, after=1, led=True),
    Style(word="TOC2", writer="Contents_20_2", title="toc 2", size=9.5, after=1, indent=18, led=True),
    Style(word="PageBreak", writer="PageBreak", title="PageBreak", size=2, after=0),
    Style(word="Footer", writer="Footer", title="footer", size=8.5, colour=QUIET),
)
"""Every style, in the order they are declared."""


def word(style: Style) -> str:
    """Write a style as WordprocessingML."""
    side = f'<w:left w:val="single" w:sz="12" w:space="8" w:color="{style.bar}"/>'
    room = f'w:before="{_twips(style.before)}" w:after="{_twips(style.after)}"'
    paragraph = (
        ("<w:keepNext/>" if style.keep else "")
        + (f"<w:pBdr>{side}</w:pBdr>" if style.bar else "")
        # No dots: until its reader asks for the pages, they would lead nowhere.
        + (f'<w:tabs><w:tab w:val="right" w:pos="{_twips(LINE)}"/></w:tabs>' if style.led else "")
        + f'<w:spacing {room} w:line="276" w:lineRule="auto"/>'
        + (f'<w:ind w:left="{_twips(style.indent)}"/>' if style.indent else "")
        + ('<w:jc w:val="right"/>' if style.end else "")
        + (f'<w:outlineLvl w:val="{style.outline - 1}"/>' if style.outline else "")
    )
    half_points = round(style.size * 2)
    parent = f"Heading{style.like}" if style.like else "Normal"
    letters = (
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>'
        + ("<w:b/>" if style.bold else "")
        + f'<w:color w:val="{style.colour}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    )
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.word}"><w:name w:val="{style.title}"/>'
        f'<w:basedOn w:val="{parent}"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>'
    )


def _twips(points: float) -> int:
    return round(points * 20)


WORD_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/>'
    "<w:qFormat/>"
    f'<w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="{RULE}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:color="{RULE}"/></w:tblBorders>'
    '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
    '<w:bottom w:val="single" w:sz="8" w:color="1D1D1B"/></w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr>'
    "</w:tblStylePr>"
    "</w:style>"
)


def restyle_word(xml: bytes) -> bytes:
    """Replace pandoc's styles by ours in a DOCX's `word/styles.xml`."""
    text = xml.decode()
    ours = [style for style in STYLES if style.word]
    for key in [*(style.word for style in ours), "Table"]:
        text = re.sub(rf'<w:style\b[^>]*w:styleId="{key}"[^>]*>.*?</w:style>', "", text, flags=re.DOTALL)
    added = "".join(word(style) for style in ours) + WORD_TABLE
    return text.replace("</w:styles>", added + "</w:styles>").encode()


def writer(style: Style) -> str:
    """Write a style as OpenDocument."""
    outline = f' style:default-outline-level="{style.outline}"' if style.outline else ""
    border = f' fo:border-left="1.5pt solid #{style.bar}" fo:padding-left="8pt"' if style.bar else ""
    page = ' fo:break-before="page"' if style.writer == "PageBreak" else ""
    keep = ' fo:keep-with-next="always"' if style.keep else ""
    side = ' fo:text-align="end"' if style.end else ""
    weight = "bold" if style.bold else "normal"
    parent = f"Heading_20_{style.like}" if style.like else "Standard"
    shown = style.title.capitalize() if style.outline else style.title
    return (
        f'<style:style style:name="{style.writer}" style:display-name="{shown}" style:family="paragraph" '
        f'style:parent-style-name="{parent}" style:next-style-name="Text_20_body"{outline}>'
        f'<style:paragraph-properties fo:margin-top="{style.before}pt" fo:margin-bottom="{style.after}pt" '
        f'fo:margin-left="{style.indent}pt" fo:line-height="115%"{border}{page}{keep}{side}>{_writer_stop(style)}'
        "</style:paragraph-properties>"
        f'<style:text-properties fo:font-family="{FONT}" fo:font-size="{style.size}pt" fo:color="#{style.colour}" '
        f'fo:font-weight="{weight}" fo:font-style="normal"/></style:style>'
    )


def _writer_stop(style: Style) -> str:
    """Return the place of a contents line's page, counted from its indent."""
    if not style.led:
        return ""
    dots = 'style:type="right" style:leader-style="dotted" style:leader-text="."'
    place = f'style:position="{LINE - style.indent}pt"'
    return f"<style:tab-stops><style:tab-stop {place} {dots}/></style:tab-stops>"


def restyle_writer(xml: bytes) -> bytes:
    """Replace pandoc's styles by ours in an ODT's `styles.xml`, and set A4."""
    text = xml.decode()
    for style in STYLES:
        named = rf'<style:style\b[^>]*style:name="{style.writer}"'
        text = re.sub(rf"{named}[^>]*/>|{named}[^>]*(?<!/)>.*?</style:style>", "", text, flags=re.DOTALL)
    added = "".join(writer(style) for style in STYLES)
    added += '<style:style style:name="Index_20_Link" style:display-name="Index Link" style:family="text"/>'
    text = text.replace("</office:styles>", added + "</office:styles>", 1)
    for name, value in (
        ("page-height", "29.7cm"),
        ("page-width", "21cm"),
        ("margin-left", "2.6cm"),
        ("margin-right", "2.4cm"),
        ("margin-top", "2.2cm"),
        ("margin-bottom", "1.8cm"),
    ):
        text = re.sub(rf'(<style:page-layout-properties[^>]*fo:{name}=")[^"]*"', rf'\g<1>{value}"', text)
    return text.encode()


def declare(xml: bytes) -> bytes:
    """Name the parts of an ODT in its manifest by the type that the standard gives them."""
    return re.sub(
        rb'(manifest:media-type=")application/xml("\s+manifest:full-path="(?:content|styles|meta|settings)\.xml")'
        rb'|(manifest:full-path="(?:content|styles|meta|settings)\.xml"\s+manifest:media-type=")application/xml(")',
        lambda found: (found[1] or found[3]) + b"text/xml" + (found[2] or found[4]),
        xml,
    )


def rule_cells(xml: bytes) -> bytes:
    """Rule the rows of the tables in an ODT's `content.xml`, strongly under the header; no row is cut by a page."""
    # Pandoc's frames descend from a style that it defines nowhere.
    text = xml.decode().replace(' style:parent-style-name="Formula"', "")
    row = (
        '<style:style style:name="WholeRow" style:family="table-row">'
        '<style:table-row-properties fo:keep-together="always"/></style:style>'
    )
    text = text.replace("</office:automatic-styles>", f"{row}</office:automatic-styles>", 1)
    text = text.replace("<table:table-row>", '<table:table-row table:style-name="WholeRow">')
    for name, line in (("TableRowCell", f"0.5pt solid #{RULE}"), ("TableHeaderRowCell", "1pt solid #1D1D1B")):
        room = 'fo:padding-top="2pt" fo:padding-bottom="2pt" fo:padding-left="1.2pt" fo:padding-right="1.2pt"'
        cell = f'<style:table-cell-properties fo:border="none" fo:border-bottom="{line}" {room}/>'
        whole = rf'(<style:style style:name="{name}"[^>]*>).*?(</style:style>)'
        text = re.sub(whole, rf"\g<1>{cell}\g<2>", text, count=1, flags=re.DOTALL)
    return text.encode()
