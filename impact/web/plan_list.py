"""The list of plans, the newest first: all of them, or those that stand as one wants."""

from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request

from impact.reports.solved import Headline, Shelf
from impact.store.database import Database
from impact.store.decisions import standing
from impact.store.decisions.standing import Sought, Standing
from impact.store.decisions.steps import State
from impact.store.decisions.waiting import standings_of
from impact.store.paging import Part
from impact.web.plans import LANG

AT_ONCE = 25


@dataclass(frozen=True)
class Line:
    """A plan as the list has it; it stands nowhere if it was made from no scenario."""

    plan: Headline
    standing: Standing | None


def register(pages: Blueprint, shelf: Shelf, database: Database) -> None:
    """Add the list of plans to `pages`."""

    @pages.get(f"{LANG}/plans", endpoint="plans")
    def _plans() -> str:
        state, after = request.args.get("state", ""), request.args.get("after") or None
        if state and state not in set(State):
            abort(404)
        names, rest = _standing(database, state, after) if state else _all(shelf, after)
        lines = _lines(shelf, database, names)
        return render_template("plans.html", lines=lines, rest=rest, state=state, states=list(State))


def _all(shelf: Shelf, after: str | None) -> tuple[list[str], str | None]:
    """Name the plans after one, and the last of them where there are more."""
    names = list(shelf.ids())
    first = names.index(after) + 1 if after in names else 0
    shown = names[first : first + AT_ONCE]
    return shown, shown[-1] if first + AT_ONCE < len(names) else None


def _standing(database: Database, state: str, after: str | None) -> tuple[list[str], str | None]:
    """Name the plans that stand so, and where to go on."""
    found = standing.listed(database, Part(AT_ONCE, after), Sought(state=state))
    return [each.plan_id for each in found.items], found.next


def _lines(shelf: Shelf, database: Database, names: list[str]) -> list[Line]:
    stands = standings_of(database, names)
    return [Line(plan, stands.get(plan.plan_id)) for plan in shelf.headlines(names)]
