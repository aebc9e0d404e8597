"""A spread of exposure as a term of the objective, beside the value of what is given."""

from collections.abc import Iterator
from dataclasses import dataclass as plain
from dataclasses import replace
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator
from pydantic.dataclasses import dataclass

from impact.arrays import Floats
from impact.errors import Issue
from impact.matching.question.problem import Problem
from impact.matching.question.rows import Rows
from impact.matching.rules.dial import Dial
from impact.matching.rules.group import CONFIG, Amount, Id
from impact.matching.rules.obeyed import Obeyed
from impact.matching.spread.curve import Chords, chords_of, height
from impact.matching.spread.owners import PRODUCER, PRODUCT, Owners, left_out, owners_of
from impact.matching.spread.ranked import Ranks

INFINITY = "infinity"
CLEARLY = 10.0
"""How many times the value of any link a weight makes a full share of capacity worth, at its heaviest."""
MOST_ALPHA = 2.0
"""Above it the slopes of one curve lie more than a million times apart; `infinity` is exact."""
Alpha = Annotated[float, Field(ge=0, le=MOST_ALPHA, strict=True)] | Literal["infinity"]


@dataclass(frozen=True, config=CONFIG)
class Spread(Obeyed):
    """`weight` points for each unit of welfare of r_i = (X_i − owed_i) / K_i, of those it is `over`.

    Welfare is Σ r_i^(1 − α) / (1 − α), Σ log r_i at α = 1, and min r_i at infinity; or, with `weights`,
    Σ ω_k·r_(k), ω for equal steps of owners, from the worst off on. The last two may be taken `within` each
    value of an attribute, and added up.
    """

    weight: Amount
    alpha: Alpha = 0.0
    weights: tuple[Amount, ...] | None = None
    over: str = PRODUCER
    within: str | None = None
    id: Id = "spread"
    kind: Literal["spread"] = "spread"
    demands: ClassVar[bool] = False

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.weights is not None:
            if self.alpha != 0 or not self.weights:
                raise ValueError("Expected either alpha or at least one of weights.")
            if any(later > sooner for sooner, later in zip(self.weights, self.weights[1:], strict=False)):
                raise ValueError("Expected weights that never rise from the worst off on.")
        elif self.within is not None and self.alpha != INFINITY:
            raise ValueError("Expected within only with infinity or weights: other welfare adds up anyway.")
        return self

    def faults(self, problem: Problem) -> Iterator[Issue]:
        known = (PRODUCER, PRODUCT, *problem.producer_attributes)
        unknown = [name for name in (self.over, self.within) if name not in (*known, None)]
        for name in unknown:
            yield self._issue("unknown_attribute", attribute=str(name), known=", ".join(known))
        if not unknown and not len(self.owners(problem)):
            yield self._issue("spread_over_nobody")

    def cautions(self, problem: Problem) -> Iterator[Issue]:
        unlimited, beyond = left_out(problem, self.over)
        if unlimited.any() or beyond.any():
            counts = {"unlimited": int(unlimited.sum()), "unreachable": int(beyond.sum())}
            yield Issue("spread_leaves_out", params={"rule": self.id, **counts})

    def rows(self, problem: Problem) -> Rows:
        return self._stated(problem).rows()

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        return np.full(1, np.nan)

    def own(self, problem: Problem, exposure: Floats) -> Floats:
        stated = self._stated(problem)
        return stated.own(stated.owners.given(exposure))

    def dial(self, problem: Problem) -> Dial:
        """Turn the weight, up to where evenness outweighs the value of any link for everybody, clearly."""
        owners = self.owners(problem)
        dearest = float(problem.value.max(initial=0.0))
        top = owners.capacity.sum() if self._by_rank else CLEARLY * owners.capacity.max(initial=0.0)
        return Dial(self.weight, 0.0, dearest * float(top))

    def moved(self, to: float, row: str = "") -> Self:
        return replace(self, weight=to)

    def owners(self, problem: Problem) -> Owners:
        """Find those whose ratios count."""
        return owners_of(problem, self.over, self.within)

    def welfare(self, problem: Problem, exposure: Floats) -> float:
        """Compute the welfare of `exposure`, before it is weighed."""
        owners = self.owners(problem)
        given = owners.given(exposure)
        if isinstance(self.alpha, str) or self._by_rank:
            return Ranks(owners, self.weights or (), self.weight).welfare(given)
        return float(height((given - owners.owed) / owners.capacity, self.alpha).sum())

    def worth(self, problem: Problem, exposure: Floats) -> float:
        """Compute what the welfare of `exposure` is worth, in points."""
        return self.weight * self.welfare(problem, exposure)

    def finer(self, problem: Problem, exposure: Floats, price: Floats, spare: float) -> "Finer | None":
        """Add points to the curve where owners stand, `price` being what an exposure is worth to each.

        None where no more than `spare` points of worth are left, or welfare is exact as it is.
        """
        stated = self._stated(problem)
        if isinstance(stated, Ranks) or not self.weight:
            return None
        return Finer(self, stated).finer(problem, exposure, price, spare)

    @property
    def _by_rank(self) -> bool:
        return self.weights is not None or self.alpha == INFINITY

    def _issue(self, code: str, **params: str) -> Issue:
        return Issue(code, file="problem.json", column="spread", params={"rule": self.id, **params})

    def _stated(self, problem: Problem) -> Chords | Ranks:
        owners = self.owners(problem)
        if isinstance(self.alpha, str) or self._by_rank:
            return Ranks(owners, self.weights or (), self.weight)
        return chords_of(owners, self.alpha, self.weight)


@plain(frozen=True)
class Finer(Obeyed):
    """A spread whose curve has points added to it."""

    stated: Spread
    chords: Chords
    kind: str = "spread"
    demands: ClassVar[bool] = False

    @property
    def id(self) -> str:  # type: ignore[override]
        """The id of the spread."""
        return self.stated.id

    def cautions(self, problem: Problem) -> Iterator[Issue]:
        return self.stated.cautions(problem)

    def rows(self, problem: Problem) -> Rows:
        return self.chords.rows()

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        return np.full(1, np.nan)

    def own(self, problem: Problem, exposure: Floats) -> Floats:
        return self.chords.own(self.chords.owners.given(exposure))

    def worth(self, problem: Problem, exposure: Floats) -> float:
        """Compute what the welfare of `exposure` is worth, in points."""
        return self.stated.worth(problem, exposure)

    def finer(self, problem: Problem, exposure: Floats, price: Floats, spare: float) -> "Finer | None":
        """Add more points; None where no more than `spare` points of worth are left."""
        found = self.chords.finer(self.chords.owners.given(exposure), price, spare)
        return None if found is None else replace(self, chords=found)
