"""keep which milestones were warned of."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "milestone_warnings",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("milestone_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("warned_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("programme_id", "milestone_id", name=op.f("pk_milestone_warnings")),
    )
