"""The signed cookie that remembers this browser's seats, read without faith in the server's own clock.

The signature carries the moment it was made, and a library that finds that moment in the future calls it expired. A
laptop whose clock is set back (a flat battery, a venue's time server) would then forget every seat of every phone.

Answers on a slow network do not arrive in the order of their questions. A question asked without a cookie may be
answered after the link was opened again: if that answer brought a cookie of its own, it would take the seat's place.
So an answer that knows of no seat brings none.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import want_bytes

MOST = 5_000
"""Signatures remembered; beyond, all are forgotten and found again."""

_OURS: set[tuple[bytes, ...]] = set()


class PatientSigner(TimestampSigner):
    """Takes a signature from the future for a fresh one; an old one still expires.

    A phone shows the same cookie with each note: what was found to be ours once is ours, without computing it again.
    """

    def verify_signature(self, value: str | bytes, sig: str | bytes) -> bool:
        """Say whether we signed this."""
        asked = (*self.secret_keys, self.salt, want_bytes(value), want_bytes(sig))
        if asked in _OURS:
            return True
        ours = super().verify_signature(value, sig)
        if ours:
            if len(_OURS) >= MOST:
                _OURS.clear()
            _OURS.add(asked)
        return ours

    def unsign(self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False) -> Any:
        """Return the value, whatever the clock says, as long as it is not older than `max_age` seconds.

        Raises:
            BadSignature: we did not sign it.
            SignatureExpired: it is older.
        """
        try:
            return super().unsign(signed_value, max_age, return_timestamp)  # type: ignore[call-overload]
        except SignatureExpired as expired:
            signed = expired.date_signed
            if signed is None or signed <= self.timestamp_to_datetime(self.get_timestamp()):
                raise
            return super().unsign(signed_value, None, return_timestamp)  # type: ignore[call-overload]


class PatientCookies(SecureCookieSessionInterface):
    """Flask's own cookies, with our patience."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs and reads a cookie."""
        serializer = super().get_signing_serializer(app)
        if serializer is not None:
            serializer.signer = PatientSigner
        return serializer

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie, unless it would say nothing that a browser without a seat must remember."""
        if session.modified and not (session.get("seats") or session.get("language")):
            response.vary.add("Cookie")
            return
        super().save_session(app, session, response)
