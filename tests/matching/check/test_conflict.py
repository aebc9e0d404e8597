from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from worlds import INF, rules, three_stalls, two_valleys

from impact.arrays import floats
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


@pytest.mark.parametrize(
    ("fact", "account", "changed"),
    [
        ("supply", "live", {"supply": floats([15, 50])}),
        ("capacity", "coop", {"capacity": floats([15, 200])}),
        ("product_capacity", "coop-tea", {"product_capacity": floats([15, 20, INF])}),
    ],
)
def test_what_the_tables_limit_belongs_to_every_conflict(fact, account, changed):
    problem = replace(three_stalls(), ceiling=np.empty(0), **changed)
    place = {"channel": "livestream"} if fact == "supply" else {"category": "tea", "type": "rural"}
    floor = {"id": "g", "kind": "group_floor", "group": place, "at_least": 40}

    assert excess(problem, specs_of(rules(floor)), ["g"], {"g": {"g": -1.0}, fact: {account: 1.0}}) == 25


def test_a_promise_is_a_rule_that_has_to_be_named():
    problem = replace(two_valleys(), promised=floats([60, 60]))
    weights = {"promised": {"hill": -1.0, "town": -1.0}, "supply": {"live": 1.0}}

    assert excess(problem, (), ["promised"], weights) == 20
    assert excess(problem, (), [], weights) <= 0


def test_no_weights_prove_a_conflict_where_there_is_a_plan():
    specs = specs_of(rules({**RURAL, "share": 0.5}, URBAN))

    for seed in range(50):
        rng = np.random.default_rng(seed)
        weights = {name: {label: rng.normal() for label in labels} for name, labels in WEIGHTS.items()}
        assert excess(two_valleys(), specs, ["rural", "urban"], weights) <= 1e-9


@pytest.mark.slow
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
