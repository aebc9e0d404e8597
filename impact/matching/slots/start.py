"""Where to start and how far to go: a linear relaxation for a bound, and bookings by hand led by it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from impact.arrays import Bools, Floats, Ints
from impact.matching.question.rows import LinearProgram, bound
from impact.matching.slots.columns import NONE
from impact.matching.slots.program import Posed, Slice, holds
from impact.matching.solvers.cpsat import WholeProgram
from impact.matching.solvers.glop import solve_linear

CORE_FACTOR = 3
LEAST_CORE = 1_000
ROUNDS = 3
"""A booking may open room for one passed over before: a creator's exposure makes room for a top KOL's."""


@dataclass(frozen=True)
class Relaxed:
    """What is known of a program whose columns may be fractions: `share` of each, and prices of its rows.

    Any prices prove a bound, so that where the simplex gave up they are 0 and so is `share`.
    """

    share: Floats  # [column]
    duals: Floats  # [row], gain of worth per unit

    def bound(self, program: WholeProgram, rows: Ints) -> float:
        """Return what no x can exceed in `program`, made of `rows` of the one relaxed."""
        return bound(_linear(program), self.duals[rows])

    def core(self, part: Slice) -> Ints:
        """Choose the columns of a slice likely to be in good bookings: those of the best reduced worth.

        Three times as many as the relaxation uses, and every column that says whether a slot is held.
        """
        reduced = part.program.worth - part.program.matrix.T @ self.duals[part.rows]
        num = max(CORE_FACTOR * int(np.count_nonzero(self.share[part.columns] > 0)), LEAST_CORE)
        chosen = np.argsort(-reduced, kind="stable")[:num]
        held = np.flatnonzero(part.program.worth == 0)
        return np.union1d(chosen, held)


def relax(program: WholeProgram, seconds: float) -> Relaxed:
    """Solve a program with fractions allowed, its rows and its worth scaled to 1."""
    size = np.ones(len(program.lower))
    np.maximum.at(size, program.matrix.tocoo().row, np.abs(program.matrix.data))
    most = float(max(program.worth.max(initial=0), 1))
    linear = _linear(program)
    scaled = LinearProgram(
        worth=linear.worth / most,
        ceiling=linear.ceiling,
        matrix=sparse.csr_array(sparse.diags_array(1 / size) @ linear.matrix),
        lower=linear.lower / size,
        upper=linear.upper / size,
    )
    answer = solve_linear(scaled, seconds)
    if answer.x is None or answer.duals is None:
        return Relaxed(np.zeros(len(program.worth)), np.zeros(len(program.lower)))
    return Relaxed(answer.x, answer.duals * most / size)


def first_bookings(posed: Posed, relaxed: Relaxed) -> Bools:
    """Book greedily by worth, and by the relaxation's shares; return the better that misses no floor."""
    worth = posed.program.worth[: posed.columns.num_candidates]
    share = relaxed.share[: posed.columns.num_candidates]
    orders = (np.lexsort((-worth, -share)), np.argsort(-worth, kind="stable"))
    found = [greedy(posed, order) for order in orders]
    return max(found, key=lambda x: (holds(posed.program, x), int(posed.program.worth @ x)))


def greedy(posed: Posed, order: Ints) -> Bools:
    """Book candidates in `order`, every upper bound kept throughout; floors may be missed.

    1. For each row with a floor, book its first candidates until it is met.
    2. Book the first candidates of any worth that still fit, `ROUNDS` times over.
    """
    program, booking = posed.program, _Booking(posed)
    rank = np.argsort(order)
    for row in np.flatnonzero(program.lower > 0):
        inside = program.matrix.indices[program.matrix.indptr[row] : program.matrix.indptr[row + 1]]
        for candidate in inside[np.argsort(rank[inside])].tolist():
            if booking.activity[row] >= program.lower[row]:
                break
            booking.book(candidate)
    for _ in range(ROUNDS):
        for candidate in order[program.worth[order] > 0].tolist():
            booking.book(candidate)
    return np.array(booking.x, bool)


class _Booking:
    """What is booked so far and how much of every row it takes; forgotten when `greedy` returns."""

    def __init__(self, posed: Posed) -> None:
        by_column = sparse.csc_array(posed.program.matrix)
        self._start, self._row = by_column.indptr.tolist(), by_column.indices.tolist()
        self._weight = by_column.data.tolist()
        self._upper = posed.program.upper.tolist()
        self._held_of = posed.columns.held_of.tolist()
        self.activity = [0.0] * len(self._upper)
        self.x = [False] * len(posed.program.worth)

    def book(self, candidate: int) -> None:
        """Book a candidate and have its slot held, unless a row would be overdrawn."""
        held = self._held_of[candidate]
        if self.x[candidate]:
            return
        if held == NONE or self.x[held]:
            self._set([candidate])
        else:
            self._set([held, candidate])

    def _set(self, columns: list[int]) -> None:
        steps = [step for column in columns for step in self._steps(column)]
        for row, weight in steps:
            self.activity[row] += weight
        if any(self.activity[row] > self._upper[row] for row, _ in steps):
            for row, weight in steps:
                self.activity[row] -= weight
        else:
            for column in columns:
                self.x[column] = True

    def _steps(self, column: int) -> Iterator[tuple[int, int]]:
        inside = slice(self._start[column], self._start[column + 1])
        return zip(self._row[inside], self._weight[inside], strict=True)


def _linear(program: WholeProgram) -> LinearProgram:
    return LinearProgram(
        worth=program.worth.astype(np.float64),
        ceiling=np.ones(len(program.worth)),
        matrix=sparse.csr_array(program.matrix.astype(np.float64)),
        lower=program.lower,
        upper=program.upper,
    )
