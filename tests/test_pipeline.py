"""The whole journey on four placements: from a catalog to a plan that has a name and can be gone on from."""

from dataclasses import replace

import pytest
from reports.hamlets import goods

from impact.matching.check import objections
from impact.matching.rules import RULES
from impact.matching.solve import claims_of, specs_of
from impact.model import Programme
from impact.pipeline import again, link, posed, run

LANTERNS = {"id": "lights", "kind": "group_floor", "group": {"type": "craft"}, "at_least": 40}
AUTUMN = Programme("autumn", "金秋", "Autumn", 10, (LANTERNS,), seed=3)


@pytest.fixture(scope="module")
def solved():
    return run(goods(), AUTUMN)


def given_to(solved, product):
    own = solved.problem.product_of == solved.problem.product_ids.index(product)
    return float(solved.plan.exposure[own].sum())


def test_a_plan_obeys_the_rules_of_its_programme_and_passes_the_check(solved):
    specs = specs_of(RULES.validate_python(AUTUMN.rules))

    assert given_to(solved, "lantern") >= 40 * (1 - 1e-9)
    assert list(objections(solved.problem, specs, claims_of(solved.plan, 1e-6))) == []
    assert (solved.programme, solved.gone_on_from, solved.plan.seed) == (AUTUMN, None, 0)


def test_who_is_left_out_reaches_nobody():
    without = run(goods(), replace(AUTUMN, rules=(), excluded={"lantern": ("type_out",)}))

    assert given_to(without, "lantern") == 0
    assert without.graph.refused["ineligible"].tolist() == [0, 0, 4]


def test_what_is_out_of_season_reaches_nobody_that_month():
    spring = (replace(goods().products[0], season=frozenset({3})), *goods().products[1:])

    linked = {month: link(replace(goods(), products=spring), month).links.product_of for month in (3, 10)}

    assert 0 in linked[3]
    assert 0 not in linked[10]


def test_the_same_question_has_the_same_name_and_another_has_another(solved):
    assert run(goods(), AUTUMN).plan_id == solved.plan_id
    assert solved.plan_id.startswith("autumn-")
    assert len(solved.plan_id) == len("autumn-") + 8
    for other in (
        replace(AUTUMN, seed=4),
        replace(AUTUMN, rules=({**LANTERNS, "at_least": 41},)),
        replace(AUTUMN, excluded={"green": ("type_out",)}),
    ):
        assert run(goods(), other).plan_id != solved.plan_id


def test_something_else_is_asked_of_the_same_inputs(solved):
    more = replace(AUTUMN, rules=({**LANTERNS, "at_least": 70},))

    found = again(solved, more)

    assert found.gone_on_from == solved.plan_id
    assert (found.graph, found.problem) == (solved.graph, solved.problem)
    assert found.plan.worth == pytest.approx(run(goods(), more).plan.worth)
    assert found.plan_id == run(goods(), more).plan_id


def test_change_is_measured_against_what_was_published(solved):
    graph, problem = posed(goods(), AUTUMN, solved)

    assert problem.published.exposure.tolist() == pytest.approx(solved.plan.exposure.tolist())
    assert posed(goods(), AUTUMN, None)[1].published is None
    assert graph.links.product_of.tolist() == solved.graph.links.product_of.tolist()


def test_a_plan_held_close_to_the_published_one_changes_no_more_than_it_may(solved):
    close = {"id": "close", "kind": "churn", "share": 0.1}
    dimmed = {"id": "lights", "kind": "group_cap", "group": {"type": "craft"}, "at_most": 60}
    fewer = replace(AUTUMN, rules=(close, dimmed))

    found = run(goods(), fewer, published=solved)

    moved = abs(found.plan.exposure - solved.plan.exposure).sum()
    assert 0 < moved <= 0.1 * solved.plan.exposure.sum() * (1 + 1e-6)
