"""What is asked of the rules of a bundle: can they hold together, and what does one of them cost."""

import pytest
from test_verify import CAP, FLOOR, SOME, asked
from worlds import two_valleys

from impact.bundles.diagnosis_document import Verdict
from impact.bundles.frontiers import PAYERS, POINTS
from impact.errors import BadInput, SolverFailed
from impact.inquiries import bundle_of, diagnosed, swept
from impact.matching.solve import Limits, solve
from impact.model import Programme

OF_SUPPLY = FLOOR | {"of": "supply"}


def gave_up(problem, rules, limits):
    raise SolverFailed("abnormal")


def test_a_programme_is_asked_of_a_problem_with_its_rules_and_its_seed():
    bundle = bundle_of(Programme("p", "山", "Hills", 10, (FLOOR,), seed=7), two_valleys())

    assert [rule.id for rule in bundle.rules] == ["hills"]
    assert bundle.document.seed == 7
    assert bundle.problem.product_ids == ("hill", "town")


def test_rules_that_can_hold_together_are_said_to():
    given = asked(two_valleys(), FLOOR)

    found = diagnosed(given, Limits(), solve)

    assert (found.verdict, found.input_sha256) == (Verdict.CAN_HOLD, given.sha256)
    assert (found.impossible, found.conflict, found.reason) == ((), None, None)


def test_rules_that_cannot_are_named_with_the_way_out():
    found = diagnosed(asked(two_valleys(), FLOOR, CAP, SOME), Limits(), solve)

    assert found.verdict is Verdict.CONFLICT
    assert found.conflict.rules == ("hills", "few", "some")
    (way,) = found.conflict.relaxations
    assert (way.rule, way.limit, way.to) == ("hills", 0.3, pytest.approx(0.2))


def test_what_is_known_of_a_conflict_is_told_while_it_is_looked_into():
    at_least, at_most = SOME | {"at_least": 90}, CAP | {"of": "supply"}
    told = []

    found = diagnosed(asked(two_valleys(), at_least, at_most), Limits(), solve, told.append)

    assert told[-1] == found
    assert {known.verdict for known in told} == {Verdict.CONFLICT}
    assert [line.code for line in told[0].impossible] == ["group_floor_above_cap"]
    assert told[0].conflict.relaxations == ()


def test_what_shows_before_solving_is_told_beside():
    at_least, at_most = SOME | {"at_least": 90}, CAP | {"of": "supply"}

    found = diagnosed(asked(two_valleys(), at_least, at_most), Limits(), solve)

    assert [line.code for line in found.impossible] == ["group_floor_above_cap"]
    assert found.verdict is Verdict.CONFLICT


def test_where_the_solver_gave_up_nothing_is_proved():
    found = diagnosed(asked(two_valleys(), FLOOR), Limits(), gave_up)

    assert (found.verdict, found.reason) == (Verdict.UNPROVED, "abnormal")


def test_a_rule_is_swept_from_where_it_costs_nothing_to_all_there_is():
    given = asked(two_valleys(), OF_SUPPLY)

    found = swept(given, "hills", 3, Limits(), solve)

    points = found.tables[POINTS]
    assert [point["limit"] for point in points] == pytest.approx([0, 0.5, 1])
    assert [point["worth"] for point in points] == pytest.approx([100, 75, 50])
    assert [point["value"] for point in points] == pytest.approx([100, 75, 50])
    assert [point["bound"] for point in points] == pytest.approx([100, 75, 50])
    assert [point["gap"] for point in points] == pytest.approx([0, 0, 0], abs=1e-6)
    assert [point["exposure"] for point in points] == pytest.approx([100, 100, 100])
    assert [point["minimum_of_capacity"] for point in points] == pytest.approx([0, 0.5, 0])
    assert [point["gini"] for point in points] == pytest.approx([0.5, 0, 0.5])
    assert {point["status"] for point in points} == {"optimal"}
    assert {point["welfare"] for point in points} == {0}
    assert (found.document.rule, found.document.stated, found.document.input_sha256) == (
        "hills",
        0.3,
        given.sha256,
    )


def test_who_pays_is_told_against_where_the_rule_costs_nothing():
    found = swept(asked(two_valleys(), OF_SUPPLY), "hills", 3, Limits(), solve)

    paid = {
        (round(line["limit"], 9), line["value"]): (line["exposure_change"], line["worth_change"])
        for line in found.tables[PAYERS]
    }
    assert paid == {
        (0, "rural"): pytest.approx((0, 0)),
        (0, "urban"): pytest.approx((0, 0)),
        (0.5, "rural"): pytest.approx((50, 25)),
        (0.5, "urban"): pytest.approx((-50, -50)),
        (1, "rural"): pytest.approx((100, 50)),
        (1, "urban"): pytest.approx((-100, -100)),
    }


def test_it_is_solved_by_whom_and_for_as_long_as_is_asked():
    asked_for = []

    def listening(problem, obeyed, limits, *more, **how):
        asked_for.append(limits.seconds)
        return solve(problem, obeyed, limits, *more, **how)

    swept(asked(two_valleys(), OF_SUPPLY), "hills", 2, Limits(seconds=7), listening)

    assert set(asked_for) == {7}


def test_a_rule_that_is_not_there_is_not_swept():
    with pytest.raises(BadInput, match="rule_not_there"):
        swept(asked(two_valleys(), FLOOR), "nobody", 3, Limits(), solve)
