"""Eligibility: which products of a catalog may be in a programme on a day, by what evidence, or why not."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from impact.model import Catalog, Producer, Product, Region
from impact.programmes.criteria import Criterion
from impact.programmes.criteria.finding import Finding
from impact.programmes.dossier import NOTHING_KNOWN, Case, Dossier, Rung

Dossiers = Mapping[str, Dossier]
"""What is known beside the catalog, by product id; of a product that is left out nothing is."""
RUNGS: Mapping[Rung, int] = {rung: number for number, rung in enumerate(Rung)}


@dataclass(frozen=True)
class Verdict:
    """What the criteria of a programme found of one product."""

    product_id: str
    findings: tuple[Finding, ...]

    @property
    def is_eligible(self) -> bool:
        """Whether every criterion is met."""
        return all(each.is_met for each in self.findings)

    @cached_property
    def reasons(self) -> tuple[Finding, ...]:
        """Why it is out: the criteria that are not met, those nobody can change first, then by rung."""
        return tuple(sorted((each for each in self.findings if not each.is_met), key=_by_rung))

    @property
    def is_out_of_reach(self) -> bool:
        """Whether nothing that its producer can do would let it in."""
        return any(each.rung is None for each in self.reasons)


def verdicts(
    catalog: Catalog,
    dossiers: Dossiers,
    criteria: Sequence[Criterion],
    on: date,
    only: Collection[str] | None = None,
) -> Mapping[str, Verdict]:
    """Judge every product of a catalog (or `only` some) by the criteria, as things stand on a day; by id.

    A programme without criteria takes everybody in. What changes with time (certificates, applications)
    is judged anew for the day of each cycle.
    """
    return {case.product.product_id: judged(case, criteria) for case in cases(catalog, dossiers, on, only)}


def judged(case: Case, criteria: Sequence[Criterion]) -> Verdict:
    """Judge one product by the criteria that concern it."""
    findings = tuple(each.found(case) for each in criteria if each.concerns(case))
    return Verdict(case.product.product_id, findings)


def mended(case: Case, criteria: Sequence[Criterion], rungs: frozenset[Rung]) -> Case:
    """Return a case as it is once what is missing on some rungs is done."""
    for each in criteria:
        if each.concerns(case) and each.found(case).rung in rungs:
            case = each.mended(case) or case
    return case


def cases(
    catalog: Catalog, dossiers: Dossiers, on: date, only: Collection[str] | None = None
) -> Iterator[Case]:
    """Put every product (or `only` some) before criteria, in the order of the catalog."""
    regions = {region.adcode: region for region in catalog.regions}
    makers = {producer.producer_id: producer for producer in catalog.producers}
    for product in catalog.products:
        if only is not None and product.product_id not in only:
            continue
        yield _case(product, makers[product.producer_id], regions, dossiers, on)


def _case(
    product: Product, producer: Producer, regions: Mapping[str, Region], dossiers: Dossiers, on: date
) -> Case:
    dossier = dossiers.get(product.product_id, NOTHING_KNOWN)
    return Case(product, producer, tuple(_within(producer.region, regions)), dossier, on)


def _within(adcode: str | None, regions: Mapping[str, Region]) -> Iterator[str]:
    """Name a region and those it lies in, the smallest first."""
    while adcode is not None and adcode in regions:
        yield adcode
        adcode = regions[adcode].parent


def _by_rung(finding: Finding) -> int:
    return -1 if finding.rung is None else RUNGS[finding.rung]
