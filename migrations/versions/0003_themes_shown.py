"""When themes were last shown to a person

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "themes_shown",
        sa.Column("gathering_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["gathering_id"], ["gathering.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("gathering_id"),
    )


def downgrade() -> None:
    op.drop_table("themes_shown")
