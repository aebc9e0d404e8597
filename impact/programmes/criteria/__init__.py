"""Criteria: what a product must be or have to be in a programme; each finds evidence, or what is missing.

Read `finding` for what they have in common, `origin` for the pattern; the ladder is made of `readiness`.
A new criterion is a class, a test, its words, and its name in `Criterion` below.
"""

from typing import Annotated

from pydantic import Field

from impact.programmes.criteria.origin import (
    CategoryCriterion,
    RegionCriterion,
    TierCriterion,
    TypeCriterion,
)
from impact.programmes.criteria.proof import ApplicationCriterion, CertificateCriterion, NpsCriterion
from impact.programmes.criteria.readiness import (
    ContactCriterion,
    DataCriterion,
    ListingCriterion,
    LogisticsCriterion,
)

Criterion = Annotated[
    ApplicationCriterion
    | CategoryCriterion
    | CertificateCriterion
    | ContactCriterion
    | DataCriterion
    | ListingCriterion
    | LogisticsCriterion
    | NpsCriterion
    | RegionCriterion
    | TierCriterion
    | TypeCriterion,
    Field(discriminator="kind"),
]
