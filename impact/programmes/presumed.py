"""Presumed: dossiers of producers that stand on public lists, of whom nothing of the kind is known.

They are taken to be ready, so that a template can be tried on the sample; what the lists do say (where, what,
which type, cold storage of the county) still decides. It says nothing about any real producer.
"""

from collections.abc import Collection, Mapping
from datetime import date

from impact.model import Catalog
from impact.programmes.dossier import Application, Certificate, Decision, Dossier
from impact.programmes.eligibility import Dossiers

LISTED = 1.0
"""The fame of goods on a national list of specialties of their origin."""
FIGURES = frozenset({"capacity", "season", "price"})
CERTIFICATE_OF: Mapping[str, str] = {
    "specialty": "inspection",
    "belt": "business_licence",
    "firm": "sc",
    "publisher": "publication_licence",
    "craft": "business_licence",
}
"""The certificate that a producer of a type is presumed to have."""


def presumed(catalog: Catalog, on: date, but: Collection[str] = ()) -> Dossiers:
    """Presume that the products of a catalog are ready on a day, all `but` some, by id."""
    type_of = {producer.producer_id: producer.type for producer in catalog.producers}
    return {
        product.product_id: _ready(type_of[product.producer_id], product.fame, on)
        for product in catalog.products
        if product.product_id not in but
    }


def _ready(producer_type: str, fame: float, on: date) -> Dossier:
    kind = "gi" if fame >= LISTED else CERTIFICATE_OF.get(producer_type, "inspection")
    accepted = Decision(on, accepted=True)
    return Dossier(
        certificates=(Certificate(kind),),
        has_shop=True,
        has_contact=True,
        stated=FIGURES,
        application=Application(on, accepted, accepted),
    )
