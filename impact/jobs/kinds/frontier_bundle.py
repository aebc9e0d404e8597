"""Sweep one rule of a bundle from where it costs nothing to the most that can hold."""

from impact.bundles.plan_document import document_of_conflict
from impact.bundles.read import read_bundle
from impact.jobs.asked import BUNDLE, FrontierAsked
from impact.jobs.desk import Desk, Done
from impact.jobs.kinds.solving import ending_of, limits_of
from impact.jobs.kinds.sweeping import sweep
from impact.matching.plan import Infeasible


def run(desk: Desk, asked: FrontierAsked) -> Done:
    """Sweep; what comes of it is one document. Rules that cannot hold together have no frontier."""
    watch = desk.stopwatch(read=0.1, build=0.1, solve=0.7, check=0.1)
    with watch.stage("read"):
        given = read_bundle(desk.folder / BUNDLE)
    try:
        return sweep(desk, asked, given, watch)
    except Infeasible as error:
        limits = limits_of(desk, asked, given.document.seed)
        conflict = document_of_conflict(error.conflict, limits, given.sha256)
        return Done(ending_of(desk, conflict, watch.seconds, {}))
