"""Renders the report as DOCX: real styles, numbered headings, a filled table of contents; no repair, no prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synthesis.report import office, office_parts, styles
from synthesis.report.archive import settle

if TYPE_CHECKING:
    from synthesis.report.blocks import Report

_PATCHES = {
    "word/styles.xml": styles.restyle_word,
    "word/document.xml": lambda xml: office_parts.whole_rows(office_parts.with_footer(xml)),
    "[Content_Types].xml": office_parts.with_content_type,
    "word/_rels/document.xml.rels": office_parts.with_relation,
}


def render(report: Report) -> bytes:
    """Render the whole report; the same report is the same bytes."""
    footer = office_parts.footer(report.frame.page)
    return settle(
        office.pandoc(report, "docx"), report.status.clock(), patch=_PATCHES, add={office_parts.FOOTER: footer}
    )
