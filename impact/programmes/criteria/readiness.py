"""Readiness: what a producer needs before goods can be bought, shown, planned and carried."""

from typing import Literal

from pydantic import Field

from impact.errors import Param
from impact.model import ColdChain
from impact.programmes.criteria.finding import Asked, Finding, with_dossier
from impact.programmes.dossier import Case, Rung

Figure = Literal["capacity", "season", "price"]


class ListingCriterion(Asked):
    """It can be bought: its producer has a shop on the platform."""

    kind: Literal["listing"] = "listing"

    def found(self, case: Case) -> Finding:
        if case.dossier.has_shop:
            return self.met("shop_there")
        code = "shop_unknown" if case.dossier.has_shop is None else "shop_missing"
        return self.unmet(code, rung=Rung.LISTING)

    def mended(self, case: Case) -> Case | None:
        return with_dossier(case, has_shop=True)


class ContactCriterion(Asked):
    """Somebody is named whom creators can reach."""

    kind: Literal["contact"] = "contact"

    def found(self, case: Case) -> Finding:
        if case.dossier.has_contact:
            return self.met("contact_there")
        code = "contact_unknown" if case.dossier.has_contact is None else "contact_missing"
        return self.unmet(code, rung=Rung.CONTACT)

    def mended(self, case: Case) -> Case | None:
        return with_dossier(case, has_contact=True)


class DataCriterion(Asked):
    """The figures that a plan stands on are stated by the partner, not imputed."""

    kind: Literal["data"] = "data"
    fields: tuple[Figure, ...] = Field(default=("capacity", "season", "price"), min_length=1)

    def found(self, case: Case) -> Finding:
        unsaid = [name for name in self.fields if name not in (case.dossier.stated or ())]
        if unsaid:
            return self.unmet("data_missing", {"field": unsaid[0], "count": len(unsaid)}, Rung.DATA)
        return self.met("data_stated", {"count": len(self.fields)})

    def mended(self, case: Case) -> Case | None:
        return with_dossier(case, stated=(case.dossier.stated or frozenset()) | frozenset(self.fields))


class LogisticsCriterion(Asked):
    """What has to be kept cold on its way is: by its county's cold storage, or by a carrier."""

    kind: Literal["logistics"] = "logistics"

    def found(self, case: Case) -> Finding:
        evidence: dict[str, Param] = {"cold_chain": case.product.cold_chain.value}
        if case.product.cold_chain is ColdChain.AMBIENT:
            return self.met("cold_chain_not_needed", evidence)
        if case.producer.cold_chain_county:
            return self.met("cold_chain_of_county", evidence)
        if case.dossier.has_cold_carrier:
            return self.met("cold_chain_by_carrier", evidence)
        code = "cold_chain_unknown" if case.dossier.has_cold_carrier is None else "cold_chain_missing"
        return self.unmet(code, evidence, Rung.LOGISTICS)

    def mended(self, case: Case) -> Case | None:
        return with_dossier(case, has_cold_carrier=True)
