"""Idempotency keys on jobs, how many jobs an address has asked for, and the keys that all processes share.

A wish sent twice under one key is one job, so the key stands on the job, unique for its maker. The pace of the last
jobs tells how long the queue is: hence an index of those that succeeded.
Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("idempotency_key", sa.Text(), nullable=True))
    op.add_column("jobs", sa.Column("request_hash", sa.LargeBinary(), nullable=True))
    op.add_column("jobs", sa.Column("rows_kept", sa.Integer(), server_default="0", nullable=False))
    op.create_index(
        "ix_jobs_idempotency_key",
        "jobs",
        ["maker_id", "idempotency_key"],
        unique=True,
        postgresql_where=sa.text("idempotency_key IS NOT NULL"),
    )
    op.create_index(
        "ix_jobs_succeeded", "jobs", ["finished_at"], unique=False, postgresql_where=sa.text("status = 'succeeded'")
    )
    op.create_table(
        "creations",
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_creations")),
    )
    op.create_table(
        "server_keys",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_server_keys")),
    )


def downgrade() -> None:
    op.drop_table("server_keys")
    op.drop_table("creations")
    op.drop_index("ix_jobs_succeeded", table_name="jobs", postgresql_where=sa.text("status = 'succeeded'"))
    op.drop_index("ix_jobs_idempotency_key", table_name="jobs")
    op.drop_column("jobs", "rows_kept")
    op.drop_column("jobs", "request_hash")
    op.drop_column("jobs", "idempotency_key")
