"""Plans beside the published one, at an address to share: what changed in, what out, who gains and loses."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request

from impact.i18n.sentences import Spec, asked
from impact.reports.comparing import MOST_PLANS, ChangedIn, Comparison, compare
from impact.reports.solved import Shelf, Solved
from impact.store.database import Database
from impact.store.decisions import standing
from impact.store.decisions.standing import Standing
from impact.web.judging.gains import Gains, gains_told
from impact.web.judging.names import Names, names_of
from impact.web.language import spoken
from impact.web.people.forms import Page
from impact.web.plans import LANG, STEPS, solved_or_404

NUM_NAMED = 5
"""So many of what came or went are named; the others are counted."""
NUM_OFFERED = 30
"""So many plans, the newest, are offered to compare."""
LISTS = ("products_added", "products_gone", "products_excluded", "products_admitted")


@dataclass(frozen=True)
class Listed:
    """Products that came or went: how many, and the first few by name."""

    code: str
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    """A plan beside the one it is held against; `rules` are sentences before and after, empty for none."""

    solved: Solved
    found: Comparison
    rules: tuple[tuple[str, str], ...]
    listed: tuple[Listed, ...]
    gains: Gains

    @property
    def unchanged(self) -> bool:
        """Whether nothing was asked or known differently."""
        known = self.found.changed_in
        months, supply = known.months, known.supply
        return (
            not (self.rules or self.listed or known.capacities)
            and months[0] == months[1]
            and supply[0] == supply[1]
        )


@dataclass(frozen=True)
class Choice:
    """A plan that can be chosen, and how it stands, None where it was made from no scenario."""

    plan_id: str
    standing: Standing | None


def register(pages: Blueprint, shelf: Shelf, database: Database) -> None:
    """Add the comparison of plans to `pages`."""

    @pages.get(f"{LANG}/compare", endpoint="compared")
    def _compared() -> Page:
        chosen = plans_named()
        too_many = len(chosen) > MOST_PLANS
        plans = [] if too_many else chosen_plans(shelf)
        before = None if too_many else held_against(shelf, database, chosen, request.args.get("against", ""))
        page = render_template(
            "judging/compared.html",
            before=before,
            beside=_beside(before, plans) if before else [],
            chosen=chosen,
            standings={
                each.plan_id: standing.get(database, each.plan_id)
                for each in (*plans, *((before,) if before else ()))
            },
            choices=[Choice(each, standing.get(database, each)) for each in shelf.ids()[:NUM_OFFERED]],
            most=MOST_PLANS,
            steps=STEPS,
            here=STEPS.index("compare"),
        )
        return (page, 400) if too_many else page


def plans_named() -> list[str]:
    """Return the ids of the plans that the address names, each once."""
    return list(dict.fromkeys(request.args.getlist("plan")))


def chosen_plans(shelf: Shelf) -> list[Solved]:
    """Return the plans that the address names; more than can be put side by side are refused."""
    chosen = plans_named()
    return [
        solved_or_404(shelf, plan_id) for plan_id in (chosen if len(chosen) <= MOST_PLANS else abort(400))
    ]


def held_against(shelf: Shelf, database: Database, chosen: Sequence[str], named: str = "") -> Solved | None:
    """Return the plan that others are held against: the one that is named, else the published one."""
    if named:
        return solved_or_404(shelf, named)
    found = next(filter(None, (standing.baseline(database, each) for each in chosen)), None)
    return shelf.get(found) if found else None


def _beside(before: Solved, plans: Sequence[Solved]) -> list[Beside]:
    others = [plan for plan in plans if plan.plan_id != before.plan_id]
    return [_told(before, after, found) for after, found in zip(others, compare(before, others), strict=True)]


def _told(before: Solved, after: Solved, found: Comparison) -> Beside:
    rules = [(_said(each.before, before), _said(each.after, after)) for each in found.changed_in.rules]
    return Beside(
        after,
        found,
        tuple(rules),
        tuple(_listed(before, after, found.changed_in)),
        _gains(before, after, found),
    )


def _said(spec: Spec | None, solved: Solved) -> str:
    return asked(spec, solved.graph.catalog, spoken()) if spec else ""


def _listed(before: Solved, after: Solved, known: ChangedIn) -> list[Listed]:
    """Name products that came or went, by the plan that knows them."""
    found = []
    for code in LISTS:
        ids = getattr(known, code)
        names = names_of(before if code == "products_gone" else after, spoken())
        if ids:
            found.append(Listed(code, len(ids), tuple(map(names.product, ids[:NUM_NAMED]))))
    return found


def _gains(before: Solved, after: Solved, found: Comparison) -> Gains:
    """Tell who has more and less; who is in one plan alone is named by that."""
    return gains_told(found, Names(after.graph.catalog, (), spoken(), earlier=before.graph.catalog))
