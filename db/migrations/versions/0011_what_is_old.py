"""Indexes that find what is to be judged anew and what is kept for some days only: additions, yesterday's code runs on.

Made without stopping who writes: each by itself, outside a transaction. One that was interrupted lies there unusable,
so it is taken away first.
Revision: 0011, after 0010.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_patterns_checker": "patterns (checker) WHERE verdict IS NOT NULL AND deleted_at IS NULL",
    "ix_jobs_finished": "jobs (finished_at) WHERE finished_at IS NOT NULL",
    "ix_webhook_deliveries_ended": "webhook_deliveries (ended_at) WHERE ended_at IS NOT NULL",
    "ix_webhook_secrets_expires_at": "webhook_secrets (expires_at) WHERE expires_at IS NOT NULL",
    "ix_device_links_expires_at": "device_links (expires_at) WHERE expires_at IS NOT NULL",
    "ix_creations_since": "creations (since)",
}


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = 0")  # it waits for whoever reads, and nobody waits for it
        for name, of in INDEXES.items():
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            op.execute(f"CREATE INDEX CONCURRENTLY {name} ON {of}")
        op.execute("SET lock_timeout = '5s'")


def downgrade() -> None:
    with op.get_context().autocommit_block():
        for name in INDEXES:
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
