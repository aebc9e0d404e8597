"""Verify a plan as its files state it, with no code of rules and solvers."""

from collections.abc import Iterator, Mapping
from math import isclose

from impact.bundles.plans import ReadPlan
from impact.bundles.read import Bundle
from impact.errors import Issue
from impact.matching.check import Claims, against, audit, objections
from impact.reports.measures import measure

SAME = 1e-6
"""Figures that differ by no more, relatively, are the same."""


def false_claims(given: Bundle, read: ReadPlan) -> Iterator[Issue]:
    """Name every claim of a plan that does not hold."""
    stated = read.document
    if stated.input_sha256 != given.sha256:
        yield Issue("other_input", params={"claimed": stated.input_sha256, "found": given.sha256})
    claims = Claims(
        exposure=read.exposure,
        status=stated.status,
        worth=stated.objective or 0.0,
        bound=stated.bound or 0.0,
        gap=stated.gap or 0.0,
        asked_gap=stated.asked.gap,
        prices=read.prices,
    )
    specs = given.document.model_dump()["rules"]
    if stated.measures is None:
        yield from objections(given.problem, specs, claims)
        return
    found = audit(given.problem, specs, read.exposure, read.prices)
    yield from against(claims, found)
    figures = measure(given.problem, read.exposure).figures()
    yield from _false_figures(stated.measures.model_dump(), figures)
    yield from _false_figures({"max_violation": stated.max_violation}, {"max_violation": found.max_violation})


def _false_figures(
    claimed: Mapping[str, object], found: Mapping[str, object], at: str = ""
) -> Iterator[Issue]:
    for name, figure in found.items():
        stated = claimed.get(name)
        if isinstance(figure, Mapping) and isinstance(stated, Mapping):
            yield from _false_figures(stated, figure, f"{at}{name}.")
        elif not _same(stated, figure):
            params = {"figure": f"{at}{name}", "claimed": str(stated), "found": str(figure)}
            yield Issue("figure_is_not_so", params=params)


def _same(stated: object, found: object) -> bool:
    if isinstance(stated, float) and isinstance(found, float):
        return isclose(stated, found, rel_tol=SAME, abs_tol=SAME)
    return stated == found
