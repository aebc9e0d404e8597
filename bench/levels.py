"""How long the best max-min levels take to find, on instances of `bench/engine`."""

from collections.abc import Sequence
from statistics import median
from time import perf_counter, process_time

from bench.engine.instances import Instance, instance_of
from bench.flow import RULES as NETWORK
from impact.matching.levels.settle import best_levels
from impact.matching.rules import RULES
from impact.matching.rules.max_min import MaxMin
from impact.matching.rules.obeyed import Obeyed

SIZES = (100_000, 1_000_000)
RUNS = 5
BEST, BY_STEPS = ({"id": "levels", "kind": "max_min", "lexicographic": steps} for steps in (False, True))


def rows() -> list[dict[str, object]]:
    """Measure each size beside no other rule, beside those that are a network, and beside all."""
    return [row for size in SIZES for row in _of(instance_of(size))]


def _of(instance: Instance) -> list[dict[str, object]]:
    network = [rule for rule in instance.rules if rule.id in NETWORK]
    return [
        _row(instance, "none", (), BEST, RUNS),
        _row(instance, "a network", network, BEST, RUNS),
        _row(instance, "a network", network, BY_STEPS, RUNS),
        _row(instance, "of every kind", instance.rules, BEST, 1),
    ]


def _row(
    instance: Instance, others: str, rules: Sequence[Obeyed], spec: dict[str, object], runs: int
) -> dict[str, object]:
    (rule,) = RULES.validate_python([spec])
    assert isinstance(rule, MaxMin)
    clock, processor = [], []
    for _ in range(runs):
        start, busy = perf_counter(), process_time()
        found = best_levels(instance.problem, rule, rules)
        clock.append(perf_counter() - start)
        processor.append(process_time() - busy)
    return {
        "links": instance.problem.num_links,
        "other rules": others,
        "asked": "step by step" if rule.lexicographic else "the best level",
        "level": round(found.best, 4),
        "seconds": round(median(clock), 2),
        "CPU seconds": round(median(processor), 2),
        "runs": runs,
    }
