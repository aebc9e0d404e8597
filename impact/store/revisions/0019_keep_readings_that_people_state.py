"""keep readings of milestones that people state."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "milestone_readings",
        sa.Column("programme_id", sa.Text, nullable=False),
        sa.Column("milestone_id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("metric", sa.Text, nullable=False),
        sa.Column("on_day", sa.Text, nullable=False),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("stated_at", sa.Text, nullable=False),
        sa.Column("actor_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("programme_id", "milestone_id", "number", name="pk_milestone_readings"),
    )
