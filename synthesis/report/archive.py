"""Makes a zip-based document (XLSX, DOCX, ODT) the same bytes each time: fixed clock, fixed order, nothing else.

Pure: bytes in, bytes out.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

_STAMP = re.compile(rb"(<(?:dcterms:(?:created|modified)|dc:date|meta:creation-date)[^>]*>)[^<]*(</)")


def settle(
    data: bytes,
    on: date,
    *,
    patch: Mapping[str, Callable[[bytes], bytes]] | None = None,
    add: Mapping[str, bytes] | None = None,
) -> bytes:
    """Rewrite a zip with every date set to `on` at midnight, its members in the order they came.

    ODT needs `mimetype` first and stored; that is how pandoc orders it, so the order and the compression stay.

    Args:
        data: the zip.
        on: the date its members and its "created" and "modified" properties take; before 1980 it is 1980-01-01.
        patch: what to change in a member, by its name.
        add: members to put at the end, by their names.

    """
    edits = dict(patch or {})
    stamp = f"{on.isoformat()}T00:00:00Z".encode()
    moment = (max(on.year, 1980), on.month, on.day, 0, 0, 0)
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(settled, "w") as target:
        for member in source.infolist():
            body = source.read(member)
            if member.filename in edits:
                body = edits[member.filename](body)
            if member.filename in ("docProps/core.xml", "meta.xml"):
                body = _STAMP.sub(rb"\g<1>" + stamp + rb"\g<2>", body)
            target.writestr(_member(member.filename, moment, member.compress_type), body)
        for name, body in (add or {}).items():
            target.writestr(_member(name, moment, zipfile.ZIP_DEFLATED), body)
    return settled.getvalue()


def _member(name: str, moment: tuple[int, int, int, int, int, int], compression: int) -> zipfile.ZipInfo:
    fixed = zipfile.ZipInfo(name, moment)
    fixed.compress_type = compression
    fixed.external_attr = 0o644 << 16
    fixed.create_system = 3
    return fixed
