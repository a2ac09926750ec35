"""Renders the report as ODT: real styles, numbered headings, a filled table of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synthesis.report import office, office_parts, styles
from synthesis.report.archive import settle

if TYPE_CHECKING:
    from synthesis.report.blocks import Report

_PATCHES = {
    "content.xml": styles.rule_cells,
    "META-INF/manifest.xml": styles.declare,
}


def render(report: Report) -> bytes:
    """Render the whole report; the same report is the same bytes."""
    patch = {
        **_PATCHES,
        "styles.xml": lambda xml: office_parts.with_pages(styles.restyle_writer(xml), report.frame.page),
    }
    return settle(office.pandoc(report, "odt"), report.status.clock(), patch=patch)
