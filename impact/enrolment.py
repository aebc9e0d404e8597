"""Enrolment: from what partners list and a programme's document to what the engine is asked, for a day.

What partners list → a catalog with it, and dossiers → verdicts → a programme that leaves out who is not in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date

from impact.catalog.listed.join import Joined, with_listings
from impact.catalog.listed.names import Naming
from impact.catalog.listed.norms import Norms
from impact.catalog.listed.offers import Listed
from impact.catalog.listed.output import STATED as OUTPUT
from impact.catalog.listing import Json, Listing
from impact.catalog.values.times import UNLIMITED
from impact.model import Catalog, Programme
from impact.programmes.document import ProgrammeDocument
from impact.programmes.dossier import NOTHING_KNOWN, Certificate, Dossier
from impact.programmes.eligibility import Dossiers, Verdict, verdicts

FIGURES: Mapping[str, tuple[str, ...]] = {"capacity": OUTPUT, "season": ("season",), "price": ("price",)}
"""Which columns state a figure that plans stand on."""


@dataclass(frozen=True)
class Ground:
    """What enrolling stands on, whoever enrols.

    `records` are what the service itself knows of products, by id: answers of consumers, applications. A
    record goes before what a listing says.
    """

    norms: Norms
    naming: Naming
    records: Dossiers = field(default_factory=dict)


@dataclass(frozen=True)
class Enrolled:
    """Who is in a programme on a day and who is not, and what the engine is asked of the catalog."""

    joined: Joined
    dossiers: Dossiers
    verdicts: Mapping[str, Verdict]
    programme: Programme

    @property
    def catalog(self) -> Catalog:
        """The catalog with what partners list; who is not in is in it too."""
        return self.joined.catalog


def enrol(
    document: ProgrammeDocument, catalog: Catalog, listings: Iterable[Listed], on: date, ground: Ground
) -> Enrolled:
    """Put what partners list beside a catalog, and judge all of it for a programme, as things stand on a day.

    Who is not in stays in the catalog, since people see it anyway, and gets no link; the codes of why go
    with the programme.
    """
    joined = with_listings(catalog, listings, ground.norms, ground.naming)
    return informed(as_listed(document, joined, on), document, on, ground.records)


def as_listed(document: ProgrammeDocument, joined: Joined, on: date) -> Enrolled:
    """Judge a catalog with what partners list by nothing but that."""
    dossiers = {product: dossier_of(listing) for product, listing in joined.listing_of.items()}
    found = verdicts(joined.catalog, dossiers, document.eligibility, on)
    return Enrolled(joined, dossiers, found, admitting(document, found))


def informed(enrolled: Enrolled, document: ProgrammeDocument, on: date, records: Dossiers) -> Enrolled:
    """Judge anew what `records` are about; where they know something, it goes before what listings say."""
    known = {
        product: _merged(enrolled.dossiers.get(product, NOTHING_KNOWN), record)
        for product, record in records.items()
    }
    anew = verdicts(enrolled.catalog, known, document.eligibility, on, known.keys())
    found = {**enrolled.verdicts, **anew}
    return replace(
        enrolled,
        dossiers={**enrolled.dossiers, **known},
        verdicts=found,
        programme=admitting(document, found),
    )


def admitting(document: ProgrammeDocument, found: Mapping[str, Verdict]) -> Programme:
    """Return what a document asks of the engine, leaving out who is not in."""
    excluded = {
        product: tuple(reason.code for reason in verdict.reasons)
        for product, verdict in found.items()
        if not verdict.is_eligible
    }
    return replace(document.programme, excluded=excluded)


def dossier_of(listing: Listing) -> Dossier:
    """Say what a listing tells of its product beside what the catalog holds; blank columns tell nothing."""
    values = listing.values
    has_shop = True if values.get("shop_link") else values.get("has_shop")
    return Dossier(
        certificates=_certificates(values),
        has_shop=has_shop if isinstance(has_shop, bool) else None,
        has_contact=True if values.get("contact") or values.get("phone") else None,
        stated=frozenset(figure for figure, columns in FIGURES.items() if any(map(values.get, columns))),
    )


def _certificates(values: Mapping[str, Json]) -> tuple[Certificate, ...] | None:
    stated = values.get("certificates")
    if not isinstance(stated, list):
        return None
    until = _last_day(values.get("valid_until"))
    return tuple(
        Certificate(str(each.get("kind")), str(each.get("number") or ""), until)
        for each in stated
        if isinstance(each, dict)
    )


def _last_day(stated: Json) -> date | None:
    return date.fromisoformat(stated) if isinstance(stated, str) and stated != UNLIMITED else None


def _merged(said: Dossier, record: Dossier) -> Dossier:
    """Put what a record knows in the place of what was said, which stays where the record knows nothing."""
    known = {each.name: getattr(record, each.name) for each in fields(Dossier)}
    blank = {each.name: getattr(NOTHING_KNOWN, each.name) for each in fields(Dossier)}
    return replace(said, **{name: value for name, value in known.items() if value != blank[name]})
