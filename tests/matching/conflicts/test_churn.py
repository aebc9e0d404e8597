"""A churn budget among the rules that conflict, on the sample's programme."""

from dataclasses import replace

import pytest

from impact.catalog.sample.load import load_sample
from impact.config import DATA
from impact.matching.plan import Infeasible
from impact.matching.question.carrying import measured_against
from impact.matching.rules import RULES
from impact.matching.solve import Limits, solve
from impact.pipeline import posed, with_belts
from impact.programmes.reading import read_programme
from impact.programmes.turned import turned

STEADY = {"id": "steady", "kind": "churn", "share": 0.2}


@pytest.mark.slow
def test_a_floor_far_off_what_was_published_conflicts_with_a_budget_and_is_eased():
    """Where rows are eased on the way from the plan to the proof, the simplex ends abnormally."""
    programme = read_programme(DATA / "demo" / "programme.json")
    problem = posed(with_belts(load_sample(DATA)), programme, None)[1]
    published = solve(problem, RULES.validate_python(programme.rules), Limits(seconds=600))
    problem = measured_against(problem, problem, published.exposure)
    asked = replace(programme, rules=(*programme.rules, STEADY))
    plan = solve(problem, RULES.validate_python(asked.rules), Limits(seconds=600), start=published)
    told = []

    with pytest.raises(Infeasible) as refusal:
        more = turned(asked, ("priority-counties", "share"), 0.8 / 0.28)
        solve(problem, RULES.validate_python(more.rules), Limits(seconds=600, told=told.append), start=plan)

    conflict = refusal.value.conflict
    assert conflict.rules == ("priority-counties", "steady")
    assert [(each.rule, each.verified) for each in conflict.relaxations] == [("priority-counties", True)]
    assert [(each.is_minimal, len(each.relaxations)) for each in told] == [(False, 0), (False, 1), (True, 1)]
