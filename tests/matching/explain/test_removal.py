"""Who could be replaced, and who would be missed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from matching.explain.cases import rivals, solved
from worlds import three_stalls, two_valleys

from impact.matching.explain.missed import missed, next_in_line, queue
from impact.matching.explain.removal import dispensable, removal
from impact.matching.explain.subject import Kind, producer_of, product_of
from impact.matching.plan import Infeasible
from impact.matching.question.saturation import Saturation

FLOOR = {"id": "hills", "kind": "group_floor", "group": {"type": "rural"}, "at_least": 30}


def test_who_is_followed_by_somebody_nearly_as_good_is_hardly_missed():
    case = solved(rivals())

    found = removal(case, product_of(case.problem, "silk").links)

    assert (found.earned, found.lost) == (pytest.approx(180), pytest.approx(60))  # tea takes over at 2
    assert found.at_least == pytest.approx(60)  # which prices knew
    assert found.replaced_share == pytest.approx(2 / 3)
    assert found.plan.exposure.tolist() == pytest.approx([0, 100, 0])


def test_a_loss_is_known_no_better_than_the_plans_are():
    exact = solved(rivals())
    rough = replace(exact, bound=exact.bound + 3)

    links = product_of(exact.problem, "silk").links

    assert removal(exact, links).error <= 1e-6
    assert removal(rough, links).error == pytest.approx(3)


def test_who_gets_nothing_is_not_missed():
    case = solved(rivals())

    found = removal(case, product_of(case.problem, "jam").links)

    assert (found.earned, found.at_least, found.lost) == (0, pytest.approx(0), pytest.approx(0))
    assert found.replaced_share is None


def test_who_alone_can_keep_a_promise_cannot_be_removed():
    case = solved(two_valleys(), FLOOR)

    found = removal(case, product_of(case.problem, "hill").links)

    assert (found.lost, found.plan, found.dispensable) == (None, None, False)


def test_without_somebody_held_up_by_a_floor_the_plan_is_worth_more():
    case = solved(two_valleys(), {"id": "all", "kind": "producer_floor", "of_capacity": 0.3})

    found = removal(case, producer_of(case.problem, "hill").links)

    assert found.lost == pytest.approx(-15)
    assert missed(case, Kind.PRODUCER).tolist() == pytest.approx([-15, 50])


def test_what_would_be_missed_is_told_for_all_at_once():
    case = solved(rivals())

    assert missed(case, Kind.PRODUCER).tolist() == pytest.approx([0, 40, 60])  # jam, tea, silk
    assert missed(case, Kind.LINK).sum() <= missed(case, Kind.PRODUCER).sum() + 1e-9


def test_exposure_that_no_rule_needs_is_dispensable():
    case = solved(three_stalls(), {**FLOOR, "at_least": 20})

    assert dispensable(case, np.array([3, 4]))  # all the firm has
    assert not dispensable(case, np.array([0, 1, 2]))


@pytest.mark.slow
@given(problem=problems())
@settings(max_examples=40, deadline=None)
def test_no_less_is_lost_than_prices_prove_and_no_more_than_was_earned(problem):
    try:
        case = solved(problem, *specs_for(problem)[:4])
    except Infeasible:
        return
    error = 1e-6 * (1 + abs(case.worth))

    for link in range(min(problem.num_links, 4)):
        found = removal(case, np.array([link]))
        if found.lost is None:
            continue
        assert found.lost >= found.at_least - error
        if found.dispensable:
            assert found.lost <= found.earned + error


@pytest.mark.slow
@given(problem=problems(promising=False))
@settings(max_examples=40, deadline=None)
def test_where_only_attention_is_scarce_what_would_be_missed_is_exact(problem):
    ample = replace(
        problem,
        capacity=np.full(len(problem.producer_ids), np.inf),
        product_capacity=np.full(len(problem.product_ids), np.inf),
        ceiling=np.empty(0),
    )
    case = solved(ample)

    told = missed(case, Kind.LINK)

    for link in range(ample.num_links):
        lost = removal(case, np.array([link])).lost
        error = 1e-6 * (1 + case.worth)
        assert told[link] <= lost + error
        if problem.saturation.is_linear:
            assert told[link] == pytest.approx(lost, abs=error)


@pytest.mark.parametrize(
    ("gone", "price", "why"),
    [
        (["silk"], 2, "tea would fill the place, at 2"),
        (["silk", "tea"], 1, "jam would, at 1"),
        (["jam", "tea"], 0, "silk cannot fill it, so attention is left over"),
        (["jam", "tea", "silk"], 0, "nobody is left"),
    ],
)
def test_attention_is_priced_at_what_the_next_in_line_would_pay(gone, price, why):
    case = solved(rivals())
    links = np.concatenate([product_of(case.problem, one).links for one in gone])

    assert dict(next_in_line(case, links)) == {"live": pytest.approx(price)}, why


def test_links_stand_in_line_by_what_they_are_worth_above_their_charges():
    line = queue(solved(rivals()))

    assert line.link_of.tolist() == [1, 2, 0]  # tea and silk at 2, what silk can serve being charged at 1
    assert line.amount.tolist() == pytest.approx([100, 60, 100])
    assert line.net.tolist() == pytest.approx([2, 2, 1])


def test_a_link_that_fills_stands_in_line_piece_by_piece():
    bent = replace(rivals(), saturation=Saturation((0.5, 1.0), (1.0, 0.4)), ceiling=np.empty(0))

    line = queue(solved(bent))

    found = sorted(zip(line.link_of.tolist(), line.amount.tolist(), line.net.tolist(), strict=True))
    assert [(link, amount) for link, amount, _ in found] == [
        (0, pytest.approx(50)),
        (0, pytest.approx(50)),
        (1, pytest.approx(50)),
        (1, pytest.approx(50)),
        (2, pytest.approx(10)),  # silk can serve but 60
        (2, pytest.approx(50)),
    ]


def test_what_its_own_floor_lifts_is_not_worth_more_in_line():
    line = queue(solved(two_valleys(), {"id": "all", "kind": "producer_floor", "of_capacity": 0.3}))

    assert line.net.tolist() == pytest.approx([1, 0.5])  # not 1 and 1
