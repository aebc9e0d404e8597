"""What the form of a scenario says: rules changed, added and taken away in sentences; locks taken away."""

from dataclasses import replace

from flask import request

from impact.i18n.sentences import Spec
from impact.store.decisions.scenario import Asked
from impact.web.sentences import numbers_of, rules_by_form

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
