"""Ladder: how ready a producer is, rung by rung, and the one thing that would let it in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from impact.programmes.criteria import Criterion
from impact.programmes.criteria.finding import Finding
from impact.programmes.criteria.proof import CertificateCriterion
from impact.programmes.criteria.readiness import (
    ContactCriterion,
    DataCriterion,
    ListingCriterion,
    LogisticsCriterion,
)
from impact.programmes.dossier import Case, Rung
from impact.programmes.eligibility import Verdict

QUALITY = ("green", "organic", "gi", "gi_trademark", "quality_specialty", "gap", "sc", "inspection")
"""Any of these certificates is the first rung."""
LADDER: Mapping[Rung, Criterion] = {
    Rung.CERTIFICATES: CertificateCriterion(any_of=QUALITY),
    Rung.LISTING: ListingCriterion(),
    Rung.CONTACT: ContactCriterion(),
    Rung.DATA: DataCriterion(),
    Rung.LOGISTICS: LogisticsCriterion(),
}
"""What stands on each rung, whatever programme it is for."""


@dataclass(frozen=True)
class Step:
    """A rung of one producer: reached where all its products are ready; else what is missing of the first."""

    rung: Rung
    is_reached: bool
    finding: Finding
    num_products: int
    """Of how many products it is missing."""


@dataclass(frozen=True)
class Change:
    """The one thing to do next to let a product in, and on how many more rungs something is missing then."""

    product_id: str
    finding: Finding
    num_more: int


def ladder(cases: Sequence[Case]) -> tuple[Step, ...]:
    """Say how far a producer has come with its products, at least one, lowest rung first."""
    return tuple(_step(rung, criterion, cases) for rung, criterion in LADDER.items())


def one_change(verdicts: Iterable[Verdict]) -> Change | None:
    """Find the one thing that would change most for the products of a producer.

    It is of the product that lacks least, and comes first on the ladder; None where everything is in, or
    nothing anybody could do would help.
    """
    lacking = [each for each in verdicts if each.reasons and not each.is_out_of_reach]
    if not lacking:
        return None
    nearest = min(lacking, key=lambda each: (len(_rungs(each)), each.product_id))
    return Change(nearest.product_id, nearest.reasons[0], len(_rungs(nearest)) - 1)


def _step(rung: Rung, criterion: Criterion, cases: Sequence[Case]) -> Step:
    found = [criterion.found(case) for case in cases]
    missing = [each for each in found if not each.is_met]
    return Step(rung, not missing, (missing or found)[0], len(missing))


def _rungs(verdict: Verdict) -> set[Rung | None]:
    return {each.rung for each in verdict.reasons}
