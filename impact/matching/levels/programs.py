"""Probe by linear program: for rules that are no network, with the part of them that is one asked first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from impact.arrays import Floats
from impact.errors import SolverFailed
from impact.matching.conflicts.elastic import SECONDS, high_value
from impact.matching.levels.cuts import by_cuts
from impact.matching.levels.probe import Asked, Probe, Proof, Shown, asked
from impact.matching.network.rows_as_arcs import fitting
from impact.matching.question.rows import LinearAnswer, LinearProgram
from impact.matching.rules import ALWAYS
from impact.matching.solvers.glop import solve_linear

KEPT = 1e-7
"""The share of a floor (of an exposure, where it is less) that may be missing by rounding."""
NOISE = 1e-7
"""Weights below this share of the largest are put down to rounding."""


@dataclass(frozen=True)
class _Programs:
    """What was asked, and the same of the rules that are a network: what these forbid, all do."""

    asked: Asked
    relaxed: Probe | None

    def __call__(self, floors: Floats) -> Shown | Proof:
        if self.relaxed and isinstance(found := self.relaxed(floors), Proof):
            return found
        for worth in (True, False):
            answer = self._elastic(floors, worth=worth)
            if answer.x is None or answer.duals is None:
                return Proof(np.zeros(len(floors)), -np.inf, ())
            exposure = self.asked.posed.exposure(answer.x)
            missing = floors - self.asked.posed.activity(exposure)[self.asked.own]
            if np.all(missing <= KEPT * np.maximum(floors, 1.0)):
                return Shown(exposure, eased=KEPT)
            proof = self.asked.proof(_cleaned(-answer.duals[self.asked.own]), answer.duals)
            if proof.weight @ floors > proof.most:
                return proof
        raise SolverFailed("level_not_proved")

    def _elastic(self, floors: Floats, *, worth: bool) -> LinearAnswer:
        """Let floors give way at a high price; value counts beside it where `worth`, which is far faster."""
        program, num = self.asked.program(floors), len(floors)
        rows = np.arange(len(program.lower))[self.asked.own]
        missing = sparse.csr_array((np.ones(num), (rows, np.arange(num))), shape=(len(program.lower), num))
        value = program.worth if worth else np.zeros_like(program.worth)
        eased = replace(
            program,
            worth=np.append(value, np.full(num, -high_value(self.asked.posed))),
            ceiling=np.append(program.ceiling, np.full(num, np.inf)),
            matrix=sparse.csr_array(sparse.hstack([program.matrix, missing], format="csr")),
        )
        return _solved(eased)


def by_programs(question: Asked) -> Probe:
    """Return a probe by cuts where it suffices, else by linear programs."""
    blocks = [question.posed.rows_of(number) for number in range(len(question.posed.rules))]
    if probe := by_cuts(question, blocks):
        return probe
    return _Programs(question, _relaxed(question, fitting(question.posed.program, blocks)))


def _relaxed(question: Asked, fit: Sequence[int]) -> Probe | None:
    """Return a probe by cuts of those rules alone that are a network."""
    rules, last = question.posed.rules, len(question.posed.rules) - 1
    others = [rules[number] for number in fit if len(ALWAYS) <= number < last]
    fewer = asked(question.posed.problem, rules[-1].id, others)
    blocks = [fewer.posed.rows_of(number) for number in range(len(fewer.posed.rules))]
    return by_cuts(fewer, blocks)


def _solved(program: LinearProgram) -> LinearAnswer:
    answer = solve_linear(program, SECONDS)
    if answer.status == "abnormal":  # the other simplex may still come through
        answer = solve_linear(program, SECONDS, dual=False)
    if answer.status not in ("optimal", "infeasible"):
        raise SolverFailed(answer.status)
    return answer


def _cleaned(weight: Floats) -> Floats:
    return np.where(weight > NOISE * weight.max(initial=0.0), weight, 0.0)
