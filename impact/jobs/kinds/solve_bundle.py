"""Solve the problem in a bundle; what comes of it is a plan bundle, as the command `solve` writes it."""

from functools import partial

from impact.answers import answer
from impact.bundles.plans import write_plan
from impact.bundles.read import read_bundle
from impact.jobs.asked import BUNDLE, PLAN, SolvingAsked
from impact.jobs.desk import Desk, Done
from impact.jobs.kinds.solving import ending_of, limits_of
from impact.matching.solve import solve


def run(desk: Desk, asked: SolvingAsked) -> Done:
    """Solve what is in the bundle; stopped before its end, with the best plan so far."""
    watch = desk.stopwatch(read=0.1, build=0.1, solve=0.6, check=0.1, write=0.1)
    with watch.stage("read"):
        given = read_bundle(desk.folder / BUNDLE)
    limits = limits_of(desk, asked, given.document.seed)
    found = answer(given, limits, partial(solve, watch=watch))
    write_plan(desk.folder / PLAN, found.document, found.tables, given.suffix, watch)
    plan = (desk.folder / PLAN).read_bytes()
    return Done(ending_of(desk, found.document, watch.seconds, {PLAN: plan}))
