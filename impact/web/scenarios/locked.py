"""The lock that the form of a scenario adds: of which product and placement, by their names or ids."""

from collections.abc import Callable, Iterable

from impact.errors import Issue, refuse_if_any
from impact.i18n import words
from impact.i18n.sentences import AMOUNTS
from impact.store.decisions.scenario import Lock
from impact.web.judging.names import BETWEEN, Names
from impact.web.sentences import figure, free_id, text

MOST_KNOWN = 5
"""So many of those that a name may mean are told."""


def wants_lock() -> bool:
    """Tell whether the form asks for a new lock."""
    return bool(text("lock.product") or text("lock.placement"))


def asked_of(lock: Lock) -> dict[str, object]:
    """Return what a job is asked that prices `lock`."""
    return {"rule": dict(lock.rule), "reason": lock.reason, "until": lock.until}


def lock_by_form(names: Names, taken: Iterable[str]) -> Lock:
    """Return the lock that the form adds, under an id that is not `taken`.

    Raises
    ------
    BadInput
        It is of nothing that there is, or of what may be several things, or a number is none.
    """
    products = [one.product_id for one in names.catalog.products]
    placements = [one.placement_id for one in names.catalog.placements]
    meant = {
        "product": _meant("lock.product", products, names.product, names.lang),
        "placement": _meant("lock.placement", placements, names.placement, names.lang),
    }
    refuse_if_any(one for one in meant.values() if isinstance(one, Issue))
    bounds = {name: figure(f"lock.{name}", 0.0) for name in AMOUNTS if text(f"lock.{name}")}
    rule = {"id": free_id("lock-1", set(taken)), "kind": "lock", **meant, **bounds}
    return Lock(rule, text("lock.reason"), text("lock.until") or None)


def _meant(field: str, ids: Iterable[str], called: Callable[[str], str], lang: str) -> str | Issue:
    """Return the id that a field means, or what is wrong with it.

    An id means itself, and a whole name what bears it; else it is what alone has every part of what is said.
    """
    said, ids = text(field), list(ids)
    if not said:
        return Issue("field_missing", column=field)
    if said in ids:
        return said
    named = {one: _plain(called(one)) for one in ids}
    parts = _plain(said).split()
    found = [one for one, name in named.items() if name.split() == parts] or [
        one for one, name in named.items() if all(part in name for part in parts)
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        return Issue("lock_of_unknown", column=field, params={"value": said})
    known = words("list.item", lang).join(f"{called(one)} ({one})" for one in found[:MOST_KNOWN])
    return Issue("lock_of_several", column=field, params={"value": said, "count": len(found), "known": known})


def _plain(name: str) -> str:
    return name.replace(BETWEEN.strip(), " ").casefold()
