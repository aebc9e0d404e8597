from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from worlds import INF, rules, three_stalls

from impact.arrays import floats
from impact.matching.check import readings
from impact.matching.plan import Infeasible
from impact.matching.solve import claims_of, solve, specs_of


def reading_of(spec, exposure, *, prices=None, tightest=None):
    (rule,) = rules(spec)
    name = tightest or rule.id
    return readings(three_stalls(), specs_of([rule]), np.array(exposure), prices or {}, {rule.id: name})[
        rule.id
    ]


def test_a_share_is_read_as_a_share():
    spec = {"kind": "group_floor", "group": {"type": "rural"}, "share": 0.2}

    found = reading_of(spec, [10.0, 10, 10, 60, 10], prices={"group_floor": {"group_floor": -2.0}})

    assert (found.activity, found.limit, found.slack) == pytest.approx((0.3, 0.2, 0.1))
    assert found.price == pytest.approx(200)  # 2 points for each of 100 exposures


def test_a_cap_is_read_from_below():
    spec = {"kind": "placement_cap", "share": 0.5}

    found = reading_of(spec, [10.0, 0, 10, 40, 0], tightest="firm@live")

    assert (found.activity, found.limit, found.slack) == pytest.approx((0.4, 0.5, 0.1))


def test_a_lock_is_read_at_its_nearer_side():
    spec = {"kind": "lock", "product": "coop-tea", "placement": "mall", "at_least": 2, "at_most": 30}

    found = reading_of(spec, [0.0, 29, 0, 0, 0], tightest="coop-tea@mall")

    assert (found.activity, found.limit, found.slack) == pytest.approx((29, 30, 1))


def test_a_name_that_no_account_bears_is_left_out():
    (rule,) = rules({"kind": "quality_floor", "minimum": 0.5})

    assert readings(three_stalls(), specs_of([rule]), np.zeros(5), {}, {rule.id: "tv"}) == {}


GIVEN = [6.0, 4, 10, 60, 20]  # 20 to the cooperative of 60, 80 to the firm of 200


@pytest.mark.parametrize(
    ("spec", "account", "stood"),
    [
        ({"kind": "producer_floor", "of_capacity": 0.2}, "coop", (20 / 60, 0.2, 8 / 60)),
        ({"kind": "producer_floor", "of_capacity": 0.2}, "firm", (0.4, 0.2, 0.2)),
        ({"kind": "group_cap", "group": {"type": "rural"}, "share": 0.5}, None, (0.2, 0.5, 0.3)),
        ({"kind": "group_floor", "group": {"type": "rural"}, "at_least": 15}, None, (20, 15, 5)),
        ({"kind": "group_cap", "group": {"type": "rural"}, "at_most": 15}, None, (20, 15, 0)),
        (
            {"kind": "group_floor", "group": {"type": "rural"}, "share": 0.1, "of": "supply"},
            None,
            (20 / 150, 0.1, 5 / 150),
        ),
        ({"kind": "placement_cap", "share": 0.5}, "firm@mall", (0.4, 0.5, 0.1)),
        ({"kind": "placement_cap", "share": 0.5}, "firm@live", (0.6, 0.5, 0)),
        ({"kind": "quality_floor", "minimum": 0.4}, "mall", (11.2 / 24, 0.4, 1.6 / 24)),
        (
            {"kind": "quality_floor", "minimum": {"mall": 0.3, "livestream": 0.4}},
            "mall",
            (11.2 / 24, 0.3, 4 / 24),
        ),
        (
            {"kind": "quality_floor", "minimum": {"mall": 0.3, "livestream": 0.4}},
            "livestream",
            (34.8 / 76, 0.4, 4.4 / 76),
        ),
        ({"kind": "group_ratio", "by": "type", "minimum": 0.5}, "rural", (5 / 6, 0.5, 1 / 3)),
    ],
)
def test_every_rule_is_read_in_its_own_units(spec, account, stood):
    found = reading_of(spec, GIVEN, tightest=account)

    assert (found.activity, found.limit, found.slack) == pytest.approx(stood)
    assert found.price == 0


@pytest.mark.parametrize(
    ("sides", "stood"),
    [
        ({"at_least": 2}, (4, 2, 2)),
        ({"at_most": 9}, (4, 0, 4)),  # nearer to having nothing at all
        ({"at_least": 5}, (4, 5, 0)),
        ({"at_least": 1, "at_most": 3}, (4, 3, 0)),
        ({"at_least": 1, "at_most": 6}, (4, 6, 2)),
        ({"at_least": 2, "at_most": 6}, (4, 2, 2)),  # half way, at the lower one
    ],
)
def test_a_lock_is_read_in_exposures(sides, stood):
    lock = {"kind": "lock", "product": "coop-tea", "placement": "mall", **sides}

    found = reading_of(lock, GIVEN, tightest="coop-tea@mall", prices={"lock": {"coop-tea@mall": -0.5}})

    assert (found.activity, found.limit, found.slack) == pytest.approx(stood)
    assert found.price == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("spec", "prices", "price"),
    [
        ({"kind": "producer_floor", "of_capacity": 0.2}, {"coop": -2.0, "firm": -1.0}, 2 * 60 + 1 * 200),
        ({"kind": "placement_cap", "share": 0.5}, {"firm@live": 2.0, "coop@mall": 1.0}, 2 * 100 + 1 * 50),
        ({"kind": "quality_floor", "minimum": 0.4}, {"mall": -2.0, "livestream": -1.0}, 2 * 24 + 1 * 76),
        ({"kind": "quality_floor", "minimum": {"mall": 0.4}}, {"mall": -2.0}, 2 * 24),
    ],
)
def test_the_price_is_what_giving_way_everywhere_would_gain(spec, prices, price):
    (rule,) = rules(spec)

    found = reading_of(spec, GIVEN, prices={rule.id: prices}, tightest=next(iter(prices)))

    assert found.price == pytest.approx(price)


def test_where_nothing_is_given_a_share_of_it_is_still_read():
    found = reading_of({"kind": "group_floor", "group": {"type": "rural"}, "share": 0.2}, [0.0] * 5)

    assert (found.activity, found.limit, found.slack) == (0.2, 0.2, 0)


def test_next_to_nothing_is_no_unit():
    spec = {"kind": "group_floor", "group": {"type": "rural"}, "share": 0.2}

    found = reading_of(spec, [1e-8, 0, 0, 0, 0])

    assert found.slack == pytest.approx(0.8e-8 / 1e-6)


def test_only_rules_that_name_an_account_are_read():
    floor, cap = rules(
        {"kind": "producer_floor", "of_capacity": 0.2}, {"kind": "placement_cap", "share": 0.5}
    )

    specs, tightest = specs_of([floor, cap]), {"producer_floor": "firm"}
    found = readings(three_stalls(), specs, np.array(GIVEN), {}, tightest)

    assert list(found) == ["producer_floor"]


@pytest.mark.slow
@given(problem=problems())
@settings(max_examples=60, deadline=None)
def test_what_a_plan_says_of_its_rules_is_what_its_books_say(problem):
    obeyed = rules(*specs_for(problem))
    try:
        plan = solve(problem, obeyed)
    except Infeasible:
        return

    prices = claims_of(plan, 0).prices
    tightest = {outcome.id: outcome.tightest for outcome in plan.rules}
    found = readings(problem, specs_of(obeyed), plan.exposure, prices, tightest)

    for outcome in plan.rules:
        if outcome.tightest:
            stated = (outcome.activity, outcome.limit, outcome.slack, outcome.price)
            read = found[outcome.id]
            assert (read.activity, read.limit, read.slack, read.price) == pytest.approx(
                stated, rel=1e-6, abs=1e-6
            )


def test_a_floor_is_stated_beside_what_is_owed():
    (floor,) = rules({"kind": "producer_floor", "of_capacity": 0.2})
    problem = replace(three_stalls(), owed=floats([6, -20]))  # floors of 12 and 6, of 40 less 20

    for name, stood in (("coop", (20 / 60 - 6 / 60, 0.2, 2 / 60)), ("firm", (0.5, 0.2, 0.3))):
        tightest = {"producer_floor": name}
        found = readings(problem, specs_of([floor]), np.array(GIVEN), {}, tightest)["producer_floor"]
        assert (found.activity, found.limit, found.slack) == pytest.approx(stood)


def test_who_has_no_limit_adds_nothing_to_a_price():
    (floor,) = rules({"kind": "producer_floor", "of_capacity": 0.2})
    problem = replace(three_stalls(), capacity=floats([60, INF]), ceiling=np.empty(0))
    prices = {"producer_floor": {"coop": -2.0}}

    found = readings(problem, specs_of([floor]), np.array(GIVEN), prices, {"producer_floor": "coop"})

    assert found["producer_floor"].price == pytest.approx(120)
