"""The page of who is affected by a plan: gains and losses against the published one, searched and paged."""

from flask import Blueprint, abort, render_template, request

from impact.reports.affected import ORDERS, WHOM, Sought, affected
from impact.reports.solved import Shelf
from impact.store.database import Database
from impact.web.judging.comparing import held_against
from impact.web.plans import LANG, solved_or_404


def register(pages: Blueprint, shelf: Shelf, database: Database) -> None:
    """Add the page of who is affected to `pages`."""

    @pages.get(f"{LANG}/plans/<plan_id>/affected", endpoint="affected")
    def _affected(plan_id: str) -> str:
        solved, sought = solved_or_404(shelf, plan_id), sought_of()
        before = held_against(shelf, database, [plan_id], request.args.get("against", ""))
        return render_template(
            "judging/affected.html",
            solved=solved,
            before=before,
            sought=sought,
            found=affected(before, solved, sought) if before else None,
            orders=tuple(ORDERS),
            whom=tuple(WHOM),
        )


def sought_of() -> Sought:
    """Read whom to look for from the address; what the form does not offer is refused."""
    whom, order = request.args.get("whom", "changed"), request.args.get("order", "lost")
    page = request.args.get("page", "1")
    if whom not in WHOM or order not in ORDERS or not page.isdecimal() or len(page) > 9:
        abort(400)
    return Sought(request.args.get("q", ""), whom, order, int(page))
