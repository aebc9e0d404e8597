"""The sample's programme as a coordinator would have it: a goal, a scenario, and a plan to go on from."""

from datetime import date

from sqlalchemy import Engine

from impact.access import Actor
from impact.config import DATA
from impact.programmes.document import Names, ProgrammeDocument
from impact.programmes.templates import drafted
from impact.reports.solved import Solved
from impact.store.database import writing
from impact.store.decisions import enrolling, plans, programmes, scenarios, standing
from impact.store.decisions.scenario import Asked, Inputs
from impact.store.decisions.scenarios import Origin

TEMPLATE = "mountain_goods"
"""Where the sample's programme has its goal, its method and its milestones from."""


def keep_programme(engine: Engine, solved: Solved, on: date, who: Actor) -> str:
    """Keep the sample's programme for its next month after `on`, a scenario of it, and `solved` as its plan.

    All is as if `who` had made it, so that one can go on from there; done again it changes nothing. Returns
    the plan's name.
    """
    first = _next(solved.programme.month, on)
    period = f"{first:%Y-%m}"
    plan_id = f"{solved.plan_id}-{period}"
    if standing.get(engine, plan_id):
        return plan_id
    programme_id = solved.programme.programme_id
    kept = programmes.get(engine, programme_id) or enrolling.keep(engine, _document(solved, first), who)
    origin, asked = Origin(programme_id, kept.version), Asked(solved.programme, period)
    scenario = scenarios.create(engine, origin, asked, Inputs(solved.graph.catalog), who)
    with writing(engine) as connection:
        return plans.keep(connection, scenario.scenario_id, solved, who).plan_id


def _document(solved: Solved, first: date) -> ProgrammeDocument:
    """Draft the programme from a template: with the sample's rules, and open to all."""
    asked = solved.programme
    names = Names(zh=asked.name_zh, en=asked.name_en)
    template = drafted(DATA, TEMPLATE, asked.programme_id, first, names)
    ours = {"rules": asked.rules, "seed": asked.seed, "quotas": (), "eligibility": ()}
    return template.model_copy(update=ours)


def _next(month: int, on: date) -> date:
    """Return the first day of the next `month` that begins after a day."""
    return date(on.year if on.month < month else on.year + 1, month, 1)
