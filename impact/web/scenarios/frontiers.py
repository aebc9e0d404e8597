"""What a rule costs limit by limit, and who pays at each; any limit makes a new scenario."""

from dataclasses import replace

from flask import Blueprint, Response, abort, redirect, render_template, request

from impact.bundles.whole.documents import PointLine, WholeFrontier
from impact.gate import actor
from impact.i18n.sentences import Spec
from impact.jobs.kinds.sweeping import FRONTIER
from impact.jobs.queue import Queue
from impact.store.database import Database
from impact.store.decisions import scenarios
from impact.store.decisions.scenario import Asked, Scenario
from impact.store.queue.jobs import Job
from impact.web.jobs.outcomes import followed, job_or_404
from impact.web.judging.names import Names
from impact.web.language import spoken
from impact.web.people.forms import Page, note
from impact.web.plans import LANG, STEPS, csv_file
from impact.web.scenarios.conflicts import moved_rule
from impact.web.scenarios.filled import STEPS_OFFERED, sweepable
from impact.web.scenarios.kept import saved, scenario_or_404
from impact.web.scenarios.swept import caption, curve_table, payers_table, stops_of


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

    @pages.get(f"{LANG}/frontiers/<frontier_id>/<file_name>.csv", endpoint="frontier_file")
    def _frontier_file(frontier_id: str, file_name: str) -> Response:
        job, found = _found(queue, frontier_id)
        rule, names = _swept(database, scenario_or_404(database, job.scenario or ""), found)
        tables = {"curve": curve_table(rule, found), "payers": payers_table(rule, found, names)}
        return csv_file(tables.get(file_name) or abort(404), f"frontier-{file_name}.csv")

    @pages.post(f"{LANG}/frontiers/<frontier_id>", endpoint="limit_taken")
    def _limit_taken(frontier_id: str) -> Page:
        job, found = _found(queue, frontier_id)
        number = request.form.get("point", "")
        if not number.isdecimal() or int(number[:4]) >= len(found.points):
            abort(400)
        scenario = scenario_or_404(database, job.scenario or "")
        asked_now = _with(scenario, found, found.points[int(number)])
        return saved(queue, scenarios.branch(database, scenario.scenario_id, asked_now, actor(), note=note()))


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


def _swept(database: Database, scenario: Scenario, found: WholeFrontier) -> tuple[Spec, Names]:
    """Return the rule that was swept, and what everything of the scenario is called."""
    catalog = scenarios.question(database, scenario.scenario_id)[0]
    rule = sweepable(scenario.asked).get(found.frontier.rule) or abort(404)
    return rule, Names(catalog, scenario.asked.question.rules, spoken())


def _page(database: Database, scenario: Scenario, frontier_id: str, found: WholeFrontier) -> str:
    rule, names = _swept(database, scenario, found)
    stops = list(stops_of(rule, found, names))
    return render_template(
        "scenarios/frontier.html",
        scenario=scenario,
        frontier_id=frontier_id,
        steps=STEPS,
        here=STEPS.index("scenario"),
        rule=names.rule(found.frontier.rule),
        caption=caption(stops, found, names),
        against=[names.rule(each) for each in found.frontier.against if each != found.frontier.rule],
        table=curve_table(rule, found),
        stops=stops,
    )
