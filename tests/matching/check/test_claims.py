from dataclasses import replace

import numpy as np
import pytest
from worlds import problem_from, rules, three_stalls, two_valleys

from impact.arrays import floats
from impact.matching.check import audit, excess, objections
from impact.matching.check.claims import Audit, Claims, against, gap
from impact.matching.solve import claims_of, solve, specs_of

SPECS = (
    {"kind": "group_floor", "group": {"type": "rural"}, "share": 0.3},
    {"kind": "group_cap", "group": {"category": "tea"}, "share": 0.95},
    {"kind": "producer_floor", "of_capacity": 0.1},
    {"kind": "placement_cap", "share": 0.8},
    {"kind": "quality_floor", "minimum": 0.45},
    {"kind": "lock", "product": "coop-tea", "placement": "mall", "at_least": 2, "at_most": 30},
)


@pytest.fixture
def claims():
    return claims_of(solve(three_stalls(), rules(*SPECS)), asked_gap=0.0)


def codes(claims, *, specs=SPECS, problem=None):
    found = objections(problem or three_stalls(), specs_of(rules(*specs)), claims)
    return {(issue.code, issue.params.get("rule")) for issue in found}


def test_a_sound_plan_meets_no_objection(claims):
    assert codes(claims) == set()


@pytest.mark.parametrize(
    ("exposure", "objection"),
    [
        ([-1, 20, 20, 60, 30], ("exposure_out_of_range", None)),
        ([0, 20, 20, 60, 31], ("exposure_out_of_range", None)),
        ([np.nan, 20, 20, 60, 30], ("exposure_not_finite", None)),
        ([0, 25, 10, 60, 30], ("rule_broken", "supply")),
        ([50, 20, 10, 20, 0], ("rule_broken", "capacity")),
        ([0, 20, 10, 80, 30], ("rule_broken", "group_floor")),
        ([30, 20, 0, 50, 10], ("rule_broken", "group_cap")),
        ([20, 20, 20, 8, 2], ("rule_broken", "producer_floor")),
        ([10, 10, 10, 81, 0], ("rule_broken", "placement_cap")),
        ([0, 5, 10, 60, 30], ("rule_broken", "quality_floor")),
        ([20, 1, 20, 30, 1], ("rule_broken", "lock")),
        ([20, 31, 9, 30, 1], ("rule_broken", "lock")),
    ],
)
def test_a_broken_promise_is_found(claims, exposure, objection):
    assert objection in codes(replace(claims, exposure=np.array(exposure, float)))


@pytest.mark.parametrize(
    ("lie", "objection"),
    [
        ({"worth": 1e6}, "worth_is_not_so"),
        ({"bound": 1.0}, "bound_not_proved"),
        ({"gap": 0.5}, "gap_is_not_so"),
        ({"prices": {}}, "bound_not_proved"),
        ({"prices": {}}, "status_not_earned"),
        ({"status": "infeasible"}, "no_plan_to_check"),
    ],
)
def test_a_false_figure_is_found(claims, lie, objection):
    assert objection in {code for code, _ in codes(replace(claims, **lie))}


def test_a_plan_for_another_problem_is_refused(claims):
    assert codes(claims, problem=two_valleys(), specs=()) == {("wrong_number_of_links", None)}


def test_a_row_may_be_broken_by_rounding_but_not_by_more(claims):
    over = claims.exposure * (1 + 1e-9)
    clearly = claims.exposure * (1 + 1e-5)

    assert not {code for code, _ in codes(replace(claims, exposure=over))} & {"rule_broken"}
    assert ("rule_broken", "supply") in codes(replace(claims, exposure=clearly))


def test_a_time_limit_plan_may_be_far_from_the_best_if_it_says_so():
    problem = two_valleys()
    poor = claims_of(solve(problem, ()), asked_gap=0.0)
    poor = replace(poor, exposure=np.array([50.0, 0.0]), worth=25.0, gap=0.75, status="time_limit")

    assert objections(problem, (), poor) == ()
    assert [issue.code for issue in objections(problem, (), replace(poor, status="optimal"))] == [
        "status_not_earned"
    ]


def test_the_bound_holds_whatever_prices_are_claimed(claims):
    problem, specs = three_stalls(), specs_of(rules(*SPECS))
    honest = audit(problem, specs, claims.exposure, claims.prices)

    for seed in range(20):
        rng = np.random.default_rng(seed)
        prices = {
            "supply": {"live": rng.normal(), "mall": rng.normal()},
            "group_floor": {"group_floor": rng.normal()},
        }
        assert audit(problem, specs, claims.exposure, prices).bound >= honest.worth - 1e-9


def test_a_promise_is_checked_as_far_as_it_can_be_reached():
    problem = replace(two_valleys(), promised=floats([150, 0]))
    claims = claims_of(solve(problem, ()), asked_gap=0.0)

    assert objections(problem, (), claims) == ()
    broken = replace(claims, exposure=np.array([90.0, 10.0]))
    assert ("rule_broken", "promised") in {
        (i.code, i.params.get("rule")) for i in objections(problem, (), broken)
    }


def test_a_worth_above_what_is_proved_possible_is_never_believed(claims):
    every = np.full(5, 1e6)  # far beyond any supply, and so beyond the bound

    assert ("bound_below_worth", None) in codes(replace(claims, exposure=every))


NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("lie", "objection"),
    [
        ({"worth": NAN}, "worth_is_not_so"),
        ({"bound": NAN}, "bound_not_proved"),
        ({"bound": NAN}, "bound_below_worth"),
        ({"gap": NAN}, "gap_is_not_so"),
        ({"asked_gap": NAN, "status": "within_gap"}, "status_not_earned"),
        ({"prices": {"supply": {"live": NAN, "mall": NAN}}}, "bound_not_proved"),
        ({"prices": {"supply": {"live": INF}}}, "status_not_earned"),
        ({"prices": {"supply": {"live": 1e308}, "capacity": {"coop": 1e308}}}, "bound_not_proved"),
        ({"prices": {"supply": {"live": 1e308}, "capacity": {"coop": 1e308}}}, "status_not_earned"),
    ],
)
def test_what_is_no_number_proves_nothing(claims, lie, objection):
    assert objection in {code for code, _ in codes(replace(claims, **lie))}


@pytest.mark.parametrize("strange", [NAN, INF, -INF])
def test_a_price_that_is_no_number_is_as_good_as_none(claims, strange):
    problem, specs = three_stalls(), specs_of(rules(*SPECS))
    spoiled = {**claims.prices, "placement_cap": {"coop@live": strange}, "nobody": {"at all": strange}}

    without = {rule: stated for rule, stated in claims.prices.items() if rule != "placement_cap"}
    assert audit(problem, specs, claims.exposure, spoiled) == audit(problem, specs, claims.exposure, without)


def test_weights_that_are_no_numbers_prove_no_conflict():
    specs = specs_of(rules({"id": "rural", "kind": "group_floor", "group": {"type": "rural"}, "share": 0.7}))

    for strange in (NAN, INF, -INF):
        assert not excess(two_valleys(), specs, ["rural"], {"rural": {"rural": strange}}) > 0


SOUND = Audit(worth=100.0, bound=110.0, gap=10 / 110, max_violation=0.0, broken=())
SAID = Claims(np.zeros(1), "time_limit", worth=100.0, bound=110.0, gap=10 / 110, asked_gap=0.05, prices={})


@pytest.mark.parametrize(
    ("said", "found", "objection"),
    [
        ({}, {}, None),
        ({"worth": 100.00009}, {}, None),  # a millionth of it
        ({"worth": 100.0002, "gap": 9.9998 / 110}, {}, "worth_is_not_so"),
        ({"worth": 99.9998, "gap": 10.0002 / 110}, {}, "worth_is_not_so"),
        ({"bound": 120.0, "gap": 20 / 120}, {}, None),  # claiming less than is proved is no lie
        ({"bound": 109.9999, "gap": 9.9999 / 109.9999}, {}, None),
        ({"bound": 109.9997, "gap": 9.9997 / 109.9997}, {}, "bound_not_proved"),
        ({"bound": 99.0, "gap": 0.0}, {"bound": 99.0, "gap": 0.0}, "bound_below_worth"),
        ({"bound": 99.99995, "gap": 0.0}, {"bound": 99.99995, "gap": 0.0}, None),
        ({"gap": 10 / 110 + 9e-7}, {}, None),
        ({"gap": 10 / 110 + 3e-6}, {}, "gap_is_not_so"),
        ({"gap": 10 / 110 - 3e-6}, {}, "gap_is_not_so"),
        ({"status": "within_gap", "asked_gap": 0.1}, {}, None),
        ({"status": "within_gap", "asked_gap": 0.09}, {}, "status_not_earned"),
        ({"status": "within_gap", "asked_gap": 10 / 110 - 5e-7}, {}, None),
        ({"status": "optimal"}, {}, "status_not_earned"),
        ({"status": "optimal"}, {"gap": 1.9e-6}, None),
        ({"status": "optimal"}, {"gap": 2.1e-6}, "status_not_earned"),
        ({"status": "optimal", "asked_gap": 0.5}, {"gap": 0.4}, "status_not_earned"),
        ({"status": "within_gap", "asked_gap": 0.5}, {"gap": 0.4}, None),
    ],
)
def test_figures_may_differ_by_a_millionth_and_no_more(said, found, objection):
    spoken = against(replace(SAID, **said), replace(SOUND, **found))

    assert [issue.code for issue in spoken] == [objection] * bool(objection)


def test_small_figures_may_differ_by_a_millionth_of_one():
    small = replace(SOUND, worth=1e-3, bound=1e-3, gap=0.0)

    for off, fine in ((9e-7, True), (1.5e-6, False)):
        said = replace(SAID, worth=1e-3 + off, bound=1e-3 + off, gap=0.0)
        assert (against(said, small) == ()) is fine


@pytest.mark.parametrize(
    ("worth", "bound", "distance"),
    [
        (90, 100, 0.1),
        (100, 100, 0),
        (101, 100, 0),  # by rounding
        (-20, -10, 1),  # a term of the objective may be below nothing
        (0, 0, 0),
        (0, 1e-8, 1),
        (0, 1e-9, 0),  # figures this small are nothing
        (-1e-9, 0, 0),
        (0, float("nan"), float("nan")),
    ],
)
def test_the_gap_is_relative_to_the_bound(worth, bound, distance):
    assert gap(float(worth), float(bound)) == pytest.approx(distance, nan_ok=True)


@pytest.mark.parametrize(
    ("exposure", "worst"),
    [
        ([0, 20, 20, 60, 30], 0),
        ([0, 0, 0, 100, 33], 3 / 30),  # a link that carries 30, and no row of its own
        ([-2, 0, 0, 50, 0], 2),  # what is less than nothing, where there is no such limit
        ([0, 0, 0, 50, -3], 3 / 30),
        ([0, 0, 30, 50, 0], 10 / 30),  # a product that can serve 20
        ([0, 0, 0, 120, 0], 20 / 120),
    ],
)
def test_the_worst_violation_is_relative_to_what_it_breaks(exposure, worst):
    found = audit(three_stalls(), (), np.array(exposure, float), {})

    assert found.max_violation == pytest.approx(worst)
    assert bool(found.broken) == (worst > 0)


def test_without_links_nothing_is_broken():
    nothing = problem_from([], {"hill": 5.0}, {"live": 9.0})

    assert audit(nothing, (), np.empty(0), {}) == Audit(0.0, 0.0, 0.0, 0.0, ())


def test_objections_say_what_was_claimed_and_what_was_found():
    issues = {issue.code: dict(issue.params) for issue in against(replace(SAID, worth=150, bound=90), SOUND)}

    assert issues == {
        "worth_is_not_so": {"claimed": 150, "found": 100},
        "bound_not_proved": {"claimed": 90, "found": 110},
        "bound_below_worth": {"claimed": 90, "found": 100},
        "gap_is_not_so": {"claimed": 10 / 110, "found": 0},
    }
    (earned,) = against(replace(SAID, status="optimal"), SOUND)
    assert dict(earned.params) == {"status": "optimal", "gap": 10 / 110}


def test_what_is_broken_is_named_with_its_place_and_measure(claims):
    def params_of(code, **change):
        found = objections(three_stalls(), (), replace(claims, **change))
        return [dict(issue.params) for issue in found if issue.code == code]

    over = np.array([0, 0, 0, 90, 63.0])
    assert params_of("rule_broken", exposure=over) == [
        {"rule": "supply", "where": "mall", "violation": pytest.approx(13 / 63)}
    ]
    assert params_of("exposure_out_of_range", exposure=over) == [{"violation": pytest.approx(33 / 30)}]
    below = np.array([-2.0, 0, 0, 0, 0])
    assert params_of("exposure_out_of_range", exposure=below) == [{"violation": 2}]
    assert params_of("exposure_not_finite", exposure=np.array([NAN, 0, INF, 0, 0])) == [{"links": 2}]
    assert params_of("wrong_number_of_links", exposure=np.zeros(4)) == [{"links": 5, "found": 4}]
    assert params_of("no_plan_to_check", status="failed") == [{"status": "failed"}]


@pytest.mark.parametrize("status", ["optimal", "within_gap", "time_limit"])
def test_every_status_of_a_plan_is_checked(claims, status):
    assert codes(replace(claims, status=status)) == set()
