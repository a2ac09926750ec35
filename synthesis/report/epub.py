"""Renders the report as EPUB, for a reading tablet: chapters, a table of contents, the reader's own type size."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from synthesis.report import office
from synthesis.report.archive import settle

if TYPE_CHECKING:
    from synthesis.report.blocks import Report

_MODIFIED = re.compile(rb'(<meta property="dcterms:modified">)[^<]*(</meta>)')
_IDENTITY = re.compile(rb"urn:uuid:[0-9a-f-]{36}")


def render(report: Report) -> bytes:
    """Render the whole report; the same report is the same bytes."""
    on = report.status.clock()
    # Pandoc draws an identity at random: ours is made of the report's title, version and date.
    own = uuid.uuid5(uuid.NAMESPACE_URL, f"{report.title}\n{report.status.version}\n{on.isoformat()}").urn.encode()

    def settled(body: bytes) -> bytes:
        body = _IDENTITY.sub(own, body)
        return _MODIFIED.sub(rb"\g<1>" + f"{on.isoformat()}T00:00:00Z".encode() + rb"\g<2>", body)

    patch = {"EPUB/content.opf": settled, "EPUB/toc.ncx": settled, "EPUB/nav.xhtml": settled}
    return settle(office.pandoc(report, "epub"), on, patch=patch)
