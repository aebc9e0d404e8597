"""Take turns: what looks before it writes must not be overtaken in between."""

from enum import IntEnum

from sqlalchemy import Connection, func, select


class Turn(IntEnum):
    """What transactions take turns at."""

    AUDIT = 5_201_001
    ATTEMPTS = 5_201_002
    SECRETS = 5_201_003
    ADMINS = 5_201_004
    MIGRATION = 5_201_005
    CATALOG = 5_201_006
    LISTINGS = 5_201_007
    """Of one partner."""
    PLAN = 5_201_008
    PUBLISHING = 5_201_009
    """Of one programme in one period."""
    RECEIVING = 5_201_010
    """Of one table."""


def take_turn(connection: Connection, turn: Turn, of: str = "") -> None:
    """Wait until no other transaction has the turn (that of one thing), and keep it until this one ends.

    SQLite has one writer at a time as it is.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(int(turn), func.hashtext(of))))
