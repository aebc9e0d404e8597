"""Early: a plan that is at hand without a solver, for when time is up before one has a plan of its own."""

from collections.abc import Iterator, Sequence

import numpy as np

from impact.arrays import Floats, Ints
from impact.matching.check.claims import TOLERANCE
from impact.matching.plan import RowPrices
from impact.matching.pose import Posed
from impact.matching.question.rows import LinearAnswer, bound, keeps_rows
from impact.matching.rules.limits import Supply
from impact.matching.starts import Earlier, laid_out

ENGINE = "early"
HALVINGS = 12
"""How closely the way from a plan that keeps all rules towards a better one is searched."""
ROW_TOLERANCE = TOLERANCE / 2


def early(posed: Posed, start: Earlier | None = None, at_hand: Sequence[Floats] = ()) -> LinearAnswer | None:
    """Make a plan of what is known to keep the rules, and go from there towards the dearest links first.

    1. Of what is `at_hand`, an earlier plan, the published one and none at all, take the best that keeps
       every row.
    2. Give what there is to the dearest links first, within supply and capacities.
    3. Go from the first towards the second as far as every row is kept: what keeps them is convex.

    Its prices are of supply alone: what an exposure of a placement is worth where its supply ends. None
    where none of the first keeps every row, nothing can be given from there, or those prices prove nothing.
    """
    kept = [exposure for exposure in (*at_hand, *_known(posed, start)) if _keeps(posed, exposure)]
    if not kept:
        return None
    duals = _supply_prices(posed)
    if not np.isfinite(bound(posed.program, duals)):
        return None
    base = max(kept, key=lambda exposure: _worth(posed, exposure))
    found = _towards(posed, base, dearest_first(posed))
    return LinearAnswer("feasible", posed.columns(found), duals, ENGINE) if found.any() else None


def dearest_first(posed: Posed) -> Floats:
    """Give exposure to the dearest links first, within all that the tables limit, shape ``(link,)``."""
    problem = posed.problem
    order = np.argsort(-problem.value, kind="stable")
    given = np.where(problem.value > 0, problem.ceiling, 0.0)
    for owner_of, most in (
        (problem.product_of, problem.product_capacity),
        (problem.producer_of, problem.capacity),
        (problem.placement_of, problem.supply),
    ):
        given = _limited(given, order, owner_of, most)
    return given


def _known(posed: Posed, start: Earlier | None) -> Iterator[Floats]:
    problem = posed.problem
    if start is not None and len(start.exposure) == problem.num_links:
        yield np.minimum(start.exposure, problem.ceiling)
    if problem.published:
        yield np.minimum(problem.published.exposure, problem.ceiling)
    yield np.zeros(problem.num_links)


def _towards(posed: Posed, base: Floats, aim: Floats) -> Floats:
    """Return the point furthest from `base` towards `aim` that keeps every row and is worth no less."""
    if _worth(posed, aim) <= _worth(posed, base):
        return base
    kept, broken = 0.0, 1.0
    if _keeps(posed, aim):
        return aim
    for _ in range(HALVINGS):
        middle = 0.5 * (kept + broken)
        if _keeps(posed, base + middle * (aim - base)):
            kept = middle
        else:
            broken = middle
    return base + kept * (aim - base)


def _keeps(posed: Posed, exposure: Floats) -> bool:
    return keeps_rows(posed.program, posed.columns(exposure), ROW_TOLERANCE)


def _worth(posed: Posed, exposure: Floats) -> float:
    return float(posed.problem.worth(exposure).sum())


def _limited(given: Floats, order: Ints, owner_of: Ints, most: Floats) -> Floats:
    """Cut what owners give beyond `most` off, the last of `order` first."""
    by_owner = order[np.argsort(owner_of[order], kind="stable")]
    own, limit = given[by_owner], most[owner_of[by_owner]]
    before = _before(own, owner_of[by_owner])
    cut = np.empty_like(given)
    cut[by_owner] = np.clip(limit - before, 0.0, own)
    return cut


def _before(amount: Floats, owner_of: Ints) -> Floats:
    """Add up what lies before each in the run of its owner."""
    total = np.cumsum(amount)
    starts = np.flatnonzero(np.diff(owner_of, prepend=-1))
    first = (total - amount)[starts]
    return total - amount - np.repeat(first, np.diff(starts, append=len(amount)))


def _supply_prices(posed: Posed) -> Floats:
    """Price each placement at what its last exposure is worth, were it given to its dearest links alone."""
    num_pieces, problem = len(posed.link_of), posed.problem
    worth, length = posed.program.worth[:num_pieces], posed.program.ceiling[:num_pieces]
    placement_of = problem.placement_of[posed.link_of]
    order = np.lexsort((-worth, placement_of))
    before = _before(length[order], placement_of[order])
    supply = problem.supply[placement_of[order]]
    last = (before < supply) & (before + length[order] >= supply)
    prices = np.zeros(len(problem.supply))
    prices[placement_of[order][last]] = np.maximum(worth[order][last], 0.0)
    return laid_out(posed, [RowPrices(Supply.id, problem.placement_ids, prices)])
