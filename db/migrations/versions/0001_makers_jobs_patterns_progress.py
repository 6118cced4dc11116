"""The first tables: makers and their devices, jobs with their log, patterns with their rows, progress.

Every job writes one pattern whose id is minted with it; every tick is one register of a maker on a pattern.
Revision: 0001, the first.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "makers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_makers")),
    )
    op.create_table(
        "devices",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("maker_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["maker_id"], ["makers.id"], name=op.f("fk_devices_maker_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_devices_token_hash")),
    )
    op.create_index(op.f("ix_devices_maker_id"), "devices", ["maker_id"], unique=False)
    op.create_table(
        "patterns",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("maker_id", sa.Text(), nullable=False),
        sa.Column("visibility", sa.Text(), server_default="link", nullable=False),
        sa.Column("sheet", sa.Text(), server_default="", nullable=False),
        sa.Column("head", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column(
            "pieces", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False
        ),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("model", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["maker_id"], ["makers.id"], name=op.f("fk_patterns_maker_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patterns")),
    )
    op.create_index(op.f("ix_patterns_maker_id"), "patterns", ["maker_id"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("maker_id", sa.Text(), nullable=False),
        sa.Column("pattern_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default="queued", nullable=False),
        sa.Column("phase", sa.Text(), nullable=True),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("options", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "metadata", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False
        ),
        sa.Column("attempt", sa.Integer(), server_default="0", nullable=False),
        sa.Column("crashes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rung_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_event", sa.Integer(), server_default="0", nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("rows_written", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rows_proven", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rows_expected", sa.Integer(), nullable=True),
        sa.Column("model", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("usage", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("error", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["maker_id"], ["makers.id"], name=op.f("fk_jobs_maker_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["pattern_id"], ["patterns.id"], name=op.f("fk_jobs_pattern_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index(
        "ix_jobs_mine",
        "jobs",
        ["maker_id", sa.literal_column("created_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(op.f("ix_jobs_pattern_id"), "jobs", ["pattern_id"], unique=False)
    op.create_index(
        "ix_jobs_queued", "jobs", ["created_at"], unique=False, postgresql_where=sa.text("status = 'queued'")
    )
    op.create_index(
        "ix_jobs_running", "jobs", ["lease_until"], unique=False, postgresql_where=sa.text("status = 'running'")
    )
    op.create_table(
        "pattern_rows",
        sa.Column("pattern_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("row", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["pattern_id"], ["patterns.id"], name=op.f("fk_pattern_rows_pattern_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pattern_id", "key", name=op.f("pk_pattern_rows")),
    )
    op.create_table(
        "progress",
        sa.Column("maker_id", sa.Text(), nullable=False),
        sa.Column("pattern_id", sa.Text(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["maker_id"], ["makers.id"], name=op.f("fk_progress_maker_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["pattern_id"], ["patterns.id"], name=op.f("fk_progress_pattern_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("maker_id", "pattern_id", "cell", name=op.f("pk_progress")),
    )
    op.create_index(op.f("ix_progress_pattern_id"), "progress", ["pattern_id"], unique=False)
    op.create_table(
        "progress_clamps",
        sa.Column("maker_id", sa.Text(), nullable=False),
        sa.Column("pattern_id", sa.Text(), nullable=False),
        sa.Column("op_id", sa.Text(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["maker_id"], ["makers.id"], name=op.f("fk_progress_clamps_maker_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pattern_id"], ["patterns.id"], name=op.f("fk_progress_clamps_pattern_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("maker_id", "pattern_id", "op_id", name=op.f("pk_progress_clamps")),
    )
    op.create_index(op.f("ix_progress_clamps_pattern_id"), "progress_clamps", ["pattern_id"], unique=False)
    op.create_table(
        "job_events",
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_events_job_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job_id", "seq", name=op.f("pk_job_events")),
    )


def downgrade() -> None:
    op.drop_table("job_events")
    op.drop_index(op.f("ix_progress_clamps_pattern_id"), table_name="progress_clamps")
    op.drop_table("progress_clamps")
    op.drop_index(op.f("ix_progress_pattern_id"), table_name="progress")
    op.drop_table("progress")
    op.drop_table("pattern_rows")
    op.drop_index("ix_jobs_running", table_name="jobs", postgresql_where=sa.text("status = 'running'"))
    op.drop_index("ix_jobs_queued", table_name="jobs", postgresql_where=sa.text("status = 'queued'"))
    op.drop_index(op.f("ix_jobs_pattern_id"), table_name="jobs")
    op.drop_index("ix_jobs_mine", table_name="jobs")
    op.drop_table("jobs")
    op.drop_index(op.f("ix_patterns_maker_id"), table_name="patterns")
    op.drop_table("patterns")
    op.drop_index(op.f("ix_devices_maker_id"), table_name="devices")
    op.drop_table("devices")
    op.drop_table("makers")
