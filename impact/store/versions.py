"""Versions of what people change: whoever changes it says which version they saw."""

from impact.errors import Conflict, Issue


def expect(name: str, found: int, expected: int | None) -> None:
    """Refuse to change what somebody else changed meanwhile; None says that any version will do.

    Raises
    ------
    Conflict
        The version found is another.
    """
    if expected is not None and found != expected:
        params: dict[str, str | int | float] = {"value": name, "found": found, "expected": expected}
        raise Conflict([Issue("version_moved", params=params)])
