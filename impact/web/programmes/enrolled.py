"""Who is in a programme on a day and who is not, product by product, and why."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for

from impact.catalog.listed.norms import read_norms
from impact.config import DATA
from impact.enrolment import Enrolled
from impact.errors import BadInput
from impact.i18n import programmes as worded
from impact.model import Producer, Product, Region
from impact.programmes.dossier import Rung
from impact.programmes.eligibility import Verdict
from impact.reports.paged import page_of
from impact.store.database import Database
from impact.store.decisions import enrolling
from impact.store.decisions.applications import ApplicationStep, applied
from impact.store.decisions.judged import Judged
from impact.store.decisions.programmes import ProgrammeVersion
from impact.store.decisions.records import any_presumed
from impact.web.language import spoken
from impact.web.lists import page_asked
from impact.web.people.forms import Page
from impact.web.plans import LANG, STEPS
from impact.web.programmes.applications import DUE, RECORDED, REVIEWED, decide
from impact.web.programmes.filled import Fault, faults_of, today
from impact.web.programmes.goals import programme_or_404

SHOWN = ("all", "in", "out")
SORTS: Mapping[str, Callable[["Line"], bool | str]] = {
    "in": lambda line: not line.verdict.is_eligible,
    "out": lambda line: line.verdict.is_eligible,
    "region": lambda line: line.producer.region,
}
"""In which order products are listed; those that are alike, by their ids."""


@dataclass(frozen=True)
class Line:
    """A product before the programme."""

    product: Product
    producer: Producer
    verdict: Verdict


@dataclass(frozen=True)
class Query:
    """What is looked for: words of a name, who is in or out, one reason, in which order, and which page."""

    text: str
    shown: str
    why: str
    sort: str
    page: int


@dataclass(frozen=True)
class Why:
    """A reason by its code: an example of it in words, what mends it, and how many products it keeps out."""

    code: str
    rung: Rung | None
    said: str
    count: int


def register(pages: Blueprint, database: Database) -> None:
    """Add the page of who is in to `pages`."""
    judged = Judged(database, enrolling.ground_of(database, read_norms(DATA), {}))

    @pages.get(f"{LANG}/programmes/<programme_id>/enrolled", endpoint="enrolled")
    def _enrolled(programme_id: str) -> str:
        kept = programme_or_404(database, programme_id)
        return _page(database, kept, judged.of_all(kept, _day()), [])

    @pages.post(f"{LANG}/programmes/<programme_id>/enrolled", endpoint="applications_recorded")
    def _applications_recorded(programme_id: str) -> Page:
        return _decided(programme_id, RECORDED)

    @pages.post(f"{LANG}/programmes/<programme_id>/reviews", endpoint="applications_reviewed")
    def _applications_reviewed(programme_id: str) -> Page:
        return _decided(programme_id, REVIEWED)

    def _decided(programme_id: str, steps: Collection[ApplicationStep]) -> Page:
        kept, query = programme_or_404(database, programme_id), _query()
        enrolled = judged.of_all(kept, _day())
        found = [line.product.product_id for line in _lines(enrolled) if _wanted(line, query)]
        try:
            count = decide(database, found, steps)
        except BadInput as error:
            return _page(database, kept, enrolled, faults_of(error, spoken())), 422
        return redirect(url_for("web.enrolled", programme_id=programme_id, done=count, _anchor="why"), 303)


def _page(database: Database, kept: ProgrammeVersion, enrolled: Enrolled, wrong: list[Fault]) -> str:
    query, on = _query(), _day()
    due = DUE.get(query.why)
    regions = {each.adcode: each for each in enrolled.catalog.regions}
    found = sorted((line for line in _lines(enrolled) if _wanted(line, query)), key=SORTS[query.sort])
    return render_template(
        "programmes/enrolled.html",
        kept=kept,
        document=enrolling.document_of(kept),
        on=on,
        query=query,
        choices=SHOWN,
        sorts=tuple(SORTS),
        whys=_whys(enrolled, regions, spoken()),
        num_in=sum(each.is_eligible for each in enrolled.verdicts.values()),
        num_all=len(enrolled.verdicts),
        found=page_of(found, query.page),
        is_presumed=any_presumed(database),
        regions=regions,
        why=lambda finding: worded.found(finding, spoken(), regions),
        advice=lambda code, rung: worded.advice(code, rung, spoken()),
        due=due,
        recommended=_recommended(database) if due is ApplicationStep.PLATFORM else {},
        done=request.args.get("done", 0, int),
        typed=request.form,
        wrong=wrong,
        steps=STEPS,
        here=STEPS.index("match"),
    )


def _recommended(database: Database) -> Mapping[str, str]:
    """Return what counties said of products that they recommend, by their ids, where they said anything."""
    by_county = {product: each.county for product, each in applied(database).items()}
    return {
        product: each.reason for product, each in by_county.items() if each and each.accepted and each.reason
    }


def _lines(enrolled: Enrolled) -> Iterator[Line]:
    """List products by their ids."""
    makers = {each.producer_id: each for each in enrolled.catalog.producers}
    lines = [
        Line(product, makers[product.producer_id], enrolled.verdicts[product.product_id])
        for product in enrolled.catalog.products
    ]
    yield from sorted(lines, key=lambda line: line.product.product_id)


def _wanted(line: Line, query: Query) -> bool:
    is_shown = query.shown == "all" or line.verdict.is_eligible == (query.shown == "in")
    because = not query.why or any(each.code == query.why for each in line.verdict.reasons)
    if not (is_shown and because and query.text):
        return is_shown and because
    return query.text.casefold() in f"{line.product.name} {line.producer.name}".casefold()


def _whys(enrolled: Enrolled, regions: Mapping[str, Region], lang: str) -> list[Why]:
    """Count why products are out, the reason of most of them first."""
    reasons = [each for verdict in enrolled.verdicts.values() for each in verdict.reasons]
    first = {each.code: each for each in reversed(reasons)}
    counts = Counter(each.code for each in reasons)
    return [
        Why(code, first[code].rung, worded.found(first[code], lang, regions), count)
        for code, count in counts.most_common()
    ]


def _query() -> Query:
    """Read what to look for from the address; what the form does not offer is refused."""
    shown, sort = request.values.get("shown", "all"), request.values.get("sort", "in")
    if shown not in SHOWN or sort not in SORTS:
        abort(400)
    text, why = request.values.get("q", "").strip(), request.values.get("why", "")
    return Query(text, shown, why, sort, page_asked())


def _day() -> date:
    """Return the day to judge for, today unless the address says one."""
    asked = request.values.get("on")
    try:
        return date.fromisoformat(asked) if asked else today()
    except ValueError:
        abort(400)
