"""The few pieces of raw XML that pandoc does not make: table of contents already filled, page break, footer.

Pure. Pandoc's own table of contents asks the reader, on opening, whether to update fields; this one is filled.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOOTER = "word/footer1.xml"
"""Where the footer stands in a DOCX."""

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Entry = tuple[int, str, str]
"""(level, anchor, title) of a line of the contents."""


def page_break(target: str) -> str:
    """Return a page break."""
    if target == "docx":
        return '<w:p><w:pPr><w:pStyle w:val="PageBreak"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'
    return '<text:p text:style-name="PageBreak"/>'


def glance(target: str, title: str, language: str) -> str:
    """Return a theme's heading where themes follow each other: a small form of the second level."""
    if target == "docx":
        run = f'<w:rPr><w:lang w:val="{language}"/></w:rPr><w:t xml:space="preserve">{escape(title)}</w:t>'
        return f'<w:p><w:pPr><w:pStyle w:val="Glance"/></w:pPr><w:r>{run}</w:r></w:p>'
    return f'<text:h text:style-name="Glance" text:outline-level="2">{escape(title)}</text:h>'


def whole_rows(xml: bytes) -> bytes:
    """Let no row of a DOCX's tables be cut by the end of a page."""
    text = xml.decode().replace("<w:tr>", "<w:tr><w:trPr><w:cantSplit/></w:trPr>")
    return text.replace("<w:trPr><w:cantSplit/></w:trPr><w:trPr>", "<w:trPr><w:cantSplit/>").encode()


def contents(target: str, title: str, entries: Sequence[Entry]) -> str:
    """Return the table of contents, filled, with a link on each line; the office suite can still update it."""
    return "".join(_word_contents(title, entries) if target == "docx" else _writer_contents(title, entries))


def _word_contents(title: str, entries: Sequence[Entry]) -> Iterator[str]:
    yield f'<w:p><w:pPr><w:pStyle w:val="ContentsTitle"/></w:pPr><w:r><w:t>{escape(title)}</w:t></w:r></w:p>'
    opening = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    closing = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    last = len(entries) - 1
    for rank, (level, anchor, text) in enumerate(entries):
        link = (
            f'<w:hyperlink w:anchor={quoteattr(anchor)} w:history="1">'
            f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:hyperlink>'
        )
        yield (
            f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>{opening if rank == 0 else ""}{link}'
            f"{closing if rank == last else ''}</w:p>"
        )


def _writer_contents(title: str, entries: Sequence[Entry]) -> Iterator[str]:
    yield (
        f'<text:table-of-content text:name={quoteattr(title)} text:protected="false"><text:table-of-content-source '
        'text:outline-level="2"/><text:index-body><text:index-title text:name="contents-title">'
        f'<text:p text:style-name="ContentsTitle">{escape(title)}</text:p></text:index-title>'
    )
    for level, anchor, text in entries:
        yield (
            f'<text:p text:style-name="Contents_20_{level}">'
            '<text:a xlink:type="simple" text:style-name="Index_20_Link" text:visited-style-name="Index_20_Link" '
            f"xlink:href={quoteattr('#' + anchor)}>{escape(text)}</text:a></text:p>"
        )
    yield "</text:index-body></text:table-of-content>"


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
