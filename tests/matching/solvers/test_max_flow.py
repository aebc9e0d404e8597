import numpy as np
import pytest

from impact.arrays import ints
from impact.matching.solvers.flow import Circulation
from impact.matching.solvers.max_flow import Cut, feasible


def test_units_within_all_bounds_are_found_where_there_are_any():
    ring = _circulation(3, [(0, 1, 2, 5), (1, 2, 0, 4), (2, 0, 3, 9)])

    units = feasible(ring)

    assert len(set(units.tolist())) == 1
    assert 3 <= units[0] <= 4


def test_a_cut_tells_where_more_has_to_flow_in_than_can_flow_out():
    ring = _circulation(3, [(0, 1, 6, 9), (1, 2, 0, 4), (2, 0, 0, 9)])

    cut = feasible(ring)

    assert isinstance(cut, Cut)
    assert cut.inside.tolist() == [False, True, False]


def test_a_network_without_lower_bounds_may_stand_still():
    assert feasible(_circulation(2, [(0, 1, 0, 5), (1, 0, 0, 5)])).tolist() == [0, 0]


@pytest.mark.parametrize("seed", range(20))
def test_every_cut_is_one_and_every_flow_obeys(seed):
    rng = np.random.default_rng(seed)
    tail, head = rng.integers(0, 8, 30), rng.integers(0, 8, 30)
    lower = rng.integers(0, 3, 30)
    network = Circulation(8, tail, head, lower, lower + rng.integers(0, 6, 30), np.zeros(30, np.int64))

    found = feasible(network)

    if isinstance(found, Cut):
        into = ~found.inside[tail] & found.inside[head]
        out = found.inside[tail] & ~found.inside[head]
        assert lower[into].sum() > network.upper[out].sum()
    else:
        assert np.all((found >= lower) & (found <= network.upper))
        assert np.bincount(head, found, 8).tolist() == np.bincount(tail, found, 8).tolist()


def _circulation(num_nodes, arcs):
    tail, head, lower, upper = (ints(column) for column in zip(*arcs, strict=True))
    return Circulation(num_nodes, tail, head, lower, upper, np.zeros(len(tail), np.int64))
