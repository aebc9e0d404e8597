"""Edit what was seen: the version that an `If-Match` names."""

from impact.api.contract.refusals import Refused


def expected(held: frozenset[str]) -> int | None:
    """Return the version that was seen; None where any will do."""
    if "*" in held:
        return None
    numbers = [int(tag) for tag in held if tag.isascii() and tag.isdigit()]
    if len(numbers) != 1:
        raise Refused("version_moved", 412)
    return numbers[0]
