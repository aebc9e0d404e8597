"""Verify a plan as its files state it, with no code of rules and solvers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from math import isclose

from impact.bundles.plan_document import ConflictLines
from impact.bundles.plans import ReadPlan
from impact.bundles.read import Bundle
from impact.errors import Issue
from impact.matching.check import Claims, Reading, against, audit, best_levels, excess, readings, unshown
from impact.reports.measures import measure

Specs = Sequence[Mapping[str, object]]
SAME = 1e-6
"""Figures that differ by no more, relatively, are the same."""
NO_ROW = Reading(0.0, 0.0, 0.0, 0.0)
"""How a rule stands that has nothing to ask of any link."""


def false_claims(given: Bundle, read: ReadPlan) -> Iterator[Issue]:
    """Name every claim of a plan that does not hold."""
    stated = read.document
    if stated.input_sha256 != given.sha256:
        yield Issue("other_input", params={"claimed": stated.input_sha256, "found": given.sha256})
    specs = given.document.specs()
    if stated.conflict is not None:
        yield from _unproved(given, specs, read, stated.conflict)
    elif stated.measures is None:
        yield Issue("no_plan_to_check", params={"status": stated.status})
    else:
        yield from _false_plan(given, specs, read, stated.measures.model_dump())


def _unproved(given: Bundle, specs: Specs, read: ReadPlan, conflict: ConflictLines) -> Iterator[Issue]:
    """Object to a conflict that its weights do not prove."""
    found = excess(given.problem, specs, conflict.rules, read.prices)
    if found <= 0 or conflict.proof > found * (1 + SAME):
        figures = {"claimed": conflict.proof, "found": found}
        yield Issue("conflict_not_proved", params={"rules": ", ".join(conflict.rules), **figures})


def _false_plan(
    given: Bundle, specs: Specs, read: ReadPlan, measures: Mapping[str, object]
) -> Iterator[Issue]:
    stated = read.document
    claims = Claims(
        exposure=read.exposure,
        status=stated.status,
        worth=stated.objective or 0.0,
        bound=stated.bound or 0.0,
        gap=stated.gap or 0.0,
        asked_gap=stated.asked.gap,
        prices=read.prices,
    )
    found = audit(given.problem, specs, read.exposure, read.prices)
    yield from against(claims, found)
    yield from unshown(given.problem, specs, read.prices, read.shown)
    levels = best_levels(given.problem, specs, read.prices)
    yield from _false_figures({line.rule: line.best for line in stated.levels}, levels, "levels.")
    left = {line.rule: line.unsettled for line in stated.levels}
    yield from _false_figures(left, {**dict.fromkeys(left, 0), **found.unsettled}, "levels.unsettled.")
    yield from _false_figures(measures, measure(given.problem, read.exposure).figures())
    yield from _false_figures({"max_violation": stated.max_violation}, {"max_violation": found.max_violation})
    none = dict.fromkeys(stated.measures.welfare if stated.measures else (), 0.0)
    yield from _false_figures(measures, {"welfare": {**none, **found.welfare}})
    yield from _false_rules(given, specs, read)


def _false_rules(given: Bundle, specs: Specs, read: ReadPlan) -> Iterator[Issue]:
    """Object to how rules are said to stand."""
    lines = {line.id: line for line in read.document.rules}
    tightest = {name: line.tightest for name, line in lines.items()}
    found = readings(given.problem, specs, read.exposure, read.prices, tightest)
    for spec in specs:
        name = str(spec["id"])
        if spec["kind"] == "spread":
            continue
        line = lines.get(name)
        if line is None or (name not in found and (line.tightest or read.prices.get(name))):
            yield Issue("rule_not_told", params={"rule": name})
        else:
            stands = {"kind": spec["kind"], **_stands(found.get(name))}
            yield from _false_figures(line.model_dump(), stands, f"rules.{name}.")


def _stands(found: Reading | None) -> Mapping[str, object]:
    """Say what is known of a rule, of one without rows too; what has a price binds."""
    if found is None:
        return {**asdict(NO_ROW), "binding": False}
    return {**asdict(found), **({"binding": True} if found.price > SAME else {})}


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
