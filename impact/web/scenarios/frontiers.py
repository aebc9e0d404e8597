"""What a rule costs limit by limit, and who pays at each; any limit makes a new scenario."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import Blueprint, abort, redirect, render_template, request

from impact.bundles.whole.documents import PointLine, WholeFrontier
from impact.gate import actor
from impact.i18n import words
from impact.i18n.sentences import UNITS, Spec, asked
from impact.jobs.kinds.sweeping import FRONTIER
from impact.jobs.queue import Queue
from impact.reports.standing import STEPS as STEPS_OF
from impact.store.database import Database
from impact.store.decisions import scenarios
from impact.store.decisions.scenario import Asked, Scenario
from impact.store.jobs import Job
from impact.web.jobs.outcomes import followed, job_or_404
from impact.web.judging.gains import payers_told
from impact.web.judging.names import Names
from impact.web.language import spoken
from impact.web.people.forms import Page
from impact.web.plans import LANG, STEPS
from impact.web.scenarios.conflicts import moved_rule
from impact.web.scenarios.filled import STEPS_OFFERED, numbers_of, sweepable
from impact.web.scenarios.kept import saved, scenario_or_404
from impact.web.tables import Cell, Column, Table

COLUMNS = (
    ("exposure", "compact"),
    ("minimum_of_capacity", "share"),
    ("fifth_percentile_of_capacity", "share"),
    ("gini", "exact"),
)
"""What the table says of each limit, beside it."""
SAME = 1e-9


@dataclass(frozen=True)
class Stop:
    """One limit: the rule there as a sentence, what is lost against where it costs nothing, and who pays."""

    number: int
    said: str
    lost: float
    lost_share: float
    gains: tuple[tuple[str, Table], ...]
    is_stated: bool


def register(pages: Blueprint, database: Database, queue: Queue) -> None:
    """Add sweeping a rule of a scenario, and what came of it, to `pages`."""

    @pages.post(f"{LANG}/scenarios/<scenario_id>/frontier", endpoint="frontier_asked")
    def _frontier_asked(scenario_id: str) -> Page:
        scenario = scenario_or_404(database, scenario_id)
        told = {"rule": request.form.get("rule", ""), "points": request.form.get("points", "")}
        if told["rule"] not in sweepable(scenario.asked) or told["points"] not in map(str, STEPS_OFFERED):
            abort(400)
        return redirect(followed(queue.put("frontier_scenario", told, actor(), scenario=scenario_id)), 303)

    @pages.get(f"{LANG}/frontiers/<frontier_id>", endpoint="frontier")
    def _frontier(frontier_id: str) -> str:
        job, found = _found(queue, frontier_id)
        return _page(database, scenario_or_404(database, job.scenario or ""), frontier_id, found)

    @pages.post(f"{LANG}/frontiers/<frontier_id>", endpoint="limit_taken")
    def _limit_taken(frontier_id: str) -> Page:
        job, found = _found(queue, frontier_id)
        number = request.form.get("point", "")
        if not number.isdecimal() or int(number[:4]) >= len(found.points):
            abort(400)
        scenario = scenario_or_404(database, job.scenario or "")
        asked_now = _with(scenario, found, found.points[int(number)])
        made = scenarios.branch(database, scenario.scenario_id, asked_now, actor())
        return saved(queue, made)


def _found(queue: Queue, job_id: str) -> tuple[Job, WholeFrontier]:
    job, file = job_or_404(queue, job_id, "frontier_scenario"), queue.file(job_id, FRONTIER)
    return job, WholeFrontier.model_validate_json(file or abort(404))


def _with(scenario: Scenario, found: WholeFrontier, point: PointLine) -> Asked:
    """Return what is asked with the limit of the rule at a point."""
    programme, name = scenario.asked.programme, found.frontier.rule
    rules = tuple(
        dict(moved_rule(rule, point.limit) or rule) if rule["id"] == name else rule
        for rule in programme.rules
    )
    return replace(scenario.asked, programme=replace(programme, rules=rules))


def _page(database: Database, scenario: Scenario, frontier_id: str, found: WholeFrontier) -> str:
    catalog = scenarios.question(database, scenario.scenario_id)[0]
    names = Names(catalog, scenario.asked.question.rules, spoken())
    rule = sweepable(scenario.asked).get(found.frontier.rule) or abort(404)
    stops = list(_stops(rule, found, names))
    return render_template(
        "scenarios/frontier.html",
        scenario=scenario,
        frontier_id=frontier_id,
        steps=STEPS,
        here=STEPS.index("scenario"),
        rule=names.rule(found.frontier.rule),
        caption=_caption(stops, found, names),
        against=[names.rule(each) for each in found.frontier.against if each != found.frontier.rule],
        table=_table(rule, found),
        stops=stops,
    )


def _stops(rule: Spec, found: WholeFrontier, names: Names) -> Iterator[Stop]:
    free = found.points[0].worth
    for number, point in enumerate(found.points):
        paid = [line for line in found.payers if line.limit == point.limit]
        lost = free - point.worth
        yield Stop(
            number=number,
            said=asked(moved_rule(rule, point.limit) or rule, names.catalog, names.lang),
            lost=lost if lost > SAME * abs(free) else 0.0,
            lost_share=lost / free if free else 0.0,
            gains=payers_told(paid, names).groups,
            is_stated=abs(point.limit - found.frontier.stated) <= SAME * max(1.0, abs(point.limit)),
        )


def _caption(stops: list[Stop], found: WholeFrontier, names: Names) -> str:
    last = stops[-1]
    params = {"lost": last.lost, "share": last.lost_share, "free": found.points[0].worth}
    return words("frontier_page.caption", names.lang, rule=last.said.rstrip("。."), **params)


def _table(rule: Spec, found: WholeFrontier) -> Table:
    ((name, _),) = numbers_of(rule)
    unit = UNITS[name]
    columns = (
        Column("column.limit", "fine_share" if unit == "share" else "compact"),
        Column("column.worth", "compact"),
        Column(f"column.price_{unit}", "compact"),
        *(Column(f"column.{heading}", style) for heading, style in COLUMNS),
    )
    return Table(columns, tuple(tuple(_figures(point, STEPS_OF[unit])) for point in found.points))


def _figures(point: PointLine, step: float) -> Iterator[Cell]:
    """List what a point says, in the order of the columns; a dash where there is nothing to measure."""
    yield from (point.limit, point.worth, point.price * step, point.exposure)
    for value in (point.minimum_of_capacity, point.fifth_percentile_of_capacity, point.gini):
        yield "–" if value is None else value
