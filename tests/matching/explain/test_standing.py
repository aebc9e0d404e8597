"""Why somebody has what they have."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from matching.explain.cases import rivals, solved
from worlds import problem_from, three_stalls, two_valleys

from impact.arrays import floats
from impact.errors import BadInput, Issue
from impact.matching.explain.standing import Fate, Verdict, next_slope, stand
from impact.matching.explain.subject import link_name, producer_of, product_of, reach
from impact.matching.plan import Infeasible
from impact.matching.question.saturation import Saturation

CAP = {"id": "towns", "kind": "group_cap", "group": {"type": "urban"}, "at_most": 60}


def standing_of(case, product, placement=None):
    return stand(case, product_of(case.problem, product, placement))


def test_a_product_is_outscored_by_what_its_value_would_have_to_rise():
    found = standing_of(solved(rivals()), "jam")

    (link,) = found.links
    assert (found.exposure, found.reach, found.verdict) == (0, 100, Verdict.OUTSCORED)
    assert (link.value, link.charge, link.rise) == pytest.approx((1, 2, 1))
    assert link.fate is Fate.PLACEMENT


def test_a_product_that_is_full_says_which_limit_binds():
    found = standing_of(solved(rivals()), "silk")

    assert (found.exposure, found.worth, found.verdict) == (pytest.approx(60), pytest.approx(180), "full")
    assert [(stop.fate, stop.num_links) for stop in found.stops] == [(Fate.CAPACITY, 1)]


def test_a_product_in_part_is_stopped_by_attention():
    found = standing_of(solved(rivals()), "tea")

    assert (found.exposure, found.verdict) == (pytest.approx(40), Verdict.PART)
    assert found.stops[0].fate is Fate.PLACEMENT


def test_a_rule_that_stops_a_link_is_named():
    (link,) = standing_of(solved(two_valleys(), CAP), "town", "live").links

    assert (link.fate, link.rule, link.charge) == (Fate.RULE, "towns", pytest.approx(1))


def test_a_rule_that_keeps_a_product_out_is_a_limit():
    found = standing_of(solved(two_valleys(), {**CAP, "at_most": 0}), "town")

    assert (found.exposure, found.verdict, found.nearest.rule) == (0, Verdict.LIMIT, "towns")


def test_a_link_at_its_own_ceiling_says_so():
    case = solved(rivals(max_exposure=floats([10, 5, 30]), ceiling=np.empty(0)))

    assert [stand(case, product_of(case.problem, one)).stops[0].fate for one in ("jam", "tea", "silk")] == [
        Fate.OWN_CEILING
    ] * 3
    assert standing_of(case, "tea").nearest is None


@pytest.mark.parametrize(
    ("changes", "verdict", "why"),
    [
        ({"capacity": floats([0, 100, 60])}, Verdict.NO_CAPACITY, "the producer can serve nothing"),
        ({"product_capacity": floats([0, 9, 9])}, Verdict.NO_CAPACITY, "the product can serve nothing"),
        ({"max_exposure": floats([0, 9, 9])}, Verdict.NO_ROOM, "its link may carry nothing"),
        ({"supply": floats([0])}, Verdict.NO_ROOM, "the placement has nothing to give"),
    ],
)
def test_what_keeps_a_product_out_whatever_it_is_worth_needs_no_prices(changes, verdict, why):
    case = solved(rivals(ceiling=np.empty(0), **changes))

    assert standing_of(case, "jam").verdict is verdict, why


def test_a_product_without_a_link_is_told_so():
    problem = problem_from([("tea", "live", 1.0)], {"tea": 9, "jam": 9}, {"live": 9})

    found = standing_of(solved(problem), "jam")

    assert (found.verdict, found.links, found.nearest, found.stops) == (Verdict.NO_LINK, (), None, ())
    assert standing_of(solved(rivals()), "jam", "live").links  # a link that is there


def test_a_producer_stands_with_all_its_products():
    case = solved(rivals())

    found = stand(case, producer_of(case.problem, "silk"))

    assert (found.exposure, found.reach) == (pytest.approx(60), 60)


@pytest.mark.parametrize("ask", [lambda p: producer_of(p, "ghost"), lambda p: product_of(p, "jam", "ghost")])
def test_an_id_nobody_bears_is_refused(ask):
    with pytest.raises(BadInput, match="id_not_there"):
        ask(rivals())


def test_a_link_that_fills_earns_the_slope_it_has_come_to():
    problem = replace(rivals(), saturation=Saturation((0.5, 1.0), (1.0, 0.4)))

    slopes = next_slope(problem, floats([49, 50, 100]), np.arange(3))

    assert slopes.tolist() == [1.0, 0.4, 0.4]


@pytest.mark.slow
@given(problem=problems())
@settings(max_examples=40, deadline=None)
def test_every_link_in_use_is_worth_its_charge_and_everything_adds_up(problem):
    try:
        case = solved(problem, *specs_for(problem))
    except Infeasible:
        return

    for product in problem.product_ids:
        subject = product_of(problem, product)
        found = stand(case, subject)
        assert found.exposure == pytest.approx(case.exposure[subject.links].sum())
        assert found.exposure <= reach(problem, subject.links) * (1 + 1e-6) + 1e-6
        assert sum(link.exposure for link in found.links) == pytest.approx(found.exposure, abs=1e-4)
        assert (found.verdict in (Verdict.FULL, Verdict.PART)) == (found.exposure > 1e-6)


@pytest.mark.parametrize(
    ("ask", "column", "wanted"),
    [
        (lambda problem: producer_of(problem, "ghost"), "producer_id", "ghost"),
        (lambda problem: product_of(problem, "ghost"), "product_id", "ghost"),
        (lambda problem: product_of(problem, "jam", "radio"), "placement_id", "radio"),
    ],
)
def test_who_is_not_there_is_named_with_what_was_asked_for(ask, column, wanted):
    with pytest.raises(BadInput) as refusal:
        ask(rivals())

    assert refusal.value.issues == (Issue("id_not_there", column=column, params={"id": wanted}),)


def test_what_is_worth_nothing_anywhere_is_stopped_by_nobody():
    case = solved(problem_from([("tea", "live", 0.0)], {"tea": 5}, {"live": 9}))

    (link,) = standing_of(case, "tea").links

    assert (link.charge, link.rise, link.fate) == (0, 0, Fate.TIE)


def test_a_link_is_named_by_its_product_and_its_placement():
    assert [link_name(three_stalls(), link) for link in (1, 3)] == [
        ("coop-tea", "mall"),
        ("firm-tea", "live"),
    ]


def test_a_subject_reaches_what_its_products_and_its_producer_can_serve():
    problem = three_stalls()

    assert reach(problem, producer_of(problem, "coop").links) == 60  # 150 of tea and 20 of nuts, of which 60
    assert reach(problem, product_of(problem, "coop-nuts").links) == 20
    assert reach(problem, product_of(problem, "firm-tea", "mall").links) == 30
    assert reach(problem, product_of(problem, "coop-nuts", "mall").links) == 0


def test_the_nearest_link_is_the_one_that_has_to_rise_least():
    case = solved(
        problem_from(
            [
                *[("tea", "live", 1.0), ("jam", "live", 3.0), ("silk", "live", 3.0)],
                *[("tea", "mall", 2.0), ("jam", "mall", 2.5), ("silk", "mall", 2.5)],
            ],
            {"tea": 50, "jam": 300, "silk": 300},
            {"live": 100, "mall": 100},
        )
    )

    found = standing_of(case, "tea")

    assert [link.rise for link in found.links] == pytest.approx([0.5, 2])
    assert found.nearest is found.links[0]
    assert [(stop.fate, stop.num_links) for stop in found.stops] == [(Fate.PLACEMENT, 2)]
