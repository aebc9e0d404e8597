"""JSON that is written already, for what goes from one process to another or into more than one table."""

from pydantic_core import to_json


class Written(str):
    """JSON as it is kept: nothing writes it anew."""

    __slots__ = ()


def written(value: object) -> Written:
    """Write JSON, some times faster than the standard library does, and Chinese as it is."""
    return Written(to_json(value), "utf-8")
