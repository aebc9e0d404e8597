"""What an entry of the log changed, field by field: what is the same before and after is left out."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

NOTHING = "–"


@dataclass(frozen=True)
class Difference:
    """A field of a state, named by the way to it, and what it was and became."""

    field: str
    before: str
    after: str


def differences(before: str, after: str) -> tuple[Difference, ...]:
    """Compare two states, canonical JSON each; a state that is not there is ``null``."""
    earlier, later = dict(_fields(json.loads(before))), dict(_fields(json.loads(after)))
    names = [*later, *(name for name in earlier if name not in later)]
    return tuple(
        Difference(name, _said(earlier.get(name)), _said(later.get(name)))
        for name in names
        if earlier.get(name) != later.get(name)
    )


def _fields(state: object, way: tuple[str, ...] = ()) -> Iterator[tuple[str, object]]:
    """Give every field that is no state itself; things in a list go by their ids, where they have some."""
    within = _by_id(state) if isinstance(state, list) else state
    if isinstance(within, Mapping) and within:
        for name, value in within.items():
            yield from _fields(value, (*way, str(name)))
    elif way:
        yield ".".join(way), state


def _by_id(things: list[object]) -> Mapping[str, object] | None:
    by_id = {str(each["id"]): each for each in things if isinstance(each, Mapping) and "id" in each}
    return by_id if len(by_id) == len(things) else None


def _said(value: object) -> str:
    if value is None:
        return NOTHING
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
