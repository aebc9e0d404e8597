from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from instances import problems
from pydantic import ValidationError
from worlds import rules, two_valleys

from impact.arrays import floats, ints
from impact.errors import BadInput
from impact.matching.check import objections
from impact.matching.choices.frontier import frontier
from impact.matching.plan import Infeasible
from impact.matching.question.published import Published
from impact.matching.question.saturation import Saturation
from impact.matching.solve import claims_of, solve, specs_of

CLOSE = {"id": "close", "kind": "churn", "share": 0.2}


def published(exposure, gone=0.0, problem=None):
    """Two valleys of which the plan before gave `exposure`, and `gone` on links no longer there."""
    before = Published(floats(exposure), ints([0]), ints([0]), floats([gone]))
    return replace(problem or two_valleys(), published=before)


def test_what_moves_counts_twice_once_taken_and_once_given():
    plan = solve(published([50, 50]), rules(CLOSE))

    assert plan.exposure == pytest.approx([40, 60])  # 10 taken and 10 given are 20 of 100
    assert (plan.rules[0].activity, plan.rules[0].limit) == pytest.approx((0.2, 0.2))
    assert plan.rules[0].price == pytest.approx(25)  # half of each exposure of change, at half a point


def test_less_than_one_exposure_published_counts_as_well():
    tiny = replace(two_valleys(), supply=floats([1]), ceiling=np.empty(0))

    plan = solve(published([0.5, 0.5], problem=tiny), rules(CLOSE))

    assert plan.exposure == pytest.approx([0.4, 0.6])


def test_the_proof_needs_one_price_only():
    plan = solve(published([50, 50]), rules(CLOSE))

    (own,) = [price for price in plan.prices if price.rule == "close"]
    assert own.labels == ("close",)
    assert own.duals == pytest.approx([0.25])


def test_what_was_published_on_links_no_longer_there_counts_as_taken():
    plan = solve(published([40, 40], gone=20), rules(CLOSE))

    assert plan.exposure == pytest.approx([40, 40])
    assert [(issue.code, issue.params["exposure"]) for issue in plan.warnings] == [
        ("published_links_gone", 20)
    ]


def test_nothing_may_change():
    plan = solve(published([50, 50]), rules({**CLOSE, "share": 0}))

    assert plan.exposure == pytest.approx([50, 50])


def test_a_change_beyond_everything_leaves_the_plan_free():
    plan = solve(published([100, 0]), rules({**CLOSE, "share": 2}))

    assert plan.exposure == pytest.approx([0, 100])


def test_more_gone_than_may_change_is_a_conflict_by_how_much():
    with pytest.raises(Infeasible) as refusal:
        solve(published([30, 30], gone=40), rules(CLOSE))

    conflict = refusal.value.conflict
    assert conflict.rules == ("close",)
    assert [(move.limit, move.to, move.verified) for move in conflict.relaxations] == [(0.2, 0.4, True)]


def test_a_floor_against_little_change_is_a_conflict():
    floor = {"id": "rural", "kind": "group_floor", "group": {"type": "rural"}, "share": 0.9}

    with pytest.raises(Infeasible) as refusal:
        solve(published([10, 90]), rules(CLOSE, floor))

    assert set(refusal.value.conflict.rules) == {"close", "rural"}
    assert all(move.verified for move in refusal.value.conflict.relaxations)


def test_without_a_published_plan_the_rule_is_refused():
    with pytest.raises(BadInput, match="published_missing"):
        solve(two_valleys(), rules(CLOSE))


@pytest.mark.parametrize("change", [{"share": -0.1}, {"share": 2.1}, {"to": "draft"}])
def test_what_the_rule_does_not_know_is_refused(change):
    with pytest.raises(ValidationError):
        rules({**CLOSE, **change})


def test_a_plan_that_moved_further_is_found_out():
    problem, obeyed = published([50, 50]), rules(CLOSE)
    plan = replace(solve(problem, obeyed), exposure=floats([30, 70]))

    codes = [issue.code for issue in objections(problem, specs_of(obeyed), claims_of(plan, 0))]

    assert "rule_broken" in codes


def test_saturation_and_change_are_proved_together():
    problem = published([10, 40], problem=replace(two_valleys(), saturation=Saturation((0.5, 1), (1, 0.2))))
    obeyed = rules({**CLOSE, "share": 1})

    plan = solve(problem, obeyed)

    assert plan.exposure == pytest.approx([50, 50])
    assert objections(problem, specs_of(obeyed), claims_of(plan, 0)) == ()


def test_the_share_can_be_swept():
    swept = frontier(published([100, 0]), rules(CLOSE), "close", 3)

    assert [point.limit for point in swept.points] == pytest.approx([2, 1, 0])
    assert [point.plan.worth for point in swept.points] == pytest.approx([100, 75, 50], rel=1e-4)


@pytest.mark.slow
@given(problem=problems(promising=False), share=st.floats(0, 2), seed=st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_no_plan_changes_more_than_allowed_and_each_is_proved(problem, share, seed):
    before = solve(problem, ()).exposure * np.random.default_rng(seed).choice(
        [0.0, 0.5, 1.0], problem.num_links
    )
    if not before.sum() > 0:
        return
    problem, obeyed = replace(problem, published=Published(floats(before))), rules({**CLOSE, "share": share})

    plan = solve(problem, obeyed)

    assert np.abs(plan.exposure - before).sum() <= share * before.sum() * (1 + 1e-6) + 1e-6
    assert objections(problem, specs_of(obeyed), claims_of(plan, 0)) == ()
