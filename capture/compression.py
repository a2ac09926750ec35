"""Sends pages and JSON compressed: a phone on a bad network waits for bytes, the server hardly works for it.

Streams are left alone (an event must leave at once), and so is what is compressed already.
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

WORTH = 1_000
"""Bytes under which compressing gains nothing."""

LEVEL = 5

_TEXTS = {"text/html", "text/css", "text/csv", "text/javascript", "application/json", "image/svg+xml"}


def _compress(response: Response) -> Response:
    if (
        response.mimetype not in _TEXTS
        or response.direct_passthrough
        or response.is_streamed
        or response.content_encoding
        or response.status_code != 200  # noqa: PLR2004 - whole answers only
    ):
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if request.accept_encodings["gzip"] and len(body) > WORTH:
        # No clock in the header: the same page is the same bytes.
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.content_encoding = "gzip"
    return response


def install(app: Flask) -> None:
    """Compress every answer that gains by it, after everything else has been said about it."""
    app.after_request(_compress)
