import numpy as np

from impact.arrays import ints
from impact.matching.solvers.flow import Circulation, cheapest, flows, settled


def test_the_cheaper_of_two_ways_fills_first():
    flow = cheapest(_circulation([(0, 1, 0, 5, -3), (0, 1, 0, 5, -2), (1, 0, 0, 7, 0)]))

    assert flow.units.tolist() == [5, 2, 7]


def test_an_arc_carries_at_least_its_lower_bound_even_at_a_loss():
    flow = cheapest(_circulation([(0, 1, 4, 5, 3), (1, 0, 0, 7, -1)]))

    assert flow.units.tolist() == [4, 4]


def test_a_way_from_a_node_to_itself_is_taken_where_it_pays():
    flow = cheapest(_circulation([(0, 0, 1, 5, -3), (0, 0, 1, 5, 3), (0, 1, 0, 1, 0)]))

    assert flow.units.tolist() == [5, 1, 0]


def test_lower_bounds_that_cannot_be_met_have_no_flow():
    assert cheapest(_circulation([(0, 1, 4, 5, 0), (1, 0, 0, 3, 0)])) is None


def test_a_lower_bound_above_the_upper_has_no_flow():
    assert cheapest(_circulation([(0, 1, 4, 3, 0), (1, 0, 0, 9, 0)])) is None


def test_costs_too_large_to_add_have_no_flow():
    assert cheapest(_circulation([(0, 1, 0, 3, -(2**62)), (1, 0, 0, 9, 0)])) is None


def test_units_beyond_what_a_float_tells_apart_are_counted_one_by_one():
    most = 2**60 - 1

    flow = cheapest(_circulation([(0, 1, 1, most, -1), (1, 0, 0, most, 0)]))

    assert flow.units.tolist() == [most, most]


def test_potentials_prove_that_a_flow_is_the_cheapest():
    rng = np.random.default_rng(0)
    tail, head = rng.integers(0, 20, 200), rng.integers(0, 20, 200)
    cost, upper = rng.integers(-50, 50, 200), rng.integers(0, 9, 200)
    circulation = Circulation(20, tail, head, np.zeros(200, np.int64), upper, cost)

    flow = cheapest(circulation)

    reduced = cost + flow.potential[tail] - flow.potential[head]
    assert np.all(reduced[flow.units < upper] >= 0)
    assert np.all(reduced[flow.units > 0] <= 0)
    assert 0 < int((flow.units > 0).sum()) < 200


def test_rough_costs_that_tell_arcs_apart_give_the_cheapest_flow_at_once():
    two_ways = _circulation([(0, 1, 0, 5, -300), (0, 1, 0, 5, -201), (1, 0, 0, 7, 0)])

    first = next(flows(two_ways, ints([-3, -2, 0]), 100))

    assert first.units.tolist() == [5, 2, 7]
    assert _proved(two_ways, first)


def test_where_rough_costs_do_not_the_true_ones_are_asked():
    two_ways = _circulation([(0, 1, 0, 5, -301), (0, 1, 0, 5, -340), (1, 0, 0, 7, 0)])

    near, exact = flows(two_ways, ints([-4, -3, 0]), 100)

    assert near.units.tolist() == [5, 2, 7]
    assert not _proved(two_ways, near)
    assert exact.units.tolist() == [2, 5, 7]
    assert _proved(two_ways, exact)


def test_no_flow_at_rough_costs_is_none_at_all():
    short = _circulation([(0, 1, 4, 5, 0), (1, 0, 0, 3, 0)])

    assert list(flows(short, short.cost, 1)) == []


def test_a_flow_that_can_be_bettered_has_no_potentials():
    two_ways = _circulation([(0, 1, 0, 5, -3), (0, 1, 0, 5, -2), (1, 0, 0, 7, 0)])

    assert settled(two_ways, ints([2, 5, 7]), ints([0, 0]), 50) is None
    assert settled(two_ways, ints([5, 2, 7]), ints([0, 0]), 50).tolist() == [0, -2]


def _proved(circulation, flow):
    reduced = circulation.cost + flow.potential[circulation.tail] - flow.potential[circulation.head]
    more, less = flow.units < circulation.upper, flow.units > circulation.lower
    return bool(np.all(reduced[more] >= 0) and np.all(reduced[less] <= 0))


def _circulation(arcs):
    tail, head, lower, upper, cost = (ints(column) for column in zip(*arcs, strict=True))
    return Circulation(2, tail, head, lower, upper, cost)
