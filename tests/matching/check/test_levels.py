from dataclasses import replace

import numpy as np
import pytest
from worlds import problem_from, rules, two_valleys

from impact.arrays import floats
from impact.matching.check import best_levels, objections, unshown
from impact.matching.check.levels import books_at
from impact.matching.question.problem import Problem
from impact.matching.solve import claims_of, solve, specs_of

EVEN = {"id": "even", "kind": "max_min"}
BY_STEPS = {**EVEN, "lexicographic": True}
COMPETING = {
    "even:1:supply": {"live": 1.0},
    "even:1:even": {"hill": -1.0, "town": -1.0},
}
"""Hill and town together get no more than the livestream gives."""


def two_quays() -> Problem:
    """Two stalls of 100 share a quay of 50, two a port of 120."""
    return problem_from(
        [("ash", "quay", 1.0), ("birch", "quay", 1.0), ("cedar", "port", 2.0), ("dale", "port", 3.0)],
        {"ash": 100, "birch": 100, "cedar": 100, "dale": 100},
        {"quay": 50, "port": 120},
    )


QUAY = {"even:1:supply": {"quay": 1.0}, "even:1:even": {"ash": -1.0, "birch": -1.0}}
PORT = {"even:2:supply": {"port": 1.0}, "even:2:even": {"cedar": -1.0, "dale": -1.0}}


def floors(problem, spec, prices):
    return books_at(problem, [spec], prices)[-1].lower.tolist()


def codes(problem, spec, claims):
    return {issue.code for issue in objections(problem, [spec], claims)}


def test_a_proof_says_how_far_everybody_can_rise():
    assert floors(two_valleys(), EVEN, COMPETING) == pytest.approx([50, 50])
    assert best_levels(two_valleys(), [EVEN], COMPETING) == pytest.approx({"even": 0.5})


def test_without_a_proof_everybody_is_held_to_all_it_could_reach():
    assert floors(two_valleys(), EVEN, {}) == pytest.approx([100, 100])
    assert best_levels(two_valleys(), [EVEN], {}) == pytest.approx({"even": 1.0})


def test_a_proof_of_little_makes_the_rule_hard():
    slack = {**COMPETING, "even:1:supply": {"live": 1.5}}

    assert floors(two_valleys(), EVEN, slack) == pytest.approx([75, 75])


def test_weights_of_the_wrong_sign_count_for_nothing():
    wrong = {**COMPETING, "even:1:supply": {"live": -1.0}}

    assert floors(two_valleys(), EVEN, wrong) == pytest.approx([100, 100])


def test_steps_are_climbed_one_by_one():
    assert floors(two_quays(), BY_STEPS, QUAY | PORT) == pytest.approx([25, 25, 60, 60])
    assert best_levels(two_quays(), [BY_STEPS], QUAY | PORT) == pytest.approx({"even": 0.25})


def test_who_is_in_no_proof_is_not_let_off():
    assert floors(two_quays(), BY_STEPS, QUAY) == pytest.approx([25, 25, 100, 100])


def test_steps_out_of_order_prove_nothing_from_there_on():
    turned = {name.replace(":1:", ":3:"): weights for name, weights in QUAY.items()} | PORT

    assert floors(two_quays(), BY_STEPS, turned) == pytest.approx([50, 50, 60, 60])


def test_where_only_the_worst_served_count_the_first_proof_decides():
    assert floors(two_quays(), EVEN, QUAY | PORT) == pytest.approx([25, 25, 25, 25])


def test_who_can_reach_little_is_held_to_that_much():
    problem = replace(two_quays(), max_exposure=floats([10, 1e9, 1e9, 1e9]), ceiling=np.empty(0))

    assert floors(problem, BY_STEPS, QUAY | PORT) == pytest.approx([10, 40, 60, 60])
    assert best_levels(problem, [BY_STEPS], QUAY | PORT) == pytest.approx({"even": 0.4})


def test_weights_may_differ_by_producer():
    heavy = {"even:1:supply": {"live": 2.0}, "even:1:even": {"hill": -1.0, "town": -2.0}}

    assert floors(two_valleys(), EVEN, heavy) == pytest.approx([200 / 3, 200 / 3])


def test_weights_may_be_of_any_size():
    light = {"even:1:supply": {"live": 1e-4}, "even:1:even": {"hill": -1e-4, "town": -1e-4}}

    assert floors(two_valleys(), EVEN, light) == pytest.approx([50, 50])


def test_a_proof_of_nothing_does_not_hide_the_next():
    late = {name.replace(":1:", ":2:"): weights for name, weights in COMPETING.items()}
    nothing = {"even:1:even": {"hill": -1.0, "town": -1.0}}

    assert floors(two_valleys(), BY_STEPS, nothing | late) == pytest.approx([50, 50])


def test_steps_may_be_level_with_one_another():
    problem = replace(two_quays(), supply=floats([50, 50]), ceiling=np.empty(0))

    assert floors(problem, BY_STEPS, QUAY | PORT) == pytest.approx([25, 25, 25, 25])


def test_other_names_among_the_prices_are_passed_over():
    others = {
        name: {"live": 9.0} for name in ("even", "even:1", "even:one:supply", "7:supply", "even::supply")
    }

    assert floors(two_valleys(), EVEN, COMPETING | others) == pytest.approx([50, 50])


def test_who_has_no_level_has_no_floor_and_no_weight():
    problem = replace(two_valleys(), capacity=floats([100, np.inf]), ceiling=np.empty(0))

    assert floors(problem, EVEN, {}) == pytest.approx([100, 0])
    assert floors(problem, EVEN, COMPETING) == pytest.approx([100, 0])


def test_what_was_promised_counts_in_a_proof():
    problem = replace(two_quays(), promised=floats([40, 0, 0, 0]))
    weighed = {
        "even:1:supply": {"quay": 1.0},
        "even:1:promised": {"ash": -1.0},
        "even:1:even": {"birch": -1.0},
    }

    assert floors(problem, BY_STEPS, weighed | PORT) == pytest.approx([50, 10, 60, 60])


def test_a_plan_that_claims_a_lower_level_is_refused():
    even, floor = rules(EVEN, {"id": "fifth", "kind": "producer_floor", "of_capacity": 0.2})
    plan = solve(two_valleys(), [floor])
    lazy = claims_of(plan, 0)

    assert "rule_broken" in codes(two_valleys(), EVEN, replace(lazy, prices=lazy.prices | COMPETING))
    assert "rule_broken" in codes(two_valleys(), EVEN, lazy)
    assert codes(two_valleys(), EVEN, claims_of(solve(two_valleys(), [even]), 0)) == set()


def test_of_levels_too_high_a_share_passes_only_if_they_are_shown():
    half = {**EVEN, "share": 0.5}
    plan = solve(two_valleys(), rules(half))
    (best,) = plan.levels
    prices = claims_of(plan, 0).prices
    inflated = prices | {"even:1:supply": {"live": 1.2}}

    assert list(unshown(two_valleys(), [half], prices, {"even": best.shown})) == []
    (issue,) = unshown(two_valleys(), [half], inflated, {"even": best.shown})
    assert (issue.code, issue.params["max_min"]) == ("level_not_shown", "even")
    assert [issue.code for issue in unshown(two_valleys(), [half], prices, {})] == ["level_not_shown"]


def test_what_shows_a_level_has_to_obey_the_other_rules():
    half = {**EVEN, "share": 0.5}
    cap = {"id": "cap", "kind": "group_cap", "group": {"type": "rural"}, "at_most": 40}
    plan = solve(two_valleys(), rules(half, cap))
    specs, prices = specs_of(rules(half, cap)), claims_of(plan, 0).prices

    assert list(unshown(two_valleys(), specs, prices, {"even": plan.levels[0].shown})) == []
    assert list(unshown(two_valleys(), specs, prices, {"even": floats([50, 50])})) != []


def test_a_level_that_the_plan_itself_shows_needs_no_other():
    assert list(unshown(two_valleys(), [EVEN], COMPETING, {})) == []
    assert list(unshown(two_valleys(), [{**EVEN, "share": 0.0}], {}, {})) == []


def test_what_shows_a_level_obeys_the_max_min_rules_before_it():
    first, second = {**EVEN, "id": "first", "share": 0.8}, {**EVEN, "share": 0.5}
    plan = solve(two_valleys(), rules(first, second))
    specs, prices = specs_of(rules(first, second)), claims_of(plan, 0).prices
    shown = {best.rule: best.shown for best in plan.levels}

    assert list(unshown(two_valleys(), specs, prices, shown)) == []
    lazy = unshown(two_valleys(), specs, prices, {**shown, "even": floats([0, 100])})
    assert {issue.params["rule"] for issue in lazy} == {"first", "even"}


def test_who_is_stopped_already_stays_there_in_later_proofs():
    everybody = {
        "even:2:supply": {"quay": 1.0, "port": 1.0},
        "even:2:even": {"ash": -1.0, "birch": -1.0, "cedar": -1.0, "dale": -1.0},
    }

    assert floors(two_quays(), BY_STEPS, QUAY | everybody) == pytest.approx([25, 25, 60, 60])


def test_where_nothing_may_be_given_the_best_level_is_nothing():
    cap = {"id": "cap", "kind": "group_cap", "group": {"channel": "livestream"}, "at_most": 0}
    proof = {"even:1:cap": {"cap": 1.0}, "even:1:even": {"hill": -1.0, "town": -1.0}}

    assert books_at(two_valleys(), [cap, EVEN], proof)[-1].lower == pytest.approx([0, 0])


def test_one_unit_of_the_share_is_the_level_of_each_for_its_capacity():
    problem = replace(two_valleys(), capacity=floats([100, 25]), ceiling=np.empty(0))
    book = books_at(problem, [{**EVEN, "share": 0.5}], COMPETING)[-1]

    assert book.lower == pytest.approx([40, 10])  # half of four fifths
    assert book.unit == pytest.approx([80, 20])


def test_where_nobody_is_held_down_the_best_level_is_what_can_be_reached():
    narrow = replace(two_valleys(), max_exposure=floats([30, 40]), ceiling=np.empty(0))

    assert best_levels(narrow, [EVEN], {}) == pytest.approx({"even": 0.4})


def test_where_nothing_is_shown_nothing_is_given():
    tiny = replace(two_valleys(), capacity=floats([1, 1]), ceiling=np.empty(0))

    (*found,) = unshown(tiny, [{**EVEN, "share": 0.5}], {}, {})

    assert [issue.code for issue in found] == ["level_not_shown"]


def test_a_spread_leaves_levels_as_they_are():
    spread = {"id": "spread", "kind": "spread", "weight": 10, "alpha": 0.5}

    assert books_at(two_valleys(), [spread, EVEN], COMPETING)[-1].lower == pytest.approx([50, 50])


def test_a_second_rule_counts_on_the_floors_of_the_first():
    first = {**EVEN, "id": "first", "share": 0.8}  # 40 for either
    proofs = {
        "first:1:supply": {"live": 1.0},
        "first:1:first": {"hill": -1.0, "town": -1.0},
        "even:1:supply": {"live": 1.0},
        "even:1:first": {"town": -1.0},
        "even:1:even": {"hill": -1.0},
    }

    floors_of = {book.rule: book.lower for book in books_at(two_valleys(), [first, EVEN], proofs)}

    assert floors_of["first"] == pytest.approx([40, 40])
    assert floors_of["even"] == pytest.approx([60, 60])  # what the first leaves the hill
    backwards = {book.rule: book.lower for book in books_at(two_valleys(), [EVEN, first], proofs)}
    assert backwards["even"] == pytest.approx([100, 100])  # nothing stated later is counted on


def test_weights_that_are_no_numbers_prove_no_level():
    for strange in (float("nan"), float("inf"), 1e308):
        weights = {**COMPETING, "even:1:supply": {"live": strange}}
        specs = [{"id": "fifth", "kind": "producer_floor", "of_capacity": 0.2}, EVEN]
        found = objections(two_valleys(), specs, replace(_sound(), prices=weights))
        assert "rule_broken" in {issue.code for issue in found}


def _sound():
    """Claims of a plan that holds everybody to a fifth only."""
    return claims_of(solve(two_valleys(), rules({"kind": "producer_floor", "of_capacity": 0.2})), 0)
