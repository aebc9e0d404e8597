"""keep which published plans anybody may look at."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "public_plans",
        sa.Column("plan_id", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name="pk_public_plans"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan_standings.plan_id"], name="fk_public_plans_plan_id"),
    )
