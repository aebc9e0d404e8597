"""The page of one producer in one plan: what it got, and why."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

from flask import Blueprint, Response, abort, render_template

from impact.i18n import words
from impact.i18n.sentences import placement_name, ruled, stopped
from impact.matching.explain.case import Case
from impact.matching.graph.isolation import Isolation, why_isolated
from impact.matching.graph.links import PARTS
from impact.model import Producer
from impact.reports.places import belts_of, neighbours
from impact.reports.producers import regions_by_code, rows
from impact.reports.solved import Shelf, Solved
from impact.reports.why import Evidence, Reason, Why, opened, why
from impact.web.language import spoken
from impact.web.plans import LANG, csv_file, solved_or_404
from impact.web.tables import Cell, Column, Table

NUM_LINKS = 15
"""Links the page lists; the file has them all."""
NUM_PLANS = 4
"""Plans whose charges are kept: a plan never changes, and turning its prices into charges takes a while."""


def register(pages: Blueprint, shelf: Shelf) -> None:
    """Add the addresses of producers to `pages`."""

    @lru_cache(maxsize=NUM_PLANS)
    def _case(plan_id: str) -> Case:
        return opened(solved_or_404(shelf, plan_id))

    @pages.get(f"{LANG}/plans/<plan_id>/producers/<producer_id>", endpoint="producer")
    def _producer(plan_id: str, producer_id: str) -> str:
        solved = solved_or_404(shelf, plan_id)
        number = _number(solved, producer_id)
        return _page(solved, number, why(solved, _case(plan_id), number))

    @pages.get(f"{LANG}/plans/<plan_id>/producers/<producer_id>/links.csv", endpoint="links")
    def _links(plan_id: str, producer_id: str) -> Response:
        solved = solved_or_404(shelf, plan_id)
        account = why(solved, _case(plan_id), _number(solved, producer_id))
        return csv_file(_table(solved, account.links, spoken()), f"{plan_id}-{producer_id}.csv")


def _number(solved: Solved, producer_id: str) -> int:
    if producer_id not in solved.problem.producer_ids:
        abort(404)
    return solved.problem.producer_ids.index(producer_id)


def _page(solved: Solved, number: int, account: Why) -> str:
    lang, catalog = spoken(), solved.graph.catalog
    row = rows(solved)[number]
    products = [one for one in catalog.products if one.producer_id == row.producer.producer_id]
    isolation = None if account.links else why_isolated(solved.graph, row.producer.producer_id)
    return render_template(
        "producer.html",
        solved=solved,
        row=row,
        region=regions_by_code(solved)[row.producer.region],
        products=products,
        belts=belts_of(catalog, row.producer, products),
        isolation=isolation,
        kin=_kin(solved, isolation),
        account=account,
        verdict=_verdict(account),
        shown=account.links[:NUM_LINKS],
        bars=[tuple(_stacked(link)) for link in account.links[:NUM_LINKS]],
        part_codes=PARTS,
        place_name=lambda placement: placement_name(placement, catalog, lang),
        fate=lambda link: stopped(link.fate, link.rule, solved, lang),
        reason=lambda one: _reason(solved, one, lang),
        asked=lambda rule: ruled(rule, solved, lang),
        neighbours=neighbours(solved, number),
    )


def _kin(solved: Solved, isolation: Isolation | None) -> Producer | None:
    """Find who makes the nearest product of the same kind that does reach consumers."""
    if isolation is None or isolation.neighbour is None:
        return None
    number = solved.problem.product_ids.index(isolation.neighbour.product_id)
    return solved.graph.catalog.producers[int(solved.problem.producer_of_product[number])]


def _verdict(account: Why) -> str:
    if account.exposure > 0:
        return "given"
    return "outbid" if account.links else "unlinked"


def _stacked(link: Evidence) -> Iterator[tuple[float, float]]:
    """Return where each part of the evidence begins and how long it is, in hundredths of a full score."""
    ends = [0.0, *accumulate(part * 100 for part in link.parts)]
    for start, end in pairwise(ends):
        yield start, end - start


def _reason(solved: Solved, one: Reason, lang: str) -> str:
    named = {"rule": ruled(one.rule, solved, lang)} if one.rule else {}
    return words(f"reason.{one.code}", lang, count=one.num_placements, **named)


def _table(solved: Solved, links: tuple[Evidence, ...], lang: str) -> Table:
    about = ("score", "value", "threshold", "baseline", "exposure", "fate")
    headings = (
        "column.product",
        "column.placement",
        *(f"part.{part}" for part in PARTS),
        *(f"column.{heading}" for heading in about),
    )
    listed: Iterator[tuple[Cell, ...]] = (
        (
            link.product.name,
            placement_name(link.placement, solved.graph.catalog, lang),
            *link.parts,
            link.score,
            link.value,
            link.threshold,
            link.baseline,
            link.exposure,
            stopped(link.fate, link.rule, solved, lang),
        )
        for link in links
    )
    return Table(tuple(map(Column, headings)), tuple(listed))
