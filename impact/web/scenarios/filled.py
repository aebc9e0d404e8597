"""What the form of a scenario says: numbers within sentences, rules added and taken away, and locks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from flask import request

from impact.errors import BadInput, Issue, refuse_if_any
from impact.i18n import label
from impact.i18n.sentences import AMOUNTS, SHARES
from impact.model import Catalog
from impact.store.decisions.scenario import Asked, Lock

Spec = Mapping[str, object]
OFFERED: tuple[Spec, ...] = (
    {"id": "new-floor", "kind": "group_floor", "group": {}, "share": 0.0},
    {"id": "new-cap", "kind": "group_cap", "group": {}, "share": 0.0},
    {"id": "new-everyone", "kind": "producer_floor", "of_capacity": 0.0},
    {"id": "new-dominance", "kind": "placement_cap", "share": 0.0},
    {"id": "new-quality", "kind": "quality_floor", "by": "channel", "minimum": 0.0},
)
"""Rules that can be added: each is once its number is filled in."""
STEPS_OFFERED = (5, 11, 21)
"""In how many steps a rule can be swept from the page."""
GROUPS = (
    *(("tier", value) for value in ("1+2", "1", "2")),
    *(("type", value) for value in ("specialty", "belt", "firm", "craft", "publisher")),
    *(("size", value) for value in ("small", "middle", "head")),
)
"""Groups that a rule can be added for."""


def groups(lang: str) -> list[tuple[str, str]]:
    """Name the groups as the form sends them and as people read them."""
    return [(f"{name}={value}", label(name, value, lang)) for name, value in GROUPS]


def sweepable(asked: Asked) -> dict[str, Spec]:
    """Return the rules of what is asked that have one number to move, by id."""
    rules = asked.programme.rules
    return {str(rule["id"]): rule for rule in rules if [*map(_is_whole, numbers_of(rule))] == [True]}


def _is_whole(number: tuple[str, float]) -> bool:
    """Tell whether a number is its rule's only limit, and not one of several."""
    return "." not in number[0]


def asked_by_form(before: Asked) -> Asked:
    """Return what is asked once what the form says is done, but for a lock that it adds.

    Raises
    ------
    BadInput
        A number is none.
    """
    gone = set(request.form.getlist("remove"))
    kept = [_set(rule) for rule in before.programme.rules if rule["id"] not in gone]
    added = list(_added({str(rule["id"]) for rule in kept}))
    locks = tuple(lock for lock in before.locks if lock.rule["id"] not in gone)
    return replace(before, programme=replace(before.programme, rules=(*kept, *added)), locks=locks)


def wants_lock() -> bool:
    """Tell whether the form asks for a new lock."""
    return bool(_text("lock.product") or _text("lock.placement"))


def asked_of(lock: Lock) -> dict[str, object]:
    """Return what a job is asked that prices `lock`."""
    return {"rule": dict(lock.rule), "reason": lock.reason, "until": lock.until}


def _set(rule: Spec) -> dict[str, object]:
    """Return a rule with the numbers that stand in its sentence."""
    changed = dict(rule)
    for name, before in numbers_of(rule):
        whole, _, part = name.partition(".")
        figure, each = _figure(f"{rule['id']}.{name}", before), changed[whole]
        changed[whole] = {**each, part: figure} if isinstance(each, Mapping) else figure
    return changed


def numbers_of(rule: Spec) -> Iterator[tuple[str, float]]:
    """Return the numbers of a rule that people set, each by its name: ``share``, ``minimum.mall``."""
    for name, value in rule.items():
        if name not in SHARES + AMOUNTS:
            continue
        each = value if isinstance(value, Mapping) else {"": value}
        for part, number in each.items():
            if isinstance(number, int | float) and not isinstance(number, bool):
                yield f"{name}.{part}".rstrip("."), float(number)


def _added(taken: set[str]) -> Iterator[dict[str, object]]:
    for offered in OFFERED:
        ((name, _),) = numbers_of(offered)
        field = f"{offered['id']}.{name}"
        if not _text(field):
            continue
        rule_id = free_id(str(offered["id"]).removeprefix("new-"), taken)
        group = {"group": _group(f"{offered['id']}.group")} if "group" in offered else {}
        yield {**offered, **group, "id": rule_id, name: _figure(field, 0.0)}


def _group(field: str) -> dict[str, list[str]]:
    name, _, value = _text(field).partition("=")
    if (name, value) not in GROUPS:
        raise BadInput([Issue("field_missing", column=field)])
    return {name: value.split("+")}


def lock_by_form(catalog: Catalog, taken: Iterable[str]) -> Lock:
    """Return the lock that the form adds, under an id that is not `taken`.

    Raises
    ------
    BadInput
        It is of nothing that there is, or a number is none.
    """
    product, placement = _text("lock.product"), _text("lock.placement")
    known = {
        "lock.product": product in (one.product_id for one in catalog.products),
        "lock.placement": placement in (one.placement_id for one in catalog.placements),
    }
    refuse_if_any(_unknown(name) for name, is_known in known.items() if not is_known)
    bounds = {name: _figure(f"lock.{name}", 0.0) for name in AMOUNTS if _text(f"lock.{name}")}
    rule = {"id": free_id("lock-1", set(taken)), "kind": "lock", "product": product, "placement": placement}
    return Lock({**rule, **bounds}, _text("lock.reason"), _text("lock.until") or None)


def _unknown(field: str) -> Issue:
    if not (value := _text(field)):
        return Issue("field_missing", column=field)
    return Issue("lock_of_unknown", column=field, params={"value": value})


def _figure(field: str, otherwise: float) -> float:
    """Read a number: per cent where it is a share, what it was where the form does not have it."""
    if field not in request.form:
        return otherwise
    is_share = not {*field.split(".")[1:]}.isdisjoint(SHARES)
    try:
        value = float(_text(field).replace(",", ""))
    except ValueError:
        value = -1.0
    if not 0 <= value <= (100 if is_share else 1e15):
        code = "share_not_valid" if is_share else "amount_not_valid"
        raise BadInput([Issue(code, column=field, params={"value": _text(field)})])
    return round(value / 100, 12) if is_share else value


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """Return an id that no rule has."""
    names = [wanted, *(f"{wanted}-{number}" for number in range(2, len(set(taken)) + 3))]
    return next(name for name in names if name not in set(taken))


def _text(field: str) -> str:
    return request.form.get(field, "").strip()
