"""GLOP's simplex from a basis: the face of OR-Tools that takes one and hands one back (MathOpt)."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from ortools.math_opt import callback_pb2, model_parameters_pb2, model_pb2, parameters_pb2, result_pb2
from ortools.math_opt.core.python import solver as math_opt
from pybind11_abseil.status import StatusNotOk

from impact.arrays import Floats
from impact.matching.question.rows import LinearProgram
from impact.matching.solvers.bases import Basis
from impact.matching.solvers.units import counted

ABNORMAL = "ABNORMAL"
_STATUS = {
    result_pb2.TERMINATION_REASON_OPTIMAL: "optimal",
    result_pb2.TERMINATION_REASON_INFEASIBLE: "infeasible",
}


@dataclass(frozen=True)
class Ended:
    """Where the simplex ended: ``optimal``, ``infeasible``, or ``not_solved`` (then nowhere)."""

    status: str
    x: Floats  # [column]
    duals: Floats  # [row]
    basis: Basis


def from_basis(program: LinearProgram, basis: Basis, seconds: float, *, dual: bool = True) -> Ended:
    """Maximise `program` from `basis` for at most `seconds`, by the dual (or primal) simplex."""
    in_units = counted(program)
    told = _run(in_units.program, _parameters(seconds, dual=dual), _from(basis))
    status = _STATUS.get(told.termination.reason) if told else None
    if told is None or status is None or not told.solutions or not told.solutions[0].HasField("basis"):
        return Ended("not_solved", np.empty(0), np.empty(0), basis)
    found = told.solutions[0]
    return Ended(
        status,
        in_units.columns(np.array(found.primal_solution.variable_values.values)),
        np.array(found.dual_solution.dual_values.values),
        Basis(
            np.array(found.basis.variable_status.values, np.int8),
            np.array(found.basis.constraint_status.values, np.int8),
        ),
    )


def _run(
    program: LinearProgram,
    parameters: parameters_pb2.SolveParametersProto,
    begin: model_parameters_pb2.ModelSolveParametersProto,
) -> result_pb2.SolveResultProto | None:
    """Solve; None where the simplex ends abnormally, which MathOpt takes for a mistake of its own."""
    try:
        return math_opt.solve(
            _model(program),
            parameters_pb2.SOLVER_TYPE_GLOP,
            parameters_pb2.SolverInitializerProto(),
            parameters,
            begin,
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            None,
        )
    except StatusNotOk as error:
        if ABNORMAL not in str(error):
            raise
        return None


def _parameters(seconds: float, *, dual: bool) -> parameters_pb2.SolveParametersProto:
    parameters = parameters_pb2.SolveParametersProto()
    if np.isfinite(seconds):
        parameters.time_limit.FromTimedelta(timedelta(seconds=max(seconds, 0.0)))
    parameters.glop.use_dual_simplex = dual
    parameters.glop.use_preprocessing = False  # it would not know what to do with a basis
    return parameters


def _from(basis: Basis) -> model_parameters_pb2.ModelSolveParametersProto:
    told = model_parameters_pb2.ModelSolveParametersProto()
    for vector, standings in (
        (told.initial_basis.variable_status, basis.columns),
        (told.initial_basis.constraint_status, basis.rows),
    ):
        vector.ids.extend(range(len(standings)))
        vector.values.extend(standings.tolist())
    return told


def _model(program: LinearProgram) -> model_pb2.ModelProto:
    model, matrix = model_pb2.ModelProto(), program.matrix
    num_rows, num_columns = matrix.shape
    model.variables.ids.extend(range(num_columns))
    model.variables.lower_bounds.extend([0.0] * num_columns)
    model.variables.upper_bounds.extend(program.ceiling.tolist())
    model.variables.integers.extend([False] * num_columns)
    model.objective.maximize = True
    model.objective.linear_coefficients.ids.extend(range(num_columns))
    model.objective.linear_coefficients.values.extend(program.worth.tolist())
    model.linear_constraints.ids.extend(range(num_rows))
    model.linear_constraints.lower_bounds.extend(program.lower.tolist())
    model.linear_constraints.upper_bounds.extend(program.upper.tolist())
    entries = model.linear_constraint_matrix  # sorted by row, then column
    entries.row_ids.extend(np.repeat(np.arange(num_rows), np.diff(matrix.indptr)).tolist())
    entries.column_ids.extend(matrix.indices.tolist())
    entries.coefficients.extend(matrix.data.tolist())
    return model
