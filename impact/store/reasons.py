"""Reasons: why things were done, as the log has it. Said once, they are kept there alone."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from impact.store.audit import AUDIT
from impact.store.database import Database, reading

AT_ONCE = 500
"""So many subjects are asked about in one statement."""


def reasons(database: Database, subjects: Collection[str], *what: str) -> Mapping[str, str]:
    """Return why one of `what` was done to each of `subjects` last; where nobody said why, it is left out."""
    with reading(database) as connection:
        return reasons_within(connection, subjects, *what)


def reasons_within(connection: Connection, subjects: Collection[str], *what: str) -> Mapping[str, str]:
    """Return what `reasons` does, as a transaction sees it."""
    names, found = sorted(set(subjects)), dict[str, str]()
    for start in range(0, len(names), AT_ONCE):
        some = AUDIT.c.subject.in_(names[start : start + AT_ONCE]) & AUDIT.c.what.in_(what)
        asked = select(AUDIT.c.subject, AUDIT.c.reason).where(some).order_by(AUDIT.c.number)
        found |= {subject: reason for subject, reason in connection.execute(asked)}
    return {name: reason for name, reason in found.items() if reason}
