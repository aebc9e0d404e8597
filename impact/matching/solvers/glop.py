"""GLOP: the exact simplex of OR-Tools, fed by whole arrays."""

from typing import Any

import numpy as np
from ortools.linear_solver.python import model_builder_helper as mbh

from impact.matching.rows import LinearAnswer, LinearProgram

ENGINES = {True: "glop-dual", False: "glop-primal"}


def solve_linear(program: LinearProgram, seconds: float, *, dual: bool = True) -> LinearAnswer:
    """Maximise `program` with the dual (or primal) simplex, for at most `seconds`.

    The status is OR-Tools' own, in lower case: ``optimal``, ``feasible``, ``infeasible``, ``abnormal``,
    ``not_solved``…
    """
    model: Any = mbh.ModelBuilderHelper()  # its stubs take float64 for an array's shape
    model.fill_model_from_sparse_data(
        np.zeros(len(program.worth)),
        np.ascontiguousarray(program.ceiling),
        np.ascontiguousarray(program.worth),
        program.lower,
        program.upper,
        program.matrix,
    )
    model.set_maximize(True)
    solver = mbh.ModelSolverHelper("glop")
    solver.set_time_limit_in_seconds(seconds)
    solver.set_solver_specific_parameters(f"use_dual_simplex: {'true' if dual else 'false'}")
    solver.solve(model)
    found = solver.has_solution()
    return LinearAnswer(
        status=str(solver.status()).rsplit(".", maxsplit=1)[-1].lower(),
        x=np.array(solver.variable_values()) if found else None,
        duals=np.array(solver.dual_values()) if found else None,
        engine=ENGINES[dual],
    )
