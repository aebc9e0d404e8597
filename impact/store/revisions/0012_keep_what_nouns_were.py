"""keep what nouns were."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "noun_editions",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("noun_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "noun_id", "version", name=op.f("pk_noun_editions")),
    )
