"""Reports on patterns, and patterns taken down by whoever runs the site. Additions only: yesterday's code runs on.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("patterns", sa.Column("taken_down_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "reports",
        sa.Column("pattern_id", sa.Text(), nullable=False),
        sa.Column("maker_id", sa.Text(), nullable=False),
        sa.Column("row_key", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(["maker_id"], ["makers.id"], name=op.f("fk_reports_maker_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["pattern_id"], ["patterns.id"], name=op.f("fk_reports_pattern_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pattern_id", "maker_id", "row_key", name=op.f("pk_reports")),
    )
    op.create_index(op.f("ix_reports_maker_id"), "reports", ["maker_id"], unique=False)


def downgrade() -> None:
    op.drop_table("reports")
    op.drop_column("patterns", "taken_down_at")
