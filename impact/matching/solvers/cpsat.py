"""CP-SAT: whole numbers by OR-Tools, with one worker and a fixed seed, so that answers repeat.

A wall clock that cuts the search short is the one thing that can make two runs differ; the status says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model
from scipy import sparse

from impact.arrays import Bools, Floats, Ints

_UNLIMITED = 2**62
_STATUS = {
    cp_model.OPTIMAL: "optimal",
    cp_model.FEASIBLE: "feasible",
    cp_model.INFEASIBLE: "infeasible",
    cp_model.MODEL_INVALID: "model_invalid",
    cp_model.UNKNOWN: "unknown",
}


@dataclass(frozen=True)
class WholeProgram:
    """Maximise ``worth @ x`` over x in {0, 1} and ``lower ≤ A·x ≤ upper``, all in whole numbers."""

    worth: Ints  # [column]
    matrix: sparse.csr_array  # [row, column], whole
    lower: Floats  # [row], -inf where there is none
    upper: Floats  # [row], inf where there is none


@dataclass(frozen=True)
class Effort:
    """How long to search, and when to stop before: within `gap` of the bound, or with a worth of `enough`."""

    seconds: float
    gap: float = 0.0
    enough: float = float("inf")
    seed: int = 0


@dataclass(frozen=True)
class WholeAnswer:
    """What CP-SAT said: ``optimal`` is within the gap asked for, ``enough``, ``infeasible``; or, when time
    was up before, ``feasible`` or ``unknown``.

    `bound` no x can exceed; `x` only where there is one.
    """

    status: str
    x: Bools | None
    bound: float


class _UntilEnough(cp_model.CpSolverSolutionCallback):
    """End the search at the first solution that is worth enough: with one worker, always the same."""

    def __init__(self, enough: float) -> None:
        super().__init__()
        self._enough = enough

    def on_solution_callback(self) -> None:
        if self.objective_value >= self._enough:
            self.stop_search()


def solve_whole(program: WholeProgram, hint: Bools, effort: Effort) -> WholeAnswer:
    """Maximise `program`, starting from `hint`."""
    model, columns = _model(program)
    for column, hinted in zip(columns, hint.tolist(), strict=True):
        model.add_hint(column, hinted)
    model.maximize(cp_model.LinearExpr.weighted_sum(columns, program.worth.tolist()))
    solver = _solver(effort.seconds, effort.seed)
    solver.parameters.relative_gap_limit = effort.gap
    status = _STATUS[solver.solve(model, _UntilEnough(effort.enough))]
    if status not in ("optimal", "feasible"):
        return WholeAnswer(status, None, float(program.worth.sum()))
    reached = status == "feasible" and solver.objective_value >= effort.enough
    x = np.array(solver.boolean_values(columns), bool)
    return WholeAnswer("enough" if reached else status, x, solver.best_objective_bound)


def conflicting(
    program: WholeProgram, owner_of: Sequence[int], seconds: float, seed: int
) -> tuple[int, ...] | None:
    """Name owners of rows that cannot all hold; None where that is not proved.

    `owner_of` gives each row's owner, -1 for a row that always holds. The owners are assumptions of the
    search, and those named suffice for its proof; they need not be the fewest.
    """
    model, columns = _model(program, rows=[row for row, owner in enumerate(owner_of) if owner < 0])
    holds = {owner: model.new_bool_var("") for owner in sorted(set(owner_of) - {-1})}
    for row, owner in enumerate(owner_of):
        if owner >= 0:
            _add(model, program, columns, row).only_enforce_if(holds[owner])
    model.add_assumptions(list(holds.values()))
    solver = _solver(seconds, seed)
    if solver.solve(model) != cp_model.INFEASIBLE:
        return None
    named = set(solver.sufficient_assumptions_for_infeasibility())
    return tuple(owner for owner, literal in holds.items() if literal.index in named)


def _model(
    program: WholeProgram, rows: Sequence[int] | None = None
) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    columns = [model.new_bool_var("") for _ in range(len(program.worth))]
    for row in range(len(program.lower)) if rows is None else rows:
        _add(model, program, columns, row)
    return model, columns


def _add(
    model: cp_model.CpModel, program: WholeProgram, columns: list[cp_model.IntVar], row: int
) -> cp_model.Constraint:
    matrix = program.matrix
    inside = slice(matrix.indptr[row], matrix.indptr[row + 1])
    part = [columns[column] for column in matrix.indices[inside].tolist()]
    total = cp_model.LinearExpr.weighted_sum(part, [int(each) for each in matrix.data[inside]])
    lower, upper = float(program.lower[row]), float(program.upper[row])
    return model.add_linear_constraint(
        total,
        -_UNLIMITED if np.isinf(lower) else round(lower),
        _UNLIMITED if np.isinf(upper) else round(upper),
    )


def _solver(seconds: float, seed: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(seconds, 0.0)
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = (
        2  # without: 4 % from the bound where with it 1 % (bench/slots.py)
    )
    solver.parameters.random_seed = seed
    return solver
