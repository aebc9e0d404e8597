from dataclasses import replace

import numpy as np
import pytest
from worlds import INF, problem_from, rules, three_stalls, two_valleys

from impact.arrays import floats
from impact.matching.solve import solve


def test_nobody_dominates_a_placement():
    plan = solve(two_valleys(), rules({"kind": "placement_cap", "share": 0.6}))

    assert plan.exposure == pytest.approx([40, 60])


def test_the_cap_is_over_all_products_of_a_producer():
    (cap,) = rules({"kind": "placement_cap", "share": 0.5})

    rows = cap.rows(three_stalls())

    assert rows.labels == ("coop@live", "coop@mall", "firm@live", "firm@mall")
    assert rows.matrix.toarray()[0] == pytest.approx([1, 0, 1, 0, 0])
    assert rows.upper == pytest.approx([50, 25, 50, 25])


def test_a_pair_that_could_never_exceed_it_has_no_row():
    (cap,) = rules({"kind": "placement_cap", "share": 0.7})

    assert "firm@mall" not in cap.rows(three_stalls()).labels  # its one link carries at most 30 of 35


def test_its_price_adds_up_what_each_placement_would_gain():
    plan = solve(two_valleys(), rules({"kind": "placement_cap", "share": 0.6}))

    assert plan.rules[0].price == pytest.approx(50)  # 1 % of 100 moves from 0.5 to 1.0 points


def test_what_a_product_can_serve_keeps_a_pair_below_the_cap_too():
    problem = replace(three_stalls(), product_capacity=floats([INF, 20, 24]), ceiling=np.empty(0))
    (cap,) = rules({"kind": "placement_cap", "share": 0.5})

    assert cap.rows(problem).labels == ("coop@live", "coop@mall")  # the firm's 24 are below 25 and 50


def test_a_pair_that_could_exceed_it_by_a_hair_has_a_row():
    (cap,) = rules({"kind": "placement_cap", "share": 0.599})

    assert "firm@mall" in cap.rows(three_stalls()).labels  # 30 of 29.95


def test_where_nobody_could_exceed_it_the_nearest_is_told():
    problem = replace(three_stalls(), max_exposure=floats([10, 10, 10, 30, 24]), ceiling=np.empty(0))

    plan = solve(problem, rules({"kind": "placement_cap", "share": 0.5}))

    assert (plan.rules[0].tightest, plan.rules[0].binding) == ("firm@mall", False)
    assert plan.rules[0].slack == pytest.approx(1 / 50)


def test_without_links_there_is_nothing_to_cap():
    (cap,) = rules({"kind": "placement_cap", "share": 0.5})
    problem = problem_from([], {"hill": 5}, {"live": 9})

    assert cap.rows(problem).labels == ()
    assert cap.units(problem, np.empty(0)).tolist() == []


def test_one_unit_of_the_cap_is_the_supply_it_is_a_share_of():
    (cap,) = rules({"kind": "placement_cap", "share": 0.4})

    assert cap.units(three_stalls(), np.zeros(5)).tolist() == [100, 50, 100, 50]
    assert cap.ceiling(three_stalls()).tolist() == [40, 20, 40, 40, 20]
