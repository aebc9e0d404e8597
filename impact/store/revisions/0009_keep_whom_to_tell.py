"""Keep whom to tell, and what is to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables of hooks, of news, and of news on its way."""
    op.create_table(
        "webhooks",
        sa.Column("hook_id", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("kinds", sa.JSON, nullable=False),
        sa.Column("partner", sa.Text),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("ended_at", sa.Text),
        sa.PrimaryKeyConstraint("hook_id", name="pk_webhooks"),
    )
    op.create_table(
        "news",
        sa.Column("news_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("partner", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("news_id", name="pk_news"),
    )
    op.create_table(
        "postings",
        sa.Column("news_id", sa.Text, nullable=False),
        sa.Column("hook_id", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("due_at", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("tried_at", sa.Text),
        sa.ForeignKeyConstraint(["news_id"], ["news.news_id"], name="fk_postings_news_id"),
        sa.ForeignKeyConstraint(["hook_id"], ["webhooks.hook_id"], name="fk_postings_hook_id"),
        sa.PrimaryKeyConstraint("news_id", "hook_id", name="pk_postings"),
    )
    op.create_index("ix_postings_due", "postings", ["status", "due_at"])
    op.create_index("ix_postings_hook", "postings", ["hook_id", "news_id"])
