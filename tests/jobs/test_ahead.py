"""What may be asked next of a plan is answered before, and gone on from where it is nearer than the plan."""

from dataclasses import replace

import pytest
from worlds import two_valleys

from impact.jobs.kinds import ahead
from impact.jobs.kinds.ahead import Ahead, look_ahead, nearest
from impact.matching.plan import Status
from impact.matching.rules import RULES
from impact.matching.solve import solve
from impact.model import Programme
from impact.programmes.turned import turned
from impact.reports.solved import Solved
from impact.timing import never

FLOOR = {"id": "hills", "kind": "group_floor", "group": {"type": ["rural"]}, "share": 0.4}
SHARE = ("hills", "share")


def solved(*rules, plan_id="p-1"):
    problem = two_valleys()
    plan = solve(problem, RULES.validate_python(rules))
    return Solved(plan_id, Programme("p", "山货", "Hills", 10, rules), None, problem, plan)


@pytest.fixture(autouse=True)
def nothing_known():
    """Begin as a process begins."""
    ahead.forget()


@pytest.fixture
def hills():
    return solved(FLOOR)


def worth_by_share(known):
    return {round(asked.rules[0]["share"], 4): plan.worth for asked, plan in known.found}


def test_every_number_is_moved_a_little_and_a_little_more(hills):
    known = Ahead(hills)
    known.look(never, far=True)

    shares = (0.36, 0.38, 0.4, 0.42, 0.44)
    assert worth_by_share(known) == {
        share: pytest.approx(solved({**FLOOR, "share": share}).plan.worth) for share in shares
    }
    assert known.left == []


def test_who_is_not_next_only_has_at_hand_what_the_plan_itself_needs(hills):
    known = Ahead(hills)
    known.look(never, far=False)
    known.look(never, far=False)

    assert worth_by_share(known) == {0.4: hills.plan.worth}
    assert len(known.left) == 4


def test_nothing_is_begun_once_somebody_has_called(hills):
    known = Ahead(hills)
    known.look(lambda: True, far=True)

    assert (len(known.found), len(known.left)) == (1, 5)


def test_what_was_left_when_somebody_called_is_looked_for_again(hills):
    known, calls = Ahead(hills), iter([False, False, False, True, True])
    known.look(lambda: next(calls, True), far=True)
    known.look(never, far=True)

    assert sorted(worth_by_share(known)) == [0.36, 0.38, 0.4, 0.42, 0.44]


def test_numbers_that_cannot_be_and_rules_that_cannot_hold_are_passed_over():
    known = Ahead(solved({**FLOOR, "share": 0.98}))
    known.look(never, far=True)

    shares = sorted(worth_by_share(known))
    assert max(shares) <= 1.0
    assert known.left == []
    assert all(plan.status is Status.OPTIMAL for _, plan in known.found)


@pytest.mark.parametrize(
    ("factor", "from_factor"),
    [(1.01, None), (1.03, None), (1.05, 1.05), (1.09, 1.1), (1.3, None), (1.0, None), (0.94, 0.95)],
)
def test_one_goes_on_from_what_is_nearer_by_half_than_the_plan(hills, factor, from_factor):
    look_ahead(hills, never, far=True)

    found = nearest(hills, turned(hills.programme, SHARE, factor))

    expected = hills if from_factor is None else solved({**FLOOR, "share": 0.4 * from_factor})
    assert found.worth == pytest.approx(expected.plan.worth)
    assert (found is hills.plan) == (from_factor is None)


def test_another_rule_is_gone_on_to_from_the_plan_itself(hills):
    look_ahead(hills, never, far=True)
    asked = replace(hills.programme, rules=(*hills.programme.rules, {**FLOOR, "id": "again"}))

    assert nearest(hills, asked) is hills.plan


def test_what_was_found_of_the_three_plans_last_gone_on_from_is_known(hills):
    a, b, c, d = (
        hills,
        *(solved({**FLOOR, "share": share}, plan_id=f"p-{share}") for share in (0.1, 0.2, 0.3)),
    )

    def is_known(plan):
        return nearest(plan, turned(plan.programme, SHARE, 1.1)) is not plan.plan

    for plan in (a, b, c):
        look_ahead(plan, never, far=True)
    assert is_known(a)

    look_ahead(d, never, far=True)

    assert [is_known(plan) for plan in (a, b, c, d)] == [True, False, True, True]
