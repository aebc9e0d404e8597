"""Probe by linear program: for rules that are no network, with the part of them that is one asked first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from impact.arrays import Floats
from impact.errors import SolverFailed
from impact.matching.conflicts.elastic import high_value
from impact.matching.large.answer import LARGE, answer_by_prices
from impact.matching.levels.cuts import by_cuts
from impact.matching.levels.probe import Asked, Probe, Proof, Shown, asked
from impact.matching.network.rows_as_arcs import fitting
from impact.matching.question.rows import LinearAnswer, LinearProgram
from impact.matching.rules import ALWAYS
from impact.matching.solvers.glop import solve_linear
from impact.matching.solvers.warm import solve_from
from impact.timing import Patience

KEPT = 1e-7
"""The share of a floor (of an exposure, where it is less) that may be missing by rounding."""
NOISE = 1e-7
"""Weights below this share of the largest are put down to rounding."""
VALUE_SHARES = (1.0, 0.0)
"""How much value counts beside floors that give way: all of it, with which the simplex is far faster, then
none, with which prices prove most; from the first answer on that takes a quarter of the time."""
ANY_GAP = 1.0
"""How close to the best a plan has to be that only has to show that there is one."""


@dataclass(frozen=True)
class _Programs:
    """What was asked, and the same of the rules that are a network: what these forbid, all do.

    From `large` columns on prices are asked before the simplex.
    """

    asked: Asked
    relaxed: Probe | None
    patience: Patience
    large: int

    def __call__(self, floors: Floats) -> Shown | Proof:
        if self.relaxed and isinstance(found := self.relaxed(floors), Proof):
            return found
        return self._by_prices(floors) or self._by_simplex(floors)

    def _by_prices(self, floors: Floats) -> Shown | None:
        """Look for a plan by prices, where the program is so large that they find one sooner."""
        posed = self.asked.posed
        if len(posed.program.worth) < self.large:
            return None
        blocks = [posed.rows_of(number) for number in range(len(posed.rules))]
        program = self.asked.program(floors)
        answer = answer_by_prices(program, blocks, posed.link_of, self.patience, ANY_GAP)
        return None if answer is None or answer.x is None else self._shown(floors, posed.exposure(answer.x))

    def _by_simplex(self, floors: Floats) -> Shown | Proof:
        answer = None
        for share in VALUE_SHARES:
            answer = self._elastic(floors, share, answer)
            if answer.x is None or answer.duals is None:
                return Proof(np.zeros(len(floors)), -np.inf, ())
            if shown := self._shown(floors, self.asked.posed.exposure(answer.x)):
                return shown
            proof = self.asked.proof(_cleaned(-answer.duals[self.asked.own]), answer.duals)
            if proof.weight @ floors > proof.most:
                return proof
        raise SolverFailed("level_not_proved")

    def _shown(self, floors: Floats, exposure: Floats) -> Shown | None:
        """Take `exposure` for what shows that all floors can be kept, if it keeps them."""
        missing = floors - self.asked.posed.activity(exposure)[self.asked.own]
        return Shown(exposure, eased=KEPT) if np.all(missing <= KEPT * np.maximum(floors, 1.0)) else None

    def _elastic(self, floors: Floats, share: float, start: LinearAnswer | None) -> LinearAnswer:
        """Let floors give way at a high price, beside which a `share` of value counts."""
        program, num = self.asked.program(floors), len(floors)
        rows = np.arange(len(program.lower))[self.asked.own]
        missing = sparse.csr_array((np.ones(num), (rows, np.arange(num))), shape=(len(program.lower), num))
        eased = replace(
            program,
            worth=np.append(share * program.worth, np.full(num, -high_value(self.asked.posed))),
            ceiling=np.append(program.ceiling, np.full(num, np.inf)),
            matrix=sparse.csr_array(sparse.hstack([program.matrix, missing], format="csr")),
        )
        return _solved(eased, start, self.patience)


def by_programs(question: Asked, patience: Patience, large: int = LARGE) -> Probe:
    """Return a probe by cuts where it suffices, else by linear programs, which `patience` may end."""
    blocks = [question.posed.rows_of(number) for number in range(len(question.posed.rules))]
    if probe := by_cuts(question, blocks):
        return probe
    relaxed = _relaxed(question, fitting(question.posed.program, blocks))
    return _Programs(question, relaxed, patience, large)


def _relaxed(question: Asked, fit: Sequence[int]) -> Probe | None:
    """Return a probe by cuts of those rules alone that are a network."""
    rules, last = question.posed.rules, len(question.posed.rules) - 1
    others = [rules[number] for number in fit if len(ALWAYS) <= number < last]
    fewer = asked(question.posed.problem, rules[-1].id, others)
    blocks = [fewer.posed.rows_of(number) for number in range(len(fewer.posed.rules))]
    return by_cuts(fewer, blocks)


def _solved(program: LinearProgram, start: LinearAnswer | None, patience: Patience) -> LinearAnswer:
    if start and (answer := solve_from(program, start, patience.seconds)).status == "optimal":
        return answer
    answer = solve_linear(program, patience.seconds, cancelled=patience.cancelled)
    if answer.status == "abnormal":  # the other simplex may still come through
        answer = solve_linear(program, patience.seconds, dual=False, cancelled=patience.cancelled)
    if answer.status not in ("optimal", "infeasible"):
        raise SolverFailed(answer.status)
    return answer


def _cleaned(weight: Floats) -> Floats:
    return np.where(weight > NOISE * weight.max(initial=0.0), weight, 0.0)
