"""The editions' table: what the journal was read into, stored so that nothing is computed twice."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Float, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from capture.db import Base


class EditionRow(Base):
    """One edition. It can be thrown away: the same journal makes the same bytes again."""

    __tablename__ = "edition"

    gathering_id: Mapped[int] = mapped_column(ForeignKey("gathering.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger)
    """The journal position that was read."""
    formed: Mapped[bool] = mapped_column(Boolean)
    """True when the themes were formed anew, False when notes were only placed."""
    body: Mapped[bytes] = mapped_column(LargeBinary)
    """The edition as compressed JSON."""
    made_at: Mapped[int] = mapped_column(BigInteger)
    seconds: Mapped[float] = mapped_column(Float)
    """How long it took."""


class ThemesShown(Base):
    """When themes were last shown to a person, and nothing of whom: while somebody reads, they do not form again.

    It can be thrown away too: without it, nobody reads.
    """

    __tablename__ = "themes_shown"

    gathering_id: Mapped[int] = mapped_column(
        ForeignKey("gathering.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    at: Mapped[int] = mapped_column(BigInteger)
