"""keep which partners are retired, and every one that something was kept of."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
NAMING = ("imports", "listings", "users", "tokens")
"""Tables that name partners, whether or not they were added."""


def upgrade() -> None:
    with op.batch_alter_table("partners") as table:
        table.add_column(sa.Column("retired_at", sa.Text(), nullable=True))
    connection = op.get_bind()
    named = sa.union(*(sa.select(_table(name, "partner").c.partner) for name in NAMING))
    partners = _table("partners", "partner_id", "name_zh", "name_en", "version", "changed_at")
    known = set(connection.execute(sa.select(partners.c.partner_id)).scalars())
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    rows = [
        {"partner_id": name, "name_zh": name, "name_en": name, "version": 1, "changed_at": now}
        for name in connection.execute(named).scalars()
        if name and name not in known
    ]
    if rows:
        connection.execute(sa.insert(partners), rows)


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *map(sa.column, columns))
