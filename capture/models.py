"""The tables. The journal is the truth; the others are its projections and can be rebuilt from it.

Times are whole milliseconds since 1970 in UTC: the same on both engines. Texts have no length limit in the database:
a limit is a refusal with a sentence, not an error of the engine. A position is a counter per gathering.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from capture.db import Base


class Gathering(Base):
    """The two-day event; owns one journal."""

    __tablename__ = "gathering"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    title: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text, default="")
    timezone: Mapped[str] = mapped_column(Text, default="Europe/Paris")
    language: Mapped[str] = mapped_column(Text, default="fr")
    kinds: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    actors: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    journal_head: Mapped[int] = mapped_column(BigInteger, default=0)
    """The last position taken. Its update is the first statement of each write: it is also the lock."""
    final_position: Mapped[int] = mapped_column(BigInteger, default=0)
    validated_by: Mapped[str] = mapped_column(Text, default="")


class Entry(Base):
    """One operation at its position. Never changed; only its words can be redacted."""

    __tablename__ = "journal"
    __table_args__ = (UniqueConstraint("gathering_id", "operation_id"),)

    gathering_id: Mapped[int] = mapped_column(ForeignKey("gathering.id"), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    operation_id: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    author: Mapped[str] = mapped_column(Text, default="")
    """The seat and device that acted, "" for the machine or the command line."""
    at: Mapped[int] = mapped_column(BigInteger)
    device_at: Mapped[int | None] = mapped_column(BigInteger, default=None)
    """What the device's clock said; it informs, it never orders."""


class Session(Base):
    """A workshop, round table, plenary, story table, restitution or break of the programme."""

    __tablename__ = "session"

    gathering_id: Mapped[int] = mapped_column(ForeignKey("gathering.id"), primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    day: Mapped[str] = mapped_column(Text, default="")
    start: Mapped[str] = mapped_column(Text, default="")
    end: Mapped[str] = mapped_column(Text, default="")
    room: Mapped[str] = mapped_column(Text, default="")
    theme_of_day: Mapped[str] = mapped_column(Text, default="")
    takes_notes: Mapped[bool] = mapped_column(Boolean, default=True)
    questions: Mapped[list[str]] = mapped_column(JSON, default=list)
    order: Mapped[int] = mapped_column(default=0)
    expected_rapporteurs: Mapped[int] = mapped_column(default=0, server_default="0")
    open: Mapped[bool] = mapped_column(Boolean, default=True)
    withdrawn: Mapped[bool] = mapped_column(Boolean, default=False)


class Seat(Base):
    """A role in a gathering, reached by a signed link."""

    __tablename__ = "seat"

    gathering_id: Mapped[int] = mapped_column(ForeignKey("gathering.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    role: Mapped[str] = mapped_column(Text)
    sessions: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Keys of the sessions it writes in; empty for a role that needs none."""
    label: Mapped[str] = mapped_column(Text, default="")
    expires_at: Mapped[int] = mapped_column(BigInteger, default=0)
    revoked_position: Mapped[int] = mapped_column(BigInteger, default=0)


class Note(Base):
    """A note as it stands now."""

    __tablename__ = "note"
    __table_args__ = (
        ForeignKeyConstraint(["gathering_id", "session"], ["session.gathering_id", "session.key"]),
        Index("note_of_session", "gathering_id", "session", "position"),
    )

    gathering_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    session: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    actors: Mapped[list[str]] = mapped_column(JSON, default=list)
    territories: Mapped[list[str]] = mapped_column(JSON, default=list)
    author: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(BigInteger)
    """Where it was first written: its place in the workshop's list."""
    revision: Mapped[int] = mapped_column(BigInteger)
    """The position of the wording that stands."""
    at: Mapped[int] = mapped_column(BigInteger)
    wording_author: Mapped[str] = mapped_column(Text, default="")
    """Who wrote the wording that stands, and when: not always who wrote the note."""
    wording_at: Mapped[int] = mapped_column(BigInteger, default=0)
    removed: Mapped[bool] = mapped_column(Boolean, default=False)


class Rival(Base):
    """Another wording of a note, written from an older revision; kept until a person chooses."""

    __tablename__ = "rival"
    __table_args__ = (
        ForeignKeyConstraint(["gathering_id", "note_id"], ["note.gathering_id", "note.id"], ondelete="CASCADE"),
    )

    gathering_id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[str] = mapped_column(Text, primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    actors: Mapped[list[str]] = mapped_column(JSON, default=list)
    territories: Mapped[list[str]] = mapped_column(JSON, default=list)
    author: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[int] = mapped_column(BigInteger)
