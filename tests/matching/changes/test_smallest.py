"""What would change it: the smallest single change, tried by solving again."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from matching.explain.cases import rivals, solved
from worlds import problem_from, rules, two_valleys

from impact.arrays import floats
from impact.errors import SolverFailed
from impact.matching.changes.lever import Quantity
from impact.matching.changes.smallest import changes, neat
from impact.matching.explain.case import Case
from impact.matching.explain.subject import producer_of, product_of
from impact.matching.plan import Infeasible
from impact.matching.solve import Limits, solve

CAP = {"id": "towns", "kind": "group_cap", "group": {"type": "urban"}, "at_most": 60}
FLOOR = {"id": "hills", "kind": "group_floor", "group": {"type": "rural"}, "share": 0.3, "of": "supply"}
QUALITY = {"id": "quality", "kind": "quality_floor", "minimum": 0.6}


def found_for(case, product, wanted=None, placement=None):
    found = changes(case, product_of(case.problem, product, placement), wanted).found
    return {change.quantity: change for change in found}


def test_a_product_that_is_outscored_needs_to_be_worth_what_it_displaces():
    found = found_for(solved(rivals()), "jam")

    (value,) = found.values()
    assert (value.of, value.placement, value.start) == ("jam", "live", 1.0)
    assert value.not_enough == pytest.approx(2.0)  # tea is worth 2: a tie
    assert 2.0 < value.to <= 2.01
    assert value.exposure >= 1


def test_how_much_is_wanted_decides_who_is_to_be_displaced():
    value = found_for(solved(rivals()), "jam", wanted=50)[Quantity.VALUE]

    assert 2.2 <= value.not_enough < 3.0 < value.to <= 3.01
    assert value.exposure >= 50  # 40 from tea, 10 from silk at 3


def test_a_producer_that_is_full_needs_capacity_and_no_more_than_is_wanted():
    found = found_for(solved(rivals()), "silk", wanted=75)

    capacity = found[Quantity.CAPACITY]
    assert (capacity.of, capacity.start, capacity.to) == ("silk", 60, 75)
    assert (capacity.exposure, capacity.worth) == (pytest.approx(75), pytest.approx(275))
    assert Quantity.VALUE not in found  # nothing makes it serve more than it can


def test_a_product_that_is_full_needs_capacity_of_its_own():
    problem = replace(rivals(), product_capacity=floats([np.inf, np.inf, 30]), ceiling=np.empty(0))

    found = found_for(solved(problem), "silk", wanted=40)

    assert (found[Quantity.PRODUCT_CAPACITY].to, found[Quantity.PRODUCT_CAPACITY].of) == (40, "silk")


def test_a_link_at_its_ceiling_needs_a_higher_one():
    problem = replace(rivals(), max_exposure=floats([np.inf, np.inf, 20]), ceiling=np.empty(0))

    found = found_for(solved(problem), "silk", wanted=45, placement="live")

    ceiling = found[Quantity.MAX_EXPOSURE]
    assert (ceiling.start, ceiling.to, ceiling.exposure) == (20, 45, pytest.approx(45))


def test_a_rule_that_holds_a_product_down_would_have_to_give_way():
    found = found_for(solved(two_valleys(), CAP), "town", wanted=80)

    limit = found[Quantity.LIMIT]
    assert (limit.of, limit.start, limit.to, limit.worth) == ("towns", 60, 80, pytest.approx(90))


def test_a_rule_that_lifts_a_product_would_have_to_ask_for_more():
    found = found_for(solved(two_valleys(), FLOOR), "hill", wanted=50)

    limit = found[Quantity.LIMIT]
    assert (limit.start, limit.to, limit.worth) == (0.3, pytest.approx(0.5), pytest.approx(75))


def test_a_rule_that_lifts_a_rival_would_have_to_give_way():
    found = found_for(
        solved(two_valleys(), {"id": "level", "kind": "max_min", "share": 0.9}), "town", wanted=60
    )

    limit = found[Quantity.LIMIT]
    assert (limit.of, limit.start) == ("level", 0.9)
    assert 0.76 <= limit.to <= 0.8  # of a best level of a half: 40 for the hill


def test_a_product_kept_out_by_its_quality_needs_better_quality():
    problem = problem_from(
        [("a", "live", 2.0), ("b", "live", 1.9), ("c", "live", 1.0)],
        {"a": 99, "b": 99, "c": 99},
        {"live": 90},
    )
    problem = replace(
        problem, quality=floats([0.6, 0.4, 0.9]), placement_attributes={"channel": ("livestream",)}
    )
    case = solved(problem, {**QUALITY, "minimum": 0.7})

    quality = found_for(case, "b", wanted=1)[Quantity.QUALITY]

    assert (quality.of, quality.start) == ("b", 0.4)
    assert quality.not_enough == pytest.approx(0.63)  # 1.9 = 5/3 + 10/3·(0.7 - q)
    assert 0.63 < quality.to < 0.64
    assert quality.exposure >= 1


def test_where_nothing_would_do_nothing_is_claimed():
    found = changes(solved(rivals()), product_of(rivals(), "silk"), wanted=1000)

    assert (found.found, [lever.quantity for lever in found.tried]) == (
        (),
        [Quantity.VALUE, Quantity.CAPACITY],
    )


def test_whoever_has_what_is_wanted_needs_nothing():
    case = solved(rivals())

    assert changes(case, product_of(case.problem, "silk"), wanted=10).tried == ()
    assert changes(case, product_of(case.problem, "silk")).wanted == pytest.approx(60.6)


def test_a_product_without_a_link_cannot_be_helped_by_a_number():
    case = solved(problem_from([("tea", "live", 1.0)], {"tea": 9, "jam": 9}, {"live": 9}))

    assert changes(case, product_of(case.problem, "jam")).tried == ()


def test_a_rule_that_cannot_ask_for_more_is_no_help():
    town = {"id": "town", "kind": "group_floor", "group": {"type": "urban"}, "at_least": 70}
    case = solved(two_valleys(), FLOOR, town)

    found = changes(case, product_of(case.problem, "hill"), wanted=50)

    assert (found.found, [lever.of for lever in found.tried]) == ((), ["hill", "hills"])


def test_a_rule_may_be_asked_for_as_much_more_as_the_others_leave():
    town = {"id": "town", "kind": "group_floor", "group": {"type": "urban"}, "at_least": 55}

    found = found_for(solved(two_valleys(), FLOOR, town), "hill", wanted=40)

    assert (found[Quantity.LIMIT].of, found[Quantity.LIMIT].to) == ("hills", pytest.approx(0.4))


def test_a_search_that_fails_spoils_no_other_and_is_told():
    def giving_up_on_rules(problem, obeyed, limits, **_):
        if any(rule.kind == "lock" for rule in obeyed):
            raise SolverFailed("abnormal")
        return solve(problem, obeyed, limits)

    case = replace(solved(rivals()), solver=giving_up_on_rules)

    found = changes(case, product_of(case.problem, "silk"), wanted=75)

    assert [change.quantity for change in found.found] == [Quantity.CAPACITY]
    assert [lever.quantity for lever in found.open] == [Quantity.VALUE]


def test_the_smallest_change_comes_first():
    sizes = [
        change.size
        for change in changes(solved(rivals(), CAP), product_of(rivals(), "silk"), wanted=65).found
    ]

    assert sizes == sorted(sizes)


@pytest.mark.parametrize(
    ("step", "most", "told"),
    [
        (0, 1, 0),
        (1.001, 10, 1.01),
        (123456, 1e9, 124000),
        (0.00010004, 1, 0.000101),
        (7.7, 5, 5),
        (0.5, 1, 0.5),
    ],
)
def test_steps_are_rounded_up_to_three_digits(step, most, told):
    assert neat(step, most) == pytest.approx(told, rel=1e-12)
    assert neat(step, most) >= min(step, most)


@pytest.mark.slow
@given(problem=problems(promising=False))
@settings(max_examples=12, deadline=None)
def test_every_change_told_holds_when_it_is_made_and_solved_afresh(problem):
    obeyed = specs_for(problem)
    try:
        case = solved(problem, *obeyed)
    except Infeasible:
        return
    producer = problem.producer_ids[problem.producer_of[0]]
    subject = producer_of(problem, producer)

    found = changes(case, subject)

    for change in found.found:
        plan = solve(*made(case, change), Limits())
        own = plan.exposure[subject.links].sum()
        assert own == pytest.approx(change.exposure, rel=1e-6, abs=1e-6)
        assert own >= found.wanted - 1e-6 * max(1, found.wanted)
        assert plan.worth == pytest.approx(change.worth, rel=1e-6, abs=1e-6)


def made(case: Case, change):
    """Make a change as a person would: in the table, or in the rule."""
    problem = case.problem
    if change.quantity is Quantity.LIMIT:
        return problem, tuple(rule.moved(change.to) if rule.id == change.of else rule for rule in case.rules)
    column = np.array(getattr(problem, change.quantity))
    if change.placement is None:
        ids = problem.producer_ids if change.quantity is Quantity.CAPACITY else problem.product_ids
        column[ids.index(change.of)] = change.to
    else:
        at = (problem.product_of == problem.product_ids.index(change.of)) & (
            problem.placement_of == problem.placement_ids.index(change.placement)
        )
        assert column[at].tolist() == [change.start]
        column[at] = change.to
    return replace(problem, ceiling=np.empty(0), **{change.quantity: column}), rules() + case.rules
