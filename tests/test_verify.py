"""What a plan claims is believed of none of it: every figure is found again, or objected to by name."""

from dataclasses import replace
from typing import Any

import pytest
from worlds import rules, two_valleys

from impact.arrays import floats
from impact.bundles.canonical import canonical
from impact.bundles.document import NONE, ProblemDocument, Term
from impact.bundles.plan_document import document_of, document_of_conflict, document_of_failure
from impact.bundles.plans import ReadPlan
from impact.bundles.read import Bundle
from impact.matching.plan import Infeasible
from impact.matching.solve import Limits, solve
from impact.reports.measures import measure
from impact.verify import false_claims

FLOOR = {"id": "hills", "kind": "group_floor", "group": {"type": "rural"}, "share": 0.3}
CAP = {"id": "few", "kind": "group_cap", "group": {"type": "rural"}, "share": 0.2}
SOME = {"id": "some", "kind": "group_floor", "group": {"type": "rural"}, "at_least": 1}
LEVELS = {"id": "all", "kind": "max_min"}
SPREAD = Term(id="even", weight=60.0, alpha="infinity")


def asked(problem, *specs, spread=NONE) -> Bundle:
    document = ProblemDocument(format="impact-problem/1", rules=rules(*specs), spread=spread)
    return Bundle(canonical(problem), document)


def answered(given: Bundle) -> ReadPlan:
    """Solve a bundle, and read the plan as its files would state it."""
    plan = solve(given.problem, given.rules)
    figures = measure(given.problem, plan.exposure).figures()
    return ReadPlan(
        document_of(plan, Limits(), given.sha256, figures),
        plan.exposure,
        {each.rule: dict(zip(each.labels, each.duals.tolist(), strict=True)) for each in plan.prices},
        {best.rule: best.shown for best in plan.levels if best.shown is not None},
    )


def objections(given: Bundle, read: ReadPlan) -> list[tuple[str, dict[str, object]]]:
    return [(issue.code, dict(issue.params)) for issue in false_claims(given, read)]


def saying(read: ReadPlan, **claimed: Any) -> ReadPlan:
    return replace(read, document=read.document.model_copy(update=claimed))


@pytest.fixture
def given() -> Bundle:
    """The hill, at 0.5, is to have three tenths of what the town, at 1, could have all of."""
    return asked(two_valleys(), FLOOR)


@pytest.mark.parametrize(
    ("specs", "spread"),
    [
        ([], NONE),
        ([FLOOR], NONE),
        ([LEVELS], NONE),
        ([LEVELS | {"lexicographic": True}, FLOOR], NONE),
        ([FLOOR], SPREAD),
        ([{"id": "few", "kind": "placement_cap", "share": 0.6}], NONE),
        ([{"id": "one", "kind": "lock", "product": "hill", "placement": "live", "at_least": 5}], NONE),
    ],
)
def test_what_the_engine_claims_holds(specs, spread):
    given = asked(two_valleys(), *specs, spread=spread)

    assert objections(given, answered(given)) == []


@pytest.mark.parametrize(
    ("claimed", "objection"),
    [
        ({"objective": 86.0}, ("worth_is_not_so", {"claimed": 86, "found": 85})),
        ({"bound": 90.0}, ("gap_is_not_so", {"claimed": 0, "found": 5 / 90})),
        ({"bound": 85.0, "gap": 0.5}, ("gap_is_not_so", {"claimed": 0.5, "found": 0})),
        (
            {"max_violation": 0.1},
            ("figure_is_not_so", {"figure": "max_violation", "claimed": "0.1", "found": "0.0"}),
        ),
        ({"rules": ()}, ("rule_not_told", {"rule": "hills"})),
    ],
)
def test_a_figure_that_is_not_so_is_named(given, claimed, objection):
    (found,) = objections(given, saying(answered(given), **claimed))

    assert (found[0], found[1]) == (objection[0], pytest.approx(objection[1]))


@pytest.mark.parametrize(
    ("name", "claimed"),
    [
        ("value", 86.0),
        ("exposure", 120.0),
        ("supply", 50.0),
        ("served_share", 0.5),
        ("minimum_of_capacity", 0.5),
        ("fifth_percentile_of_capacity", None),
        ("gini", 0.0),
        ("quality_by_channel", {"livestream": 0.9}),
        ("group_shares", {"type": {"rural": 0.5, "urban": 0.7}, "channel": {"livestream": 1.0}}),
        ("welfare", {"even": 1.0}),
    ],
)
def test_every_measure_is_computed_again(given, name, claimed):
    read = answered(given)
    measures = read.document.measures.model_copy(update={name: claimed})

    found = objections(given, saying(read, measures=measures))

    assert found
    assert {code for code, _ in found} == {"figure_is_not_so"}
    assert {params["figure"].partition(".")[0] for _, params in found} == {name}


@pytest.mark.parametrize(
    ("claimed", "figure"),
    [
        ({"activity": 0.4}, "rules.hills.activity"),
        ({"limit": 0.2}, "rules.hills.limit"),
        ({"slack": 0.1}, "rules.hills.slack"),
        ({"price": 9.0}, "rules.hills.price"),
        ({"binding": False}, "rules.hills.binding"),  # what has a price binds
        ({"kind": "lock"}, "rules.hills.kind"),
    ],
)
def test_how_a_rule_stands_is_read_again(given, claimed, figure):
    read = answered(given)
    (line,) = read.document.rules

    (found,) = objections(given, saying(read, rules=(line.model_copy(update=claimed),)))

    assert (found[0], found[1]["figure"]) == ("figure_is_not_so", figure)


@pytest.mark.parametrize(("tightest", "why"), [("towns", "no such row"), ("", "what has a price has rows")])
def test_a_rule_names_a_row_that_is_there(given, tightest, why):
    read = answered(given)
    (line,) = read.document.rules

    told = saying(read, rules=(line.model_copy(update={"tightest": tightest, "price": 9.0}),))

    assert objections(given, told) == [("rule_not_told", {"rule": "hills"})], why


def test_a_rule_that_names_no_row_claims_nothing_else():
    loose = asked(two_valleys(), FLOOR | {"share": 0.0})
    read = answered(loose)
    (line,) = read.document.rules
    silent = {"activity": 0.0, "limit": 0.0, "slack": 0.0, "price": 0.0, "binding": False, "tightest": ""}

    assert objections(loose, saying(read, rules=(line.model_copy(update=silent),))) == []
    (found,) = objections(loose, saying(read, rules=(line.model_copy(update=silent | {"slack": 0.3}),)))
    assert found[1]["figure"] == "rules.hills.slack"


def test_figures_that_differ_by_rounding_are_the_same(given):
    assert objections(given, saying(answered(given), objective=85 * (1 + 1e-9))) == []
    assert objections(given, saying(answered(given), objective=85 * (1 + 1e-5))) != []
    assert objections(given, saying(answered(given), max_violation=1e-9)) == []


def test_other_exposures_than_the_rules_allow_are_found_out(given):
    found = objections(given, replace(answered(given), exposure=floats([20, 80])))

    assert found[0][0] == "rule_broken"
    assert (found[0][1]["rule"], found[0][1]["where"]) == ("hills", "hills")


def test_without_prices_nothing_is_proved(given):
    codes = [code for code, _ in objections(given, replace(answered(given), prices={}))]

    assert codes == ["bound_not_proved", "status_not_earned", "figure_is_not_so"]


def test_an_answer_to_another_question_is_told(given):
    other = asked(two_valleys(), FLOOR | {"share": 0.30001})

    ((code, params),) = objections(given, saying(answered(given), input_sha256=other.sha256))

    assert (code, params) == ("other_input", {"claimed": other.sha256, "found": given.sha256})


@pytest.mark.parametrize(
    ("claimed", "figure", "found"),
    [
        ({"best": 0.6}, "levels.all", "0.5"),
        ({"unsettled": 1}, "levels.unsettled.all", "0"),
    ],
)
def test_best_levels_are_found_again(claimed, figure, found):
    given = asked(two_valleys(), LEVELS)
    read = answered(given)
    (line,) = read.document.levels

    ((code, params),) = objections(given, saying(read, levels=(line.model_copy(update=claimed),)))

    assert (code, params["figure"], params["found"]) == ("figure_is_not_so", figure, found)


def test_a_level_that_is_not_told_is_missed():
    given = asked(two_valleys(), LEVELS)

    assert [params["figure"] for _, params in objections(given, saying(answered(given), levels=()))] == [
        "levels.all"
    ]


@pytest.mark.parametrize("claimed", [{"even": 31.0}, {}, {"even": 30.0, "odd": 1.0}])
def test_what_a_spread_is_worth_is_computed_again(claimed):
    given = asked(two_valleys(), spread=SPREAD)
    read = answered(given)
    assert read.document.measures.welfare == {"even": pytest.approx(30)}  # 60 points at half of everything

    told = saying(read, measures=read.document.measures.model_copy(update={"welfare": claimed}))

    assert [code for code, _ in objections(given, told)] == ["figure_is_not_so"]


@pytest.fixture
def contradictory() -> Bundle:
    """A floor of three tenths, a cap of two tenths, and something to be given: not all three can be."""
    return asked(two_valleys(), FLOOR, CAP, SOME)


@pytest.fixture
def conflict(contradictory) -> ReadPlan:
    with pytest.raises(Infeasible) as refusal:
        solve(contradictory.problem, contradictory.rules)
    proved = refusal.value.conflict
    weights = {each.rule: dict(zip(each.labels, each.duals, strict=True)) for each in proved.weights}
    return ReadPlan(document_of_conflict(proved, Limits(), contradictory.sha256), floats([0, 0]), weights)


def test_a_conflict_is_proved_by_its_weights(contradictory, conflict):
    assert objections(contradictory, conflict) == []


@pytest.mark.parametrize(
    ("claimed", "why"),
    [
        ({"rules": ("hills",)}, "one of them alone can hold"),
        ({"rules": ("hills", "few")}, "where nothing is given no share is broken"),
        ({"proof": 5.0}, "more than the weights prove"),
        ({"rules": ("hills",), "proof": -200.0}, "what is proved by less than nothing is not proved"),
    ],
)
def test_a_conflict_is_not_claimed_of_others_or_by_more(contradictory, conflict, claimed, why):
    told = saying(conflict, conflict=conflict.document.conflict.model_copy(update=claimed))

    assert [code for code, _ in objections(contradictory, told)] == ["conflict_not_proved"], why


def test_a_conflict_is_not_proved_without_weights(contradictory, conflict):
    ((code, params),) = objections(contradictory, replace(conflict, prices={}))

    assert (code, params["rules"]) == ("conflict_not_proved", "hills, few, some")


def test_where_the_solver_gave_up_there_is_nothing_to_verify(given):
    failed = ReadPlan(document_of_failure("abnormal", Limits(), given.sha256), floats([0, 0]))

    assert objections(given, failed) == [("no_plan_to_check", {"status": "failed"})]
