"""keep what is known of products beside what partners say."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "product_records",
        sa.Column("product_id", sa.Text, nullable=False),
        sa.Column("dossier", sa.JSON, nullable=False),
        sa.Column("is_presumed", sa.Boolean, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("product_id", name="pk_product_records"),
    )
