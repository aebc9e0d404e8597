"""Sweep one rule of a bundle from where it costs nothing to the most that can hold."""

from functools import partial

from impact.bundles.frontiers import PAYERS, POINTS
from impact.bundles.plan_document import document_of_conflict
from impact.bundles.read import read_bundle
from impact.bundles.whole.documents import PayerLine, PointLine, WholeFrontier
from impact.inquiries import Swept, swept
from impact.jobs.asked import BUNDLE, FrontierAsked
from impact.jobs.desk import Desk, Done
from impact.jobs.kinds.solving import ending_of, limits_of
from impact.matching.plan import Infeasible, Status
from impact.matching.solve import solve
from impact.store.jobs import JobStatus
from impact.store.leases import Ending

FRONTIER = "frontier.json"


def run(desk: Desk, asked: FrontierAsked) -> Done:
    """Sweep; what comes of it is one document. Rules that cannot hold together have no frontier."""
    watch = desk.stopwatch(read=0.1, build=0.1, solve=0.7, check=0.1)
    with watch.stage("read"):
        given = read_bundle(desk.folder / BUNDLE)
    limits = limits_of(desk, asked, given.document.seed)
    try:
        found = swept(given, asked.rule, asked.points, limits, partial(solve, watch=watch))
    except Infeasible as error:
        conflict = document_of_conflict(error.conflict, limits, given.sha256)
        return Done(ending_of(desk, conflict, watch.seconds, {}))
    stopped = any(point.plan.status is Status.TIME_LIMIT for point in found.found.points)
    status = desk.stopped() or JobStatus.TIMED_OUT if stopped else JobStatus.SUCCEEDED
    files = {FRONTIER: _whole(found).model_dump_json().encode()}
    return Done(Ending(status, {"files": [*files]}, seconds=dict(watch.seconds), files=files))


def _whole(found: Swept) -> WholeFrontier:
    points = [
        PointLine.model_validate({**line, "status": Status(str(line["status"]))})
        for line in found.tables[POINTS]
    ]
    payers = [PayerLine.model_validate(line) for line in found.tables[PAYERS]]
    return WholeFrontier(frontier=found.document, points=points, payers=payers)
