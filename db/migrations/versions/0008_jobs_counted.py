"""Which ended jobs the metrics have counted. An addition: yesterday's code runs on.

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("counted_at", sa.DateTime(timezone=True)))
    # Those that have ended before are not news: counted now, they would look like a rush.
    op.execute("UPDATE jobs SET counted_at = finished_at WHERE finished_at IS NOT NULL")
    op.create_index(
        "ix_jobs_uncounted",
        "jobs",
        ["finished_at"],
        postgresql_where=sa.text("finished_at IS NOT NULL AND counted_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_jobs_uncounted", table_name="jobs")
    op.drop_column("jobs", "counted_at")
