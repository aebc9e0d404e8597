import numpy as np
import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from worlds import rules, two_valleys

from impact.matching.check import excess
from impact.matching.plan import Infeasible
from impact.matching.solve import solve, specs_of

RURAL = {"id": "rural", "kind": "group_floor", "group": {"type": "rural"}, "of": "supply", "share": 0.7}
URBAN = {"id": "urban", "kind": "group_floor", "group": {"type": "urban"}, "at_least": 50}
WEIGHTS = {"rural": {"rural": -1.0}, "urban": {"urban": -1.0}, "supply": {"live": 1.0}}


def test_two_floors_above_supply_are_a_conflict_by_twenty_exposures():
    assert excess(two_valleys(), specs_of(rules(RURAL, URBAN)), ["rural", "urban"], WEIGHTS) == pytest.approx(
        20
    )


@pytest.mark.parametrize("left_out", ["rural", "urban"])
def test_a_rule_that_is_not_named_proves_nothing(left_out):
    named = {"rural", "urban"} - {left_out}

    assert excess(two_valleys(), specs_of(rules(RURAL, URBAN)), named, WEIGHTS) <= 0


def test_no_weights_prove_a_conflict_where_there_is_a_plan():
    specs = specs_of(rules({**RURAL, "share": 0.5}, URBAN))

    for seed in range(50):
        rng = np.random.default_rng(seed)
        weights = {name: {label: rng.normal() for label in labels} for name, labels in WEIGHTS.items()}
        assert excess(two_valleys(), specs, ["rural", "urban"], weights) <= 1e-9


@given(problem=problems())
@settings(max_examples=60, deadline=None)
def test_every_conflict_that_is_told_is_proved_by_its_weights(problem):
    obeyed = rules(*specs_for(problem))
    try:
        solve(problem, obeyed)
    except Infeasible as refusal:
        told = refusal.conflict
        weights = {each.rule: dict(zip(each.labels, each.duals, strict=True)) for each in told.weights}

        assert excess(problem, specs_of(obeyed), told.rules, weights) >= told.proof * (1 - 1e-6) > 0
