"""A rule swept from where it costs nothing to the most that can hold."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from worlds import rules, three_stalls, two_valleys

from impact.arrays import floats
from impact.errors import BadInput
from impact.matching.choices.frontier import frontier
from impact.matching.plan import Infeasible
from impact.matching.solve import solve
from impact.matching.spread.term import Spread

RURAL = {"id": "rural", "kind": "group_floor", "group": {"type": "rural"}, "share": 0.3}
URBAN = {"id": "urban", "kind": "group_floor", "group": {"type": "urban"}, "at_least": 20}


def swept(problem, *specs, points=3):
    return frontier(problem, rules(*specs), specs[0]["id"], points)


def limits(found):
    return [point.limit for point in found.points]


def worths(found):
    return [point.plan.worth for point in found.points]


def test_a_floor_costs_half_a_point_for_each_exposure_it_moves():
    found = swept(two_valleys(), {**RURAL, "of": "supply"})

    assert limits(found) == pytest.approx([0, 0.5, 1])
    assert worths(found) == pytest.approx([100, 75, 50])
    assert found.points[1].price == pytest.approx(50)
    assert found.against == ()  # all of it can go to the hill


def test_the_end_is_the_most_that_the_other_rules_leave_and_they_are_named():
    found = swept(two_valleys(), {**RURAL, "of": "supply"}, URBAN)

    assert limits(found) == pytest.approx([0, 0.4, 0.8])
    assert worths(found) == pytest.approx([100, 80, 60])
    assert set(found.against) == {"rural", "urban"}


def test_a_share_of_what_is_given_is_swept_too():
    problem = replace(two_valleys(), promised=floats([0, 20]))

    found = swept(problem, RURAL)

    assert limits(found) == pytest.approx([0, 0.4, 0.8])
    assert worths(found) == pytest.approx([100, 80, 60])


def test_an_amount_ends_where_nobody_can_serve_more():
    found = swept(
        three_stalls(), {"id": "coop", "kind": "group_floor", "group": {"type": "rural"}, "at_least": 5}
    )

    assert limits(found)[-1] == pytest.approx(60)  # all the cooperative can serve


def test_a_cap_is_swept_downwards():
    cap = {"id": "towns", "kind": "group_cap", "group": {"type": "urban"}, "share": 0.9, "of": "supply"}

    found = swept(two_valleys(), cap, {"id": "some", "kind": "producer_floor", "of_capacity": 0.2})

    assert limits(found) == pytest.approx([0.8, 0.5, 0.2])
    assert worths(found) == pytest.approx([90, 75, 60])


def test_a_quality_is_swept_up_to_the_best_there_is():
    found = swept(two_valleys(), {"id": "quality", "kind": "quality_floor", "minimum": 0.6}, URBAN)

    assert limits(found) == pytest.approx([0.5, 0.66, 0.82])  # at the end 20 of 0.5 beside 80 of 0.9
    assert worths(found) == pytest.approx([100, 80, 60])


def test_a_floor_for_everyone_ends_where_supply_does():
    found = swept(two_valleys(), {"id": "everyone", "kind": "producer_floor", "of_capacity": 0.1})

    assert limits(found) == pytest.approx([0, 0.25, 0.5])
    assert worths(found) == pytest.approx([100, 87.5, 75])


def test_a_rule_that_cannot_bind_has_one_point():
    found = swept(two_valleys(), {"id": "tight", "kind": "placement_cap", "share": 0.5}, RURAL)

    assert found.points[0].limit >= found.points[-1].limit
    lone = swept(two_valleys(), {**RURAL, "group": {"channel": "livestream"}})
    assert (limits(lone), worths(lone)) == ([1.0], pytest.approx([100]))


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"id": "x", "kind": "quality_floor", "minimum": {"livestream": 0.1}}, "rule_without_one_limit"),
        (
            {"id": "x", "kind": "lock", "product": "hill", "placement": "live", "at_least": 1, "at_most": 2},
            "rule_without_one_limit",
        ),
        ({**RURAL, "id": "y"}, "rule_not_there"),
    ],
)
def test_a_rule_that_cannot_be_swept_is_refused(rule, code):
    with pytest.raises(BadInput, match=code):
        frontier(two_valleys(), rules(rule), "x")


def test_other_rules_in_conflict_are_told_as_that():
    with pytest.raises(Infeasible):
        swept(two_valleys(), RURAL, {**URBAN, "at_least": 101})


@pytest.mark.slow
@given(problem=problems(promising=False))
@settings(max_examples=15, deadline=None)
def test_worth_falls_ever_faster_along_a_share_of_supply(problem):
    floor, *_, lock = specs_for(problem)

    found = swept(problem, floor, lock, points=5)

    worth, limit = np.array(worths(found)), np.array(limits(found))
    slopes = np.diff(worth) / np.diff(limit)
    assert np.all(np.diff(worth) <= 1e-6 * (1 + worth[0]))
    assert np.all(np.diff(slopes) <= 1e-4 * (1 + np.abs(slopes).max(initial=0)))


@pytest.mark.slow
@given(problem=problems(promising=False))
@settings(max_examples=15, deadline=None)
@pytest.mark.parametrize("number", [0, 1, 3, 5])
def test_nothing_beyond_the_end_can_hold(problem, number):
    spec = specs_for(problem)[number]
    found = swept(problem, spec, points=2)

    if not found.against:
        return
    end, dial = found.points[-1].limit, found.dial
    beyond = end + 1e-3 * (dial.tightest - dial.loosest)
    name = "share" if "share" in spec else "of_capacity" if "of_capacity" in spec else "minimum"
    with pytest.raises(Infeasible):
        solve(problem, rules({**spec, name: min(beyond, 1.0)}))


@pytest.mark.parametrize("stated", [{"alpha": 1}, {"alpha": "infinity"}, {"weights": (2.0, 1.0)}])
def test_the_weight_of_a_spread_is_swept_from_none_to_where_evenness_is_all(stated):
    spread = Spread(weight=1, id="even", **stated)

    found = frontier(two_valleys(), [*rules(RURAL), spread], "even", 6)

    value = [float(two_valleys().worth(point.plan.exposure).sum()) for point in found.points]
    assert limits(found)[0] == 0 and limits(found)[-1] == found.dial.tightest
    assert value[0] == pytest.approx(85)  # the rural floor alone
    assert value[-1] == pytest.approx(75, abs=1)  # half and half
    assert value == sorted(value, reverse=True)
    prices = [point.price for point in found.points]
    assert prices == sorted(prices)
    assert found.against == ()


def test_a_rule_is_swept_beside_a_spread():
    found = frontier(
        two_valleys(), [*rules({**RURAL, "of": "supply"}), Spread(weight=60, alpha="infinity")], "rural", 3
    )

    assert limits(found) == pytest.approx([0.5, 0.75, 1], abs=1e-5)  # half and half asks for nothing
    assert worths(found) == pytest.approx([105, 77.5, 50], abs=1e-2)
