"""What a person read before confirming, carried by the form itself: sealed, so that what was read is what is done.

Pure. Nothing is kept on the server between the two: a preview that nobody confirms leaves nothing behind.
"""

from __future__ import annotations

from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from capture.errors import PreviewUnreadable, TooLarge

SEALED_MAX = 450_000
"""Characters that a form field brings back: beyond this a framework refuses it, and the person would learn it late."""


def seal(secret_key: str, body: Any, *, what: str, slug: str) -> str:
    """Return a JSON value as a form carries it; what it is for must be said again to open it.

    Raises:
        TooLarge: no form would bring it back.
    """
    sealed = str(URLSafeSerializer(secret_key, salt=f"restitution.preview.{what}").dumps([slug, body]))
    if len(sealed) > SEALED_MAX:
        raise TooLarge(limit=f"{SEALED_MAX // 1000} ko")
    return sealed


def unseal(secret_key: str, sealed: str, *, what: str, slug: str) -> Any:
    """Return the value that `seal` closed.

    Raises:
        PreviewUnreadable: we did not seal it, or not for this.
    """
    try:
        where, body = URLSafeSerializer(secret_key, salt=f"restitution.preview.{what}").loads(sealed)
    except (BadSignature, ValueError, TypeError) as error:
        raise PreviewUnreadable from error
    if where != slug:
        raise PreviewUnreadable
    return body
