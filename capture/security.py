"""The headers every answer carries: a strict content policy, one nonce per answer, nothing leaked by referrer."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g

_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

_NOTHING = "default-src 'none'; frame-ancestors 'none'"

_DATA = {"application/json", "text/event-stream"}
"""What a script reads and nobody opens as a page: it may load nothing at all, and that is said in few bytes, for where
the network keeps streams a phone asks nine hundred times an hour."""


def nonce() -> str:
    """Return this answer's nonce, made when first asked for."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def _protect(response: Response) -> Response:
    headers = response.headers
    headers["X-Content-Type-Options"] = "nosniff"
    if response.mimetype in _DATA:
        headers.setdefault("Content-Security-Policy", _NOTHING)
        headers.setdefault("Cache-Control", "no-store")
        return response
    headers.setdefault("Content-Security-Policy", _POLICY.format(nonce=nonce()))
    # A join link must not leak to another site; our own forms must say where they come from.
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    headers.setdefault("Cache-Control", "no-store")
    return response


def install(app: Flask) -> None:
    """Protect every answer, and give templates the nonce."""
    app.after_request(_protect)
    app.jinja_env.globals["csp_nonce"] = nonce
