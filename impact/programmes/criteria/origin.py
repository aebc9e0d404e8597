"""Origin: where goods come from, who sells them and what they are; nobody can change these."""

from typing import Literal

from pydantic import Field

from impact.programmes.criteria.finding import Asked, Finding
from impact.programmes.dossier import Case


class RegionCriterion(Asked):
    """It comes from one of some regions, named by adcode, or from within one."""

    kind: Literal["region"] = "region"
    any_of: tuple[str, ...] = Field(min_length=1)

    def found(self, case: Case) -> Finding:
        inside = next((adcode for adcode in case.within if adcode in self.any_of), None)
        if inside:
            return self.met("region_in", {"region": inside})
        return self.unmet("region_out", {"region": case.producer.region})


class TierCriterion(Asked):
    """Its county has one of some priority tiers."""

    kind: Literal["tier"] = "tier"
    any_of: tuple[Literal["0", "1", "2"], ...] = Field(min_length=1)

    def found(self, case: Case) -> Finding:
        if "tier" in case.producer.imputed:
            return self.unmet("tier_unknown")
        evidence = {"tier": case.producer.tier}
        if case.producer.tier in self.any_of:
            return self.met("tier_in", evidence)
        return self.unmet("tier_out", evidence)


class TypeCriterion(Asked):
    """Its producer is of one of some types."""

    kind: Literal["type"] = "type"
    any_of: tuple[str, ...] = Field(min_length=1)

    def found(self, case: Case) -> Finding:
        evidence = {"type": case.producer.type}
        if case.producer.type in self.any_of:
            return self.met("type_in", evidence)
        return self.unmet("type_out", evidence)


class CategoryCriterion(Asked):
    """It is of one of some categories."""

    kind: Literal["category"] = "category"
    any_of: tuple[str, ...] = Field(min_length=1)

    def found(self, case: Case) -> Finding:
        evidence = {"category": case.product.category}
        if case.product.category in self.any_of:
            return self.met("category_in", evidence)
        return self.unmet("category_out", evidence)
