"""What the form of a scenario says: rules changed, added and taken away within sentences, and locks."""

from collections.abc import Iterable
from dataclasses import replace

from flask import request

from impact.errors import Issue, refuse_if_any
from impact.i18n.sentences import AMOUNTS, Spec
from impact.model import Catalog
from impact.store.decisions.scenario import Asked, Lock
from impact.web.sentences import figure, free_id, numbers_of, rules_by_form, text

STEPS_OFFERED = (5, 11, 21)
"""In how many steps a rule can be swept from the page."""


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
    rules = tuple(rules_by_form(before.programme.rules))
    gone = set(request.form.getlist("remove"))
    locks = tuple(lock for lock in before.locks if lock.rule["id"] not in gone)
    return replace(before, programme=replace(before.programme, rules=rules), locks=locks)


def wants_lock() -> bool:
    """Tell whether the form asks for a new lock."""
    return bool(text("lock.product") or text("lock.placement"))


def asked_of(lock: Lock) -> dict[str, object]:
    """Return what a job is asked that prices `lock`."""
    return {"rule": dict(lock.rule), "reason": lock.reason, "until": lock.until}


def lock_by_form(catalog: Catalog, taken: Iterable[str]) -> Lock:
    """Return the lock that the form adds, under an id that is not `taken`.

    Raises
    ------
    BadInput
        It is of nothing that there is, or a number is none.
    """
    product, placement = text("lock.product"), text("lock.placement")
    known = {
        "lock.product": product in (one.product_id for one in catalog.products),
        "lock.placement": placement in (one.placement_id for one in catalog.placements),
    }
    refuse_if_any(_unknown(name) for name, is_known in known.items() if not is_known)
    bounds = {name: figure(f"lock.{name}", 0.0) for name in AMOUNTS if text(f"lock.{name}")}
    rule = {"id": free_id("lock-1", set(taken)), "kind": "lock", "product": product, "placement": placement}
    return Lock({**rule, **bounds}, text("lock.reason"), text("lock.until") or None)


def _unknown(field: str) -> Issue:
    if not (value := text(field)):
        return Issue("field_missing", column=field)
    return Issue("lock_of_unknown", column=field, params={"value": value})
