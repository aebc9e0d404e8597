"""When something happened, and names that sort by when they were given."""

from datetime import UTC, datetime
from secrets import token_hex
from time import time_ns


def moment() -> str:
    """Return the present time as the tables write it; texts of times sort as times do."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def fresh_id() -> str:
    """Return a name that nothing has yet; of two, the later given sorts after the earlier."""
    return f"{time_ns():016x}{token_hex(4)}"
