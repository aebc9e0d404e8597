"""Peers that solve the same rows: simplex and first-order solvers that come with OR-Tools."""

from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import numpy as np
from ortools.linear_solver.python import model_builder_helper as mbh

from bench.engine.instances import Instance
from bench.engine.outcome import Outcome, by_label
from impact.matching.pose import pose
from impact.matching.question.rows import LinearProgram


@dataclass(frozen=True)
class Linear:
    """A linear solver of OR-Tools with parameters of its own; `proves` where it hands back duals."""

    solver: str
    parameters: str = ""
    proves: bool = True

    def __call__(self, instance: Instance, seconds: float) -> Outcome:
        start = perf_counter()
        posed = pose(instance.problem, instance.rules)
        model = _model(posed.program)
        built = perf_counter()
        solver = mbh.ModelSolverHelper(self.solver)
        solver.set_time_limit_in_seconds(seconds)
        solver.set_solver_specific_parameters(self.parameters)
        solver.solve(model)
        solved = perf_counter()
        outcome = Outcome(_status(solver), built - start, solved - built)
        if not solver.has_solution():
            return outcome
        exposure = posed.exposure(np.array(solver.variable_values()))
        prices = by_label(posed.by_rule(np.array(solver.dual_values()))) if self.proves else {}
        return replace(outcome, exposure=exposure, prices=prices)


def _model(program: LinearProgram) -> Any:
    model: Any = mbh.ModelBuilderHelper()
    model.fill_model_from_sparse_data(
        np.zeros(len(program.worth)),
        np.ascontiguousarray(program.ceiling),
        np.ascontiguousarray(program.worth),
        program.lower,
        program.upper,
        program.matrix,
    )
    model.set_maximize(True)
    return model


def _status(solver: Any) -> str:
    return str(solver.status()).rsplit(".", maxsplit=1)[-1].lower()
