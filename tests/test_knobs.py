"""Numbers of the sample's programme moved a step: the answer goes on from a plan, and is still the best."""

from dataclasses import replace

import pytest

from impact.config import DATA
from impact.matching.check import objections
from impact.matching.rules import RULES
from impact.matching.solve import claims_of, specs_of
from impact.pipeline import again, run, with_belts
from impact.programmes.reading import read_programme

PROGRAMME = replace(read_programme(DATA / "demo" / "programme.json"), month=10)
NUMBERS = ("share", "at_least", "of_capacity", "minimum")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def solved(sample):
    return run(with_belts(sample), PROGRAMME)


def turned(rule_id, factor):
    """The programme with the number of a rule, or all that it has, multiplied."""
    rules = [
        {**rule, **{name: times(rule[name], factor) for name in NUMBERS if name in rule}}
        if rule["id"] == rule_id
        else rule
        for rule in PROGRAMME.rules
    ]
    return replace(PROGRAMME, rules=tuple(rules))


def times(value, factor):
    if isinstance(value, dict):
        return {name: factor * each for name, each in value.items()}
    return factor * value


@pytest.mark.parametrize("factor", [0.95, 1.01])
@pytest.mark.parametrize("rule_id", [rule["id"] for rule in PROGRAMME.rules])
def test_a_number_moved_by_a_step_has_a_plan_that_is_proved_the_best(solved, rule_id, factor):
    """The bound is proved by prices over all links, however few of them were looked at."""
    asked = turned(rule_id, factor)

    moved = again(solved, asked)

    assert moved.plan.status == "optimal"
    assert moved.plan.engine == "glop-dual"  # nothing was given up for another method
    specs = specs_of(RULES.validate_python(asked.rules))
    assert objections(moved.problem, specs, claims_of(moved.plan, 0.0)) == ()


@pytest.mark.parametrize("rule_id", ["western-regions", "dominance"])
def test_it_is_worth_what_solving_from_nothing_says_is_the_most_and_no_less_than_it_finds(solved, rule_id):
    asked = turned(rule_id, 1.05)

    from_nothing = run(solved.graph.catalog, asked).plan
    moved = again(solved, asked).plan

    assert from_nothing.worth <= moved.worth * (1 + 1e-9) <= from_nothing.bound * (1 + 2e-9)


@pytest.mark.parametrize("factor", [1.05, 1.1])
@pytest.mark.parametrize("channel", ["short_video", "livestream", "mall", "search"])
def test_quality_of_one_channel_a_tenth_higher_has_a_plan_too(solved, channel, factor):
    quality = next(rule for rule in PROGRAMME.rules if rule["kind"] == "quality_floor")
    minimum = {**quality["minimum"], channel: factor * quality["minimum"][channel]}
    rules = [{**rule, "minimum": minimum} if rule == quality else rule for rule in PROGRAMME.rules]
    asked = replace(PROGRAMME, rules=tuple(rules))

    moved = again(solved, asked)

    assert (moved.plan.status, moved.plan.engine) == ("optimal", "glop-dual")
    specs = specs_of(RULES.validate_python(asked.rules))
    assert objections(moved.problem, specs, claims_of(moved.plan, 0.0)) == ()
