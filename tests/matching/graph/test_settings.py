"""What may be turned, and what is refused."""

from dataclasses import fields

import pytest

from impact.matching.graph.links import PARTS
from impact.matching.graph.settings import GraphSettings, Weights


def test_there_is_one_weight_for_each_part_in_the_same_order():
    assert tuple(field.name for field in fields(Weights)) == PARTS


def test_weights_sum_to_one():
    assert Weights().column.sum() == pytest.approx(1.0)


@pytest.mark.parametrize(
    "weights",
    [
        {"interest": 0.5},  # too much
        {"interest": 0.0},  # too little
        {"interest": 0.55, "distance": -0.1},  # sums to 1, but distance would count against
    ],
)
def test_weights_that_do_not_add_up_are_refused(weights):
    with pytest.raises(ValueError, match="sum to 1"):
        Weights(**weights)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("interest_floor", 0.0),  # everything would be wanted
        ("useful_share", 1.5),
        ("kept_share", 0.0),
        ("likeness_ceiling", -0.1),
        ("reach_km", 0.0),
        ("num_best", 0),
        ("num_nearest", 0),
        ("num_suitors", 0),
    ],
)
def test_a_setting_out_of_range_is_refused_by_name(setting, value):
    with pytest.raises(ValueError, match=setting):
        GraphSettings(**{setting: value})
