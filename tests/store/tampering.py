"""Somebody who owns the database, and changes its log."""

from sqlalchemy import Engine, Executable, text

TRIGGERS = {
    "sqlite": ("audit_no_update", "audit_no_delete", "audit_no_replace"),
    "postgresql": ("audit_no_change ON audit", "audit_no_truncate ON audit"),
}


def tamper(engine: Engine, statement: Executable) -> None:
    """Do what the triggers forbid."""
    with engine.begin() as connection:
        for trigger in TRIGGERS[engine.dialect.name]:
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(statement)
