"""The headers every answer carries: a strict content policy, one nonce per answer, nothing leaked by referrer."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g

_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def nonce() -> str:
    """Return this answer's nonce, made when first asked for."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def _protect(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _POLICY.format(nonce=nonce()))
    headers["X-Content-Type-Options"] = "nosniff"
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
