"""The whole program of a request: its rows one below another, its value in whole steps, and its slices."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from impact.arrays import Bools, Floats, Ints, ints
from impact.errors import Issue
from impact.matching.slots.columns import NONE, Columns, columns_of
from impact.matching.slots.model import SlotFloor, SlotRequest, SlotRule
from impact.matching.slots.rows import WholeRows, always, rows_of
from impact.matching.solvers.cpsat import WholeProgram

STEPS = 10**8
"""Into how many steps the largest value is cut; values are rounded up to steps, so a bound stays one."""


@dataclass(frozen=True)
class Posed:
    """A request as a program; `rule_of` numbers the rule behind each row, `NONE` for what always holds."""

    columns: Columns
    program: WholeProgram
    rule_of: Ints  # [row]
    step: float
    """Points that one unit of the program's worth is."""

    def without(self, rules: Collection[int]) -> WholeProgram:
        """Return the program with the rows of `rules` left out."""
        return _kept(self.program, np.flatnonzero(~np.isin(self.rule_of, list(rules))))


@dataclass(frozen=True)
class Slice:
    """A part of a program that shares no row with the rest."""

    program: WholeProgram
    rows: Ints  # [row of the slice], numbers of rows in the whole
    columns: Ints  # [column of the slice], numbers of columns in the whole

    def only(self, columns: Ints) -> WholeProgram:
        """Return its program with only `columns`, numbered as in the slice; the others are 0."""
        program = self.program
        matrix = sparse.csr_array(program.matrix[:, columns])
        return WholeProgram(program.worth[columns], matrix, program.lower, program.upper)


def pose(request: SlotRequest, rules: Sequence[SlotRule]) -> Posed:
    """Turn a request and its rules into a whole program."""
    columns = columns_of(request)
    fixed = list(always(columns))
    parts = [*fixed, *(rows_of(rule, columns) for rule in rules)]
    owners = [*([NONE] * len(fixed)), *range(len(rules))]
    value = np.array([candidate.value for candidate in request.candidates], np.float64)
    step = _step(value)
    worth = np.zeros(columns.num, np.int64)
    worth[: len(value)] = np.ceil(value / step)
    return Posed(
        columns=columns,
        program=_program(worth, parts),
        rule_of=ints(np.repeat(owners, [len(part) for part in parts])),
        step=step,
    )


def faults(request: SlotRequest, rules: Sequence[SlotRule]) -> Iterator[Issue]:
    """Say what keeps `rules` from being applied to `request`, all of it."""
    known = sorted({name for each in request.participants for name in each.attributes})
    seen = set()
    for rule in rules:
        if rule.id in seen:
            yield Issue("rule_id_taken", params={"rule": rule.id})
        seen.add(rule.id)
        if isinstance(rule, SlotFloor):
            for name in sorted(set(rule.group) - set(known)):
                params = {"rule": rule.id, "attribute": name, "known": ", ".join(known)}
                yield Issue("unknown_attribute", params=params)


def slices(program: WholeProgram) -> Iterator[Slice]:
    """Cut a program where no row that can bind connects its columns: days that share no rule come apart.

    Columns without a row come first, as one slice; a row without columns that cannot hold is a slice too.
    """
    numbers = _can_bind(program)
    binding = _kept(program, numbers)
    num_rows = len(binding.lower)
    row_of, column_of = binding.matrix.nonzero()
    num_nodes = num_rows + len(program.worth)
    edges = (np.ones(len(row_of)), (row_of, num_rows + column_of))
    nodes = sparse.coo_array(edges, shape=(num_nodes, num_nodes))
    alone = np.bincount(binding.matrix.indices, minlength=len(program.worth)) == 0
    _, part_of = connected_components(nodes, directed=False)
    part_of[num_rows:][alone] = NONE
    for part in np.unique(part_of):
        rows = np.flatnonzero(part_of[:num_rows] == part)
        columns = np.flatnonzero(part_of[num_rows:] == part)
        whole = Slice(_kept(binding, rows), numbers[rows], np.arange(len(program.worth)))
        yield Slice(whole.only(columns), numbers[rows], columns)


def holds(program: WholeProgram, x: Bools) -> bool:
    """Tell whether x obeys every row."""
    activity = program.matrix @ x.astype(np.int64)
    return bool(np.all((activity >= program.lower) & (activity <= program.upper)))


def _can_bind(program: WholeProgram) -> Ints:
    """Return the rows that some x in {0, 1} breaks."""
    most = np.asarray(program.matrix.maximum(0).sum(axis=1)).reshape(-1)
    least = np.asarray(program.matrix.minimum(0).sum(axis=1)).reshape(-1)
    return np.flatnonzero((most > program.upper) | (least < program.lower))


def _kept(program: WholeProgram, rows: Ints) -> WholeProgram:
    matrix = sparse.csr_array(program.matrix[rows])
    return WholeProgram(program.worth, matrix, program.lower[rows], program.upper[rows])


def _step(value: Floats) -> float:
    """Return what to count values in: points where all are whole, which prunes the search; else steps."""
    most = float(value.max(initial=0.0))
    return 1.0 if most <= STEPS and np.all(value == np.floor(value)) else most / STEPS


def _program(worth: Ints, parts: Sequence[WholeRows]) -> WholeProgram:
    lower: Floats = np.concatenate([part.lower for part in parts])
    upper: Floats = np.concatenate([part.upper for part in parts])
    matrix = sparse.csr_array(sparse.vstack([part.matrix for part in parts], format="csr", dtype=np.int64))
    matrix.eliminate_zeros()
    return WholeProgram(worth, matrix, lower, upper)
