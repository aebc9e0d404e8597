"""find jobs by scenario."""

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_index("ix_jobs_scenario", "jobs", ["scenario", "job_id"])
