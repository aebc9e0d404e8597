"""The page of who is affected by a plan: gains and losses against the published one, searched and paged."""

from flask import Blueprint, abort, render_template, request

from impact.reports.affected import ORDERS, WHOM, Sought, affected
from impact.reports.solved import Shelf
from impact.store.database import Database
from impact.store.decisions import standing
from impact.store.decisions.standing import Sought as SoughtPlan
from impact.store.decisions.standing import Standing
from impact.store.paging import Part
from impact.web.judging.comparing import NUM_OFFERED, held_against
from impact.web.lists import page_asked
from impact.web.plans import LANG, solved_or_404


def register(pages: Blueprint, shelf: Shelf, database: Database) -> None:
    """Add the page of who is affected to `pages`."""

    @pages.get(f"{LANG}/plans/<plan_id>/affected", endpoint="affected")
    def _affected(plan_id: str) -> str:
        solved, sought = solved_or_404(shelf, plan_id), sought_of()
        before = held_against(shelf, database, [plan_id], request.args.get("against", ""))
        mine = standing.get(database, plan_id)
        return render_template(
            "judging/affected.html",
            solved=solved,
            before=before,
            sought=sought,
            found=affected(before, solved, sought) if before else None,
            others=_others(database, mine) if mine and not before else [],
            scenario_id=mine.scenario_id if mine else None,
            orders=tuple(ORDERS),
            whom=tuple(WHOM),
        )


def _others(database: Database, mine: Standing) -> list[Standing]:
    """Return the newest plans of the same programme, which a plan can be held against as well."""
    of_programme = SoughtPlan(programme_id=mine.programme_id)
    found = standing.listed(database, Part(NUM_OFFERED), of_programme).items
    return [each for each in found if each.plan_id != mine.plan_id]


def sought_of() -> Sought:
    """Read whom to look for from the address; what the form does not offer is refused."""
    whom, order = request.args.get("whom", "changed"), request.args.get("order", "lost")
    if whom not in WHOM or order not in ORDERS:
        abort(400)
    return Sought(request.args.get("q", ""), whom, order, page_asked())
