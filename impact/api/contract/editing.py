"""Edit what was seen: the version that an `If-Match` names; what is sent is where the faults are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from impact.api.contract.refusals import Refused
from impact.errors import BadInput
from impact.i18n.problems import WHOLE


def expected(held: frozenset[str]) -> int | None:
    """Return the version that was seen; None where any will do."""
    if "*" in held:
        return None
    numbers = [int(tag) for tag in held if tag.isascii() and tag.isdigit()]
    if len(numbers) != 1:
        raise Refused("version_moved", 412)
    return numbers[0]


@contextmanager
def pointing_into_body() -> Iterator[None]:
    """Have what is refused of fields point at them in what was sent."""
    try:
        yield
    except BadInput as error:
        raise type(error)(replace(issue, file=WHOLE) for issue in error.issues) from error
