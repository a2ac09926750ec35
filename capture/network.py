"""Where this machine stands on its network: the address that phones open, and the certificate it answers with."""

from __future__ import annotations

import socket
import ssl
from dataclasses import replace
from urllib.parse import urlsplit

from capture.settings import Settings

ANYWHERE = {"", "0.0.0.0", "[::]"}  # noqa: S104 - what a person may ask for
LOOPBACK = "127.0.0.1"

NOWHERE = ("192.0.2.1", 9)
"""An address kept for documentation (RFC 5737): to choose the way there sends nothing."""


def own_address() -> str:
    """Return the IPv4 address of this machine on its network; its loopback when it is on none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # A datagram socket that is connected only looks up which way it would go.
            probe.connect(NOWHERE)
        except OSError:
            return LOOPBACK
        return str(probe.getsockname()[0])


def opened_at(bind: str, *, secure: bool) -> str:
    """Return the address at which phones open a server that listens on `bind`."""
    host, _, port = bind.rpartition(":")
    name = own_address() if host in ANYWHERE else host
    usual = "443" if secure else "80"
    return f"{'https' if secure else 'http'}://{name}{'' if port == usual else f':{port}'}"


def located(settings: Settings) -> Settings:
    """Return the settings with the address that phones open, found where none was given."""
    return settings if settings.public_url else replace(settings, public_url=_found(settings))


def moved(settings: Settings, bind: str) -> Settings:
    """Return the settings of a server that listens elsewhere; an address that was given stays."""
    given = settings.public_url != _found(settings)
    there = replace(settings, bind=bind)
    return there if given else replace(there, public_url=_found(there))


def found(settings: Settings) -> bool:
    """Say whether the address is this machine's own, which another network would change."""
    return settings.public_url == _found(settings)


def is_local(address: str) -> bool:
    """Say whether an address leads to this machine alone: no phone would open it."""
    name = urlsplit(address).hostname or ""
    return name == "localhost" or name.startswith("127.") or name == "::1"


def refuse_unreadable(settings: Settings) -> None:
    """Refuse to start with a certificate that cannot be used.

    Raises:
        CertificateError: the sentence names the files and what is wrong.
    """
    if not settings.certificate and not settings.certificate_key:
        return
    if not (settings.certificate and settings.certificate_key):
        raise CertificateError(settings, "il faut les deux réglages, ou aucun")
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
            settings.certificate, settings.certificate_key
        )
    except ssl.SSLError as error:
        raise CertificateError(
            settings, "ce ne sont pas un certificat et la clé qui lui répond, au format PEM"
        ) from error
    except OSError as error:
        raise CertificateError(settings, f"{error.filename or 'un des fichiers'} : {error.strerror}") from error


class CertificateError(RuntimeError):
    """The server cannot answer over TLS with these files."""

    def __init__(self, settings: Settings, reason: str) -> None:
        super().__init__(
            f"Le certificat (RESTITUTION_CERTIFICATE={settings.certificate!r}, "
            f"RESTITUTION_CERTIFICATE_KEY={settings.certificate_key!r}) ne peut pas servir : {reason}. "
            "Sans ces deux réglages, le serveur répond en http."
        )


def _found(settings: Settings) -> str:
    return opened_at(settings.bind, secure=bool(settings.certificate))
