"""Makers' own notes at rows. An addition: yesterday's code runs on.

Revision: 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "row_notes",
        sa.Column("maker_id", sa.Text(), nullable=False),
        sa.Column("pattern_id", sa.Text(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["maker_id"], ["makers.id"], name=op.f("fk_row_notes_maker_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["pattern_id"], ["patterns.id"], name=op.f("fk_row_notes_pattern_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("maker_id", "pattern_id", "cell", name=op.f("pk_row_notes")),
    )
    op.create_index(op.f("ix_row_notes_pattern_id"), "row_notes", ["pattern_id"], unique=False)


def downgrade() -> None:
    op.drop_table("row_notes")
