"""The signed cookie: ours is read again and again, anybody else's never."""

from __future__ import annotations

import pytest
from itsdangerous import BadSignature, SignatureExpired

from capture import cookies
from capture.cookies import MOST, PatientSigner


def test_a_signature_is_ours_each_time_and_a_touched_one_never() -> None:
    signer = PatientSigner("secret", salt="cookie")
    signed = signer.sign(b"seat")
    assert [signer.unsign(signed) for _ in range(3)] == [b"seat"] * 3
    for touched in (signed[:-1] + b"?", b"other" + signed[4:]):
        for _ in range(2):
            with pytest.raises(BadSignature):
                signer.unsign(touched)


def test_what_one_key_signed_is_not_ours_with_another() -> None:
    signed = PatientSigner("secret", salt="cookie").sign(b"seat")
    assert PatientSigner("secret", salt="cookie").unsign(signed) == b"seat"
    for key, salt in (("changed", "cookie"), ("secret", "token")):
        with pytest.raises(BadSignature):
            PatientSigner(key, salt=salt).unsign(signed)


def test_a_signature_known_to_be_ours_still_expires() -> None:
    class Later(PatientSigner):
        def get_timestamp(self) -> int:
            return super().get_timestamp() + 3_600

    signed = PatientSigner("secret").sign(b"seat")
    assert PatientSigner("secret").unsign(signed, max_age=60) == b"seat"
    with pytest.raises(SignatureExpired):
        Later("secret").unsign(signed, max_age=60)
    assert PatientSigner("secret").unsign(Later("secret").sign(b"seat"), max_age=60) == b"seat"


def test_what_is_remembered_does_not_grow_for_ever() -> None:
    signer = PatientSigner("secret")
    for number in range(MOST + 2):
        signer.unsign(signer.sign(str(number)))
    assert len(cookies._OURS) <= MOST
