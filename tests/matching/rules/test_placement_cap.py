import pytest
from worlds import rules, three_stalls, two_valleys

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
