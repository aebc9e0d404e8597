"""Runs as tables for people."""

from collections.abc import Mapping, Sequence
from statistics import median

from bench.engine.measuring import Run
from bench.table import table

Runs = Mapping[str, Sequence[Run]]
NOTES = """## How to read it

**The same rows, rules of every kind.** Worst row is the largest relative violation of any promise, broken how
many kinds of promise are broken by more than 1e-6, both as `impact.matching.check` judges whoever solved. The
gap is to the bound that the peer's own duals prove; an objective above the exact one belongs to a plan that
breaks promises. For impact, the check of the answer counts as solving. HiGHS proves nothing here: where its
duals should be, OR-Tools 9.15 hands back the activities of rows. CPU seconds are of all threads, building
included, and so is how many times those of GLOP's dual simplex they are; what it took by the clock also tells
what else the machine did. A `max_min` is not among the rules: its rows are those of a floor for everyone, and
what its level takes to find is told in RESULTS.md.

**Heuristics** of the literature obey supply and capacity and know no other rule. Value kept is their value
relative to the exact plan's under supply, capacity and links' own limits alone, in which nobody is below the
heuristic's least X/K, nor below its 5th percentile who reached that: what is missing is what it leaves."""


def section(runs_of: Runs, handed: Mapping[str, object]) -> str:
    """Tell of one size: a table of the exact peers, and one of those in `handed`."""
    exact = {peer: runs for peer, runs in runs_of.items() if peer not in handed}
    dual = _cpu_seconds(exact["GLOP dual"])
    title = f"## {runs_of['impact'][0].num_links:,} links"
    solved = table([_exact_row(peer, runs, dual) for peer, runs in exact.items()])
    return "\n\n".join([title, solved, table([_handed_row(peer, runs_of[peer]) for peer in handed])])


def _exact_row(peer: str, runs: Sequence[Run], dual_seconds: float) -> dict[str, object]:
    first = runs[0]
    return {
        "peer": peer,
        "status": first.status,
        **_costs(runs),
        "× GLOP dual": f"{_cpu_seconds(runs) / dual_seconds:.2f}",
        "objective": _figure(first.objective, ",.1f"),
        "gap": _figure(first.gap, ".1e"),
        "worst row": _figure(first.worst_row, ".1e"),
        "broken": first.num_broken,
        "least X/K": _figure(first.least, ".3f"),
        "5th percentile": _figure(first.fifth, ".3f"),
    }


def _handed_row(peer: str, runs: Sequence[Run]) -> dict[str, object]:
    first = runs[0]
    return {
        "heuristic": peer,
        **_costs(runs),
        "objective": _figure(first.objective, ",.1f"),
        "least X/K": _figure(first.least, ".3f"),
        "5th percentile": _figure(first.fifth, ".3f"),
        "value kept": _figure(first.kept_share, ".1%"),
        "broken": first.num_broken,
        "worst row": _figure(first.worst_row, ".1e"),
    }


def _costs(runs: Sequence[Run]) -> dict[str, object]:
    return {
        "runs": len(runs),
        "build s": f"{median(run.build_seconds for run in runs):.3f}",
        "solve s": f"{median(run.solve_seconds for run in runs):.2f}",
        "CPU s": f"{_cpu_seconds(runs):.2f}",
        "peak MB": f"{median(run.peak_mb for run in runs):.0f}",
    }


def _cpu_seconds(runs: Sequence[Run]) -> float:
    return median(run.cpu_seconds for run in runs)


def _figure(number: float | None, form: str) -> str | None:
    return None if number is None else format(number, form)
