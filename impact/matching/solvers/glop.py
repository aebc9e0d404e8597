"""GLOP: the exact simplex of OR-Tools, fed by whole arrays."""

from threading import Thread
from time import perf_counter
from typing import Any

import numpy as np
from ortools.linear_solver.python import model_builder_helper as mbh

from impact.matching.question.rows import LinearAnswer, LinearProgram
from impact.matching.solvers.condensed import condensed
from impact.matching.solvers.units import counted
from impact.timing import Cancelled, never

ENGINES = {True: "glop-dual", False: "glop-primal"}
LOOKED_EVERY_SECONDS = 0.1
"""How often a running simplex looks whether it was told to stop."""
_DUAL = "use_dual_simplex: true use_preprocessing: false perturb_costs_in_dual_simplex: "
PARAMETERS = {True: (_DUAL + "true", _DUAL + "false"), False: ("use_dual_simplex: false",)}
"""The dual gains nothing from preprocessing once a program is condensed. Without perturbed costs, equal
values cost it a hundred times as long; with them it ends abnormally where rows cannot hold: then it goes
again without."""


def solve_linear(
    program: LinearProgram, seconds: float, *, dual: bool = True, cancelled: Cancelled = never
) -> LinearAnswer:
    """Maximise `program` with the dual (or primal) simplex, for at most `seconds` or until `cancelled`.

    The status is OR-Tools' own, in lower case: ``optimal``, ``feasible``, ``infeasible``, ``abnormal``,
    ``not_solved``…
    """
    few = condensed(program)
    if few.crossing is not None:
        return LinearAnswer("infeasible", None, None, ENGINES[dual])
    until, in_units = perf_counter() + seconds, counted(few.program)
    for parameters in PARAMETERS[dual]:
        solver = mbh.ModelSolverHelper("glop")
        solver.set_time_limit_in_seconds(max(until - perf_counter(), 0.0))
        solver.set_solver_specific_parameters(parameters)
        _run(solver, _model(in_units.program), cancelled)
        if solver.status() != mbh.SolveStatus.ABNORMAL:
            break
    found = solver.has_solution()
    return LinearAnswer(
        status=str(solver.status()).rsplit(".", maxsplit=1)[-1].lower(),
        x=few.columns(in_units.columns(np.array(solver.variable_values()))) if found else None,
        duals=few.duals(np.array(solver.dual_values()), program.worth) if found else None,
        engine=ENGINES[dual],
    )


def _run(solver: mbh.ModelSolverHelper, model: Any, cancelled: Cancelled) -> None:
    """Run the simplex in a thread of its own, so that it can be told to stop."""
    if cancelled is never:
        solver.solve(model)
        return
    running = Thread(target=solver.solve, args=(model,), daemon=True)
    running.start()
    while running.is_alive():
        running.join(LOOKED_EVERY_SECONDS)
        if cancelled():
            solver.interrupt_solve()


def _model(program: LinearProgram) -> Any:
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
    return model
