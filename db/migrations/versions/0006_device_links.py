"""Links: one-time codes by which one more device becomes a maker's, and the recovery code they keep on paper.

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "device_links",
        sa.Column("maker_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["maker_id"], ["makers.id"], name=op.f("fk_device_links_maker_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_device_links_device_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("maker_id", "kind", name=op.f("pk_device_links")),
        sa.UniqueConstraint("locator", name=op.f("uq_device_links_locator")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_device_links_code_hash")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_device_links_secret_hash")),
    )
    op.create_index(op.f("ix_device_links_device_id"), "device_links", ["device_id"], unique=False)


def downgrade() -> None:
    op.drop_table("device_links")
