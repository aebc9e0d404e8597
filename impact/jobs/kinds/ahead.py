"""What may be asked next of a plan, answered while nobody asks: every number a little lower and higher.

A search goes on from the answer whose numbers are nearest to what is asked: how long it takes depends on
that, what is found does not.
"""

from collections import deque
from dataclasses import dataclass, field
from operator import itemgetter
from threading import Lock

from pydantic import ValidationError

from impact.errors import BadInput, SolverFailed
from impact.matching.plan import Impossible, Plan, Status
from impact.matching.rules import RULES
from impact.matching.solve import Limits
from impact.model import Programme
from impact.pipeline import again
from impact.programmes.turned import apart, numbers_of, turned
from impact.reports.solved import Solved
from impact.timing import Cancelled

FACTORS = (1.05, 0.95, 1.1, 0.9)
MOST = 60
"""So many answers are kept at most: some 4 MB each for 160,000 links."""
SECONDS = 20.0
"""How long one may take."""
NEARER = 2.0
"""An answer has to be nearer by this factor than the plan itself: on the way back a search is slower."""


@dataclass(eq=False)
class Ahead:
    """A plan, and answers to what may be asked next of it; those still to be found are `left`.

    The first asks the same once more, so that libraries are loaded and rows named.
    """

    solved: Solved
    left: list[Programme] = field(init=False)
    found: list[tuple[Programme, Plan]] = field(init=False)

    def __post_init__(self) -> None:
        self.left = [self.solved.programme, *_steps(self.solved.programme)]
        self.found = [(self.solved.programme, self.solved.plan)]

    def look(self, called: Cancelled, *, far: bool) -> None:
        """Find answers until somebody has `called`: the first, or if `far` all of them."""
        while self.left and not called() and (far or len(self.found) == 1):
            self._find(self.left[0], called)

    def nearest(self, programme: Programme) -> Plan:
        """Return the plan to go on from to what `programme` asks."""
        own = apart(self.solved.programme, programme)
        far, plan = min(((apart(asked, programme), plan) for asked, plan in self.found), key=itemgetter(0))
        return plan if far * NEARER < own else self.solved.plan

    def _find(self, programme: Programme, called: Cancelled) -> None:
        plan = self._answer(programme, Limits(SECONDS, diagnosing=False, cancelled=called))
        if called():
            return  # it is looked for again
        if plan and plan.status is not Status.TIME_LIMIT:
            self.found.append((programme, plan))
        self.left.remove(programme)

    def _answer(self, programme: Programme, limits: Limits) -> Plan | None:
        """Answer what `programme` asks; None where nothing can, or not in time."""
        try:
            return again(self.solved, programme, limits, start=self.nearest(programme)).plan
        except (BadInput, Impossible, SolverFailed):
            return None


_KEPT: deque[Ahead] = deque(maxlen=3)
"""The plans last gone on from or looked ahead from: one often goes back, and tries another number."""
_turning = Lock()


def look_ahead(solved: Solved, called: Cancelled, *, far: bool) -> None:
    """Answer what may be asked next of `solved`, as `Ahead.look` does."""
    known = _known(solved)
    if known is None:
        known = Ahead(solved)
        with _turning:
            _KEPT.append(known)
    known.look(called, far=far)


def nearest(solved: Solved, programme: Programme) -> Plan:
    """Return the nearest plan to go on from: `solved`, or what was found looking ahead from it."""
    known = _known(solved)
    return known.nearest(programme) if known else solved.plan


def forget() -> None:
    """Forget what was found, as where a process begins."""
    _KEPT.clear()


def _known(solved: Solved) -> Ahead | None:
    """Return what is known of a plan, and keep it longest."""
    with _turning:
        known = next((kept for kept in _KEPT if kept.solved.plan_id == solved.plan_id), None)
        if known:
            _KEPT.remove(known)
            _KEPT.append(known)
        return known


def _steps(programme: Programme) -> list[Programme]:
    """Return what may be asked next."""
    steps = (turned(programme, place, factor) for factor in FACTORS for place in numbers_of(programme))
    return [step for step in steps if step != programme and _can_be(step)][:MOST]


def _can_be(programme: Programme) -> bool:
    try:
        RULES.validate_python(programme.rules)
    except ValidationError:
        return False
    return True
