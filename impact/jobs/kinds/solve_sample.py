"""Load the sample, solve its programme, and keep both."""

from sqlalchemy import Connection

from impact.bundles.plan_document import document_of, document_of_conflict
from impact.catalog.sample.load import load_sample
from impact.config import DATA
from impact.jobs.asked import SolvingAsked
from impact.jobs.desk import Desk, Done, Kept
from impact.jobs.kinds.solving import ending_of, limits_of, named
from impact.matching.plan import Infeasible
from impact.pipeline import run as solved_of
from impact.pipeline import with_belts
from impact.programmes.reading import read_programme
from impact.store.catalogs import keep_catalog
from impact.store.solved.plans import keep_plan

PROGRAMME = DATA / "demo" / "programme.json"


def run(desk: Desk, asked: SolvingAsked) -> Done:
    """Solve the sample programme; the plan is kept under its name."""
    watch = desk.stopwatch(load=0.1, belts=0.1, match=0.3, build=0.1, solve=0.2, check=0.1, keep=0.1)
    with watch.stage("load"):
        sample, programme = load_sample(DATA), read_programme(PROGRAMME)
    with watch.stage("belts"):
        catalog = with_belts(sample)
    limits = limits_of(desk, asked, programme.seed)
    try:
        solved = named(desk, solved_of(catalog, programme, limits, watch))
    except Infeasible as error:
        conflict = document_of_conflict(error.conflict, limits, "")
        return Done(ending_of(desk, conflict, watch.seconds, {}))
    figures = solved.measures.figures()

    def keep(connection: Connection) -> Kept:
        with watch.stage("keep"):
            keep_catalog(connection, catalog)
            keep_plan(connection, solved)
        return {"plan": solved.plan_id}

    return Done(ending_of(desk, document_of(solved.plan, limits, "", figures), watch.seconds, {}), keep)
