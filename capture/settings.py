"""Every setting, its default and what it is for; read once, from the environment, before anything starts.

Pure: the environment is a parameter. `docs/settings.md` lists each field, and a test keeps it so.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PREFIX = "RESTITUTION_"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an installation may change: each field is an environment variable, its name in capitals after PREFIX."""

    folder: str = field(default="var", metadata={"help": "Where the database and the secret key are kept."})
    database_url: str = field(
        default="",
        metadata={"help": "An SQLAlchemy address; empty means an SQLite file in the folder."},
    )
    secret_key: str = field(
        default="",
        metadata={"help": "Signs links and cookies; empty means a key made once and kept in the folder."},
    )
    public_url: str = field(
        default="",
        metadata={
            "help": "The address that phones open; printed in the QR codes. Empty means this machine's own "
            "address on its network."
        },
    )
    bind: str = field(default="0.0.0.0:8000", metadata={"help": "The address and port the web server listens on."})
    certificate: str = field(
        default="",
        metadata={"help": "A certificate in PEM, with its chain: the server then answers over https."},
    )
    certificate_key: str = field(default="", metadata={"help": "The key of the certificate, in PEM."})
    web_workers: int = field(default=1, metadata={"help": "Web processes; more than one wants PostgreSQL."})
    trusted_proxies: int = field(default=0, metadata={"help": "How many reverse proxies stand before the server."})
    language: str = field(default="fr", metadata={"help": "The language of a page when the reader asks for none."})
    timezone: str = field(default="Europe/Paris", metadata={"help": "The time zone of a programme that names none."})
    note_max: int = field(default=5000, metadata={"help": "The longest note, in characters."})
    body_max: int = field(default=5_000_000, metadata={"help": "The largest request body, in bytes."})
    writes_per_minute: int = field(default=240, metadata={"help": "Write requests per device and minute."})
    link_days: int = field(
        default=60, metadata={"help": "Days a join link stays valid after the gathering's last day."}
    )
    quiet_seconds: float = field(
        default=6.0,
        metadata={"help": "How long the notes must rest before the follower looks at all the themes again."},
    )
    stream_heartbeat: float = field(default=12.0, metadata={"help": "Seconds between two signs of life on a stream."})

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings from an environment.

        Raises:
            ValueError: a value is not of its type, or a name with our prefix is no setting.
        """
        known = {PREFIX + item.name.upper(): item for item in dataclasses.fields(cls)}
        values: dict[str, Any] = {}
        for name in sorted(environ):
            if not name.startswith(PREFIX):
                continue
            if name not in known:
                message = f"{name} is no setting. Known: {', '.join(sorted(known))}."
                raise ValueError(message)
            values[known[name].name] = _convert(name, environ[name], type(known[name].default))
        return cls(**values)

    def database(self) -> str:
        """Return the database address, the embedded one when none was given."""
        if self.database_url:
            return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
        return f"sqlite:///{Path(self.folder).absolute() / 'restitution.db'}"


def _convert(name: str, text: str, kind: type) -> Any:
    try:
        return kind(text)
    except ValueError as error:
        message = f"{name} is {text!r}, which is not of type {kind.__name__}."
        raise ValueError(message) from error
