"""The few pieces of raw XML that pandoc does not make: table of contents already filled, page break, footer.

Pure. Pandoc's own table of contents asks the reader, on opening, whether to update fields; this one is filled.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from synthesis.report.blocks import Frame

FOOTER = "word/footer1.xml"
"""Where the footer stands in a DOCX."""

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

LEVELS = (1, 2)
"""The levels of headings that the contents hold."""

Entry = tuple[int, str, str]
"""(level, anchor, title) of a line of the contents."""


def page_break(target: str) -> str:
    """Return a page break."""
    if target == "docx":
        return '<w:p><w:pPr><w:pStyle w:val="PageBreak"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'
    return '<text:p text:style-name="PageBreak"/>'


def glance(target: str, title: str, language: str) -> str:
    """Return a heading inside a part: a small form of the second level, which the contents leave aside."""
    if target == "docx":
        run = f'<w:rPr><w:lang w:val="{language}"/></w:rPr><w:t xml:space="preserve">{escape(title)}</w:t>'
        return f'<w:p><w:pPr><w:pStyle w:val="Glance"/></w:pPr><w:r>{run}</w:r></w:p>'
    return f'<text:h text:style-name="Glance" text:outline-level="2">{escape(title)}</text:h>'


def whole_rows(xml: bytes) -> bytes:
    """Let no row of a DOCX's tables be cut by the end of a page."""
    text = xml.decode().replace("<w:tr>", "<w:tr><w:trPr><w:cantSplit/></w:trPr>")
    return text.replace("<w:trPr><w:cantSplit/></w:trPr><w:trPr>", "<w:trPr><w:cantSplit/>").encode()


def contents(target: str, frame: Frame, entries: Sequence[Entry]) -> str:
    """Return the table of contents, filled, with a link and a page on each line; the office suite can still update it.

    A page number is a field: Writer counts it as it lays the pages out, Word when its reader asks, and a line says so.
    """
    return "".join(_word_contents(frame, entries) if target == "docx" else _writer_contents(frame, entries))


def bookmark(target: str, anchor: str) -> str:
    """Return the name of a place that Word's fields may point at: it takes no hyphen."""
    return anchor.replace("-", "_") if target == "docx" else anchor


def _word_contents(frame: Frame, entries: Sequence[Entry]) -> Iterator[str]:
    yield _word_line("ContentsTitle", f"<w:r><w:t>{escape(frame.contents)}</w:t></w:r>")
    begun = _begun(' TOC \\o "1-2" \\h \\z ')
    for level, anchor, text in entries:
        page = f"{_begun(f' PAGEREF {anchor} {chr(92)}h ')}<w:r><w:t></w:t></w:r>{_ENDED}"
        link = (
            f'<w:hyperlink w:anchor={quoteattr(anchor)} w:history="1">'
            f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r><w:r><w:tab/></w:r>{page}</w:hyperlink>'
        )
        yield _word_line(f"TOC{level}", begun + link)
        begun = ""
    # What says how to fill the pages in belongs to what filling them in replaces.
    said = f'<w:r><w:t xml:space="preserve">{escape(frame.contents_pages)}</w:t></w:r>'
    yield _word_line("Aside", begun + said + _ENDED)


def _word_line(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


_ENDED = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _begun(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def _writer_contents(frame: Frame, entries: Sequence[Entry]) -> Iterator[str]:
    yield (
        f'<text:table-of-content text:name={quoteattr(frame.contents)} text:protected="false">'
        '<text:table-of-content-source text:outline-level="2" text:use-outline-level="false" '
        f'text:use-index-marks="false" text:use-index-source-styles="true">{_writer_levels()}'
        '</text:table-of-content-source><text:index-body><text:index-title text:name="contents-title">'
        f'<text:p text:style-name="ContentsTitle">{escape(frame.contents)}</text:p></text:index-title>'
    )
    for level, anchor, text in entries:
        yield (
            f'<text:p text:style-name="Contents_20_{level}">'
            '<text:a xlink:type="simple" text:style-name="Index_20_Link" text:visited-style-name="Index_20_Link" '
            f"xlink:href={quoteattr('#' + anchor)}>{escape(text)}<text:tab/><text:bookmark-ref "
            f'text:ref-name={quoteattr(anchor)} text:reference-format="page"></text:bookmark-ref></text:a></text:p>'
        )
    yield "</text:index-body></text:table-of-content>"


def _writer_levels() -> str:
    """Say how Writer makes the contents again: what a line holds, and from which styles lines come."""
    entry = (
        '<text:index-entry-link-start text:style-name="Index_20_Link"/><text:index-entry-text/>'
        '<text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/>'
        "<text:index-entry-link-end/>"
    )
    made = (
        f'<text:table-of-content-entry-template text:outline-level="{level}" text:style-name="Contents_20_{level}">'
        f"{entry}</text:table-of-content-entry-template>"
        for level in LEVELS
    )
    taken = (
        f'<text:index-source-styles text:outline-level="{level}">'
        f'<text:index-source-style text:style-name="Heading_20_{level}"/></text:index-source-styles>'
        for level in LEVELS
    )
    return "".join((*made, *taken))


def footer(sentence: str) -> bytes:
    """Return a DOCX footer that says the page, with `{page}` and `{pages}` as fields."""
    runs = []
    for part in re.split(r"(\{page\}|\{pages\})", sentence):
        field = {"{page}": "PAGE", "{pages}": "NUMPAGES"}.get(part)
        if field:
            runs.append(f'<w:fldSimple w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        elif part:
            runs.append(f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>')
    body = f'<w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="right"/></w:pPr>{"".join(runs)}</w:p>'
    return f'<?xml version="1.0" encoding="UTF-8"?><w:ftr xmlns:w="{_W}">{body}</w:ftr>'.encode()


def with_pages(xml: bytes, sentence: str) -> bytes:
    """Give an ODT's `styles.xml` a footer that says the page, with `{page}` and `{pages}` as fields."""
    fields = {
        "{page}": '<text:page-number text:select-page="current">1</text:page-number>',
        "{pages}": "<text:page-count>1</text:page-count>",
    }
    said = "".join(fields.get(part, escape(part)) for part in re.split(r"(\{page\}|\{pages\})", sentence))
    footer = f'<style:footer><text:p text:style-name="MP1">{said}</text:p></style:footer>'
    text = re.sub(r"<style:footer>.*?</style:footer>", lambda _: footer, xml.decode(), flags=re.DOTALL)
    return text.replace('fo:text-align="center"', 'fo:text-align="end"').encode()


def with_footer(xml: bytes) -> bytes:
    """Give `word/document.xml` its footer, A4 and margins."""
    text = xml.decode()
    head, section, tail = text.rpartition("<w:sectPr>")
    own = (
        f'{section}<w:footerReference xmlns:r="{_OFFICE}" w:type="default" r:id="rIdFooter"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1474" w:right="1361" w:bottom="1474" w:left="1474" w:header="709" w:footer="709" '
        'w:gutter="0"/>'
    )
    # The schema wants the footnote settings between the footer and the page's size.
    notes = re.match(r"\s*<w:footnotePr>.*?</w:footnotePr>", tail, flags=re.DOTALL)
    if notes:
        tail = tail[notes.end() :]
    return (head + own + tail).encode()


def with_content_type(xml: bytes) -> bytes:
    """Declare the footer in `[Content_Types].xml`."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
    return xml.replace(b"</Types>", f'<Override PartName="/{FOOTER}" ContentType="{kind}"/></Types>'.encode())


def with_relation(xml: bytes) -> bytes:
    """Link the document to its footer."""
    link = f'<Relationship Id="rIdFooter" Type="{_OFFICE}/footer" Target="footer1.xml"/></Relationships>'
    return xml.replace(b"</Relationships>", link.encode())
