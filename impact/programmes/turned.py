"""Numbers that rules of a programme state: a programme with one of them moved, and how far two are apart."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeGuard

from impact.model import Programme

Place = tuple[str, ...]
"""Where something is stated: the rule's id, its name there, and for what, where it is stated for each."""


def numbers_of(programme: Programme) -> dict[Place, float]:
    """Return what rules state in numbers, by where they do."""
    return {place: float(stated) for place, stated in _stated(programme) if _is_number(stated)}


def turned(programme: Programme, place: Place, factor: float) -> Programme:
    """Multiply one number of `programme` by `factor`."""
    rule_id, name, *part = place
    moved = numbers_of(programme)[place] * factor

    def again(rule: Mapping[str, object]) -> dict[str, object]:
        before = rule.get(name)
        told = {**before, part[0]: moved} if isinstance(before, Mapping) else moved
        return {**rule, name: told} if rule["id"] == rule_id else {**rule}

    return replace(programme, rules=tuple(again(rule) for rule in programme.rules))


def apart(one: Programme, other: Programme) -> float:
    """Add up by what share numbers differ; infinite where rules differ in anything else."""
    stated, others = dict(_stated(one)), dict(_stated(other))
    if stated.keys() != others.keys():
        return float("inf")
    return sum(_difference(stated[place], others[place]) for place in stated)


def _difference(one: object, other: object) -> float:
    if one == other:
        return 0.0
    if not (_is_number(one) and _is_number(other)):
        return float("inf")
    return abs(one - other) / max(abs(one), abs(other))


def _stated(programme: Programme) -> Iterator[tuple[Place, object]]:
    for rule in programme.rules:
        for name, told in rule.items():
            each = told if isinstance(told, Mapping) else {"": told}
            for part, value in each.items():
                yield tuple(filter(None, (str(rule["id"]), name, part))), value


def _is_number(stated: object) -> TypeGuard[int | float]:
    return isinstance(stated, int | float) and not isinstance(stated, bool)
