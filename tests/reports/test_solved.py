"""A solved programme knows its figures, and computes them once."""

from dataclasses import replace

from shelves import valley

from impact.reports.measures import measure


def test_the_figures_of_a_plan_are_computed_once_and_are_its_own():
    solved = valley()

    assert solved.measures is solved.measures
    assert solved.measures.figures() == measure(solved.problem, solved.plan.exposure).figures()


def test_another_plan_has_other_figures():
    solved = valley()
    halved = replace(solved, plan=replace(solved.plan, exposure=solved.plan.exposure / 2))

    assert solved.measures.exposure == 2 * halved.measures.exposure
