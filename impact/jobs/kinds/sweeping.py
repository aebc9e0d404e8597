"""What kinds of jobs that sweep a rule share: the rule is swept, and one document comes of it."""

from functools import partial

from impact.bundles.frontiers import PAYERS, POINTS
from impact.bundles.read import Bundle
from impact.bundles.whole.documents import PayerLine, PointLine, WholeFrontier
from impact.inquiries import Swept, swept
from impact.jobs.asked import FrontierAsked
from impact.jobs.desk import Desk, Done
from impact.jobs.kinds.solving import limits_of
from impact.matching.plan import Status
from impact.matching.solve import solve
from impact.store.queue.jobs import JobStatus
from impact.store.queue.leases import Ending
from impact.timing import Stopwatch

FRONTIER = "frontier.json"


def sweep(desk: Desk, asked: FrontierAsked, given: Bundle, watch: Stopwatch) -> Done:
    """Sweep a rule from where it costs nothing to the most that can hold.

    Raises
    ------
    BadInput, SolverFailed
        As `frontier` does.
    Infeasible
        The other rules cannot hold together: there is no frontier.
    """
    limits = limits_of(desk, asked, given.document.seed)
    found = swept(given, asked.rule, asked.points, limits, partial(solve, watch=watch))
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
