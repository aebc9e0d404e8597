import numpy as np
import pytest
from pydantic import ValidationError
from worlds import rules, three_stalls, two_valleys

from impact.matching.rules import faults
from impact.matching.solve import solve

RURAL = {"type": "rural"}


def test_a_floor_moves_just_enough_exposure_to_rural_producers():
    plan = solve(two_valleys(), rules({"kind": "group_floor", "group": RURAL, "share": 0.3}))

    assert plan.exposure == pytest.approx([30, 70])
    assert plan.worth == pytest.approx(85)  # the price of the floor is 15


def test_its_price_is_what_one_unit_of_share_gives_back():
    plan = solve(two_valleys(), rules({"kind": "group_floor", "group": RURAL, "share": 0.3}))

    assert plan.rules[0].price == pytest.approx(
        50
    )  # a percentage point moves 1 exposure from 0.5 to 1.0 points


def test_a_share_of_supply_counts_what_is_not_given_too():
    problem = three_stalls()

    (row,) = rules({"kind": "group_floor", "group": {"category": "tea"}, "share": 0.5, "of": "supply"})

    assert row.rows(problem).lower == pytest.approx([75])
    assert row.rows(problem).matrix.toarray() == pytest.approx(np.array([[1, 1, 0, 1, 1]]))


def test_links_of_others_are_no_entries_of_the_row():
    (rule,) = rules({"id": "tea", "kind": "group_floor", "group": {"category": "tea"}, "at_least": 7})

    assert rule.rows(three_stalls()).matrix.nnz == 4


def test_a_share_of_exposure_weighs_members_against_all():
    (rule,) = rules({"kind": "group_floor", "group": {"type": "rural"}, "share": 0.25})

    rows = rule.rows(three_stalls())

    assert rows.matrix @ np.array([10.0, 0, 0, 30, 0]) == pytest.approx([0])  # 10 of 40 is exactly a quarter
    assert rows.limit == pytest.approx([0.25])


def test_attributes_of_product_producer_and_placement_must_all_match():
    (rule,) = rules(
        {
            "kind": "group_floor",
            "group": {"type": "rural", "category": ["tea", "nuts"], "channel": "mall"},
            "at_least": 7,
        }
    )

    rows = rule.rows(three_stalls())

    assert rows.matrix.toarray() == pytest.approx(np.array([[0, 1, 0, 0, 0]]))
    assert rows.lower == pytest.approx([7])


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        ({"share": 1.2}, "a share above one"),
        ({"share": -0.1}, "a negative share"),
        ({"share": float("nan")}, "not a number"),
        ({"at_least": -1}, "a negative amount"),
        ({}, "neither share nor amount"),
        ({"share": 0.1, "at_least": 5}, "both share and amount"),
        ({"share": 0.1, "of": "profit"}, "a share of something unknown"),
        ({"share": 0.1, "sahre": 0.2}, "a misspelt key"),
    ],
)
def test_a_floor_that_makes_no_sense_is_refused(spec, why):
    with pytest.raises(ValidationError):
        rules({"kind": "group_floor", "group": RURAL, **spec})


def test_an_attribute_nobody_has_is_named():
    (issue,) = faults(two_valleys(), rules({"kind": "group_floor", "group": {"tpye": "rural"}, "share": 0.1}))

    assert issue.code == "unknown_attribute"
    assert issue.params["attribute"] == "tpye"


def test_a_group_without_a_link_is_named():
    (issue,) = faults(two_valleys(), rules({"kind": "group_floor", "group": {"type": "lunar"}, "share": 0.1}))

    assert issue.code == "group_without_links"


@pytest.mark.parametrize(
    ("stated", "unit"),
    [({"at_least": 7}, 1), ({"share": 0.2}, 30), ({"share": 0.2, "of": "supply"}, 150)],
)
def test_one_unit_of_its_limit_is_an_exposure_or_all_that_its_share_is_of(stated, unit):
    (rule,) = rules({"kind": "group_floor", "group": RURAL, **stated})

    assert rule.units(three_stalls(), np.array([1.0, 2, 3, 4, 20])).tolist() == [unit]


def test_an_amount_is_an_amount_whatever_shares_would_be_of():
    (rule,) = rules({"kind": "group_floor", "group": RURAL, "at_least": 7, "of": "supply"})

    assert rule.rows(three_stalls()).lower.tolist() == [7]
    assert rule.rows(three_stalls()).limit.tolist() == [7]
