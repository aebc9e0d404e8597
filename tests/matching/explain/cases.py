"""Cases to explain: a small world, rules, and the plan that solving gave."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from worlds import problem_from, rules

from impact.matching.explain.case import Case, case_of
from impact.matching.question.problem import Problem
from impact.matching.solve import solve


def solved(problem: Problem, *specs: Mapping[str, object]) -> Case:
    """Solve `problem` under rules as a bundle states them."""
    obeyed = rules(*specs)
    return case_of(problem, obeyed, solve(problem, obeyed))


def rivals(**changes: object) -> Problem:
    """Three makers want one livestream of 100: jam at 1, tea at 2 and silk, at 3, that can serve but 60."""
    problem = problem_from(
        [("jam", "live", 1.0), ("tea", "live", 2.0), ("silk", "live", 3.0)],
        {"jam": 100, "tea": 100, "silk": 60},
        {"live": 100},
    )
    named = {"type": ("rural", "rural", "urban"), "region": ("west", "east", "east")}
    return replace(
        problem,
        producer_attributes=named,
        placement_attributes={"channel": ("livestream",), "segment": ("gifts",)},
        quality=np.array([0.9, 0.5, 0.5]),
        **changes,
    )
