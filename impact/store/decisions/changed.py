"""Where two documents differ."""

from collections.abc import Iterator


def changed(before: object, after: object) -> tuple[str, ...]:
    """Point at what differs between two JSON documents, by JSON pointers; a list differs as a whole."""
    return tuple(sorted(_changed(before, after, "")))


def _changed(before: object, after: object, place: str) -> Iterator[str]:
    if not (isinstance(before, dict) and isinstance(after, dict)):
        if before != after:
            yield place
        return
    for name in before.keys() | after.keys():
        step = f"{place}/{str(name).replace('~', '~0').replace('/', '~1')}"
        if name in before and name in after:
            yield from _changed(before[name], after[name], step)
        else:
            yield step
