"""keep allocations in parts that are read without the rest."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "allocation_parts",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("first_row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("num_rows", sa.Integer(), nullable=False),
        sa.Column("first_producer", sa.Integer(), nullable=False),
        sa.Column("last_producer", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_allocation_parts_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "first_row", name=op.f("pk_allocation_parts")),
    )
    op.create_index(
        "ix_allocation_parts_producers", "allocation_parts", ["plan_id", "first_producer", "last_producer"]
    )
