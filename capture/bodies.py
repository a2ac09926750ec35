"""Reads to its end the body of a request that is refused before anybody looked at it.

A server that closes a connection on bytes it has not read sends a reset, and the reset may overtake the answer: behind
a proxy that speaks one request per connection, a phone whose cookie was lost would never hear that it must open its
link again, and would send the same notes for ever.
"""

from __future__ import annotations

import contextlib

from flask import Flask, Response, request

PIECE = 65_536


def install(app: Flask) -> None:
    """Let no answer leave before its question was heard."""
    app.after_request(_hear_out)


def _hear_out(response: Response) -> Response:
    """Read what is left, up to a few times what we accept: nobody is listened to for ever."""
    # Only a server that marks the end of the body itself can be asked for what follows without waiting for it.
    if request.environ.get("wsgi.input_terminated"):
        left = 4 * (request.max_content_length or PIECE)
        # Whoever left in the middle of a sentence will not read our answer either.
        with contextlib.suppress(OSError):
            while left > 0 and (piece := request.environ["wsgi.input"].read(min(PIECE, left))):
                left -= len(piece)
    return response
