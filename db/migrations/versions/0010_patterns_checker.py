"""Which compiler has judged a finished pattern last. An addition: yesterday's code runs on.

Revision: 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("patterns", sa.Column("checker", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("patterns", "checker")
