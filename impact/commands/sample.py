"""The sample's partner and papers: a list that is made up, and records by which all are presumed ready."""

from datetime import date
from hashlib import sha256

from sqlalchemy import Engine

from impact.access import SYSTEM
from impact.catalog.checking.examine import Findings
from impact.catalog.listed.join import with_listings
from impact.catalog.listed.norms import read_norms
from impact.config import DATA
from impact.intake import Asked, open_intake
from impact.programmes.dossier import Application, Decision, Dossier
from impact.programmes.presumed import presumed
from impact.reference import read_reference
from impact.store import partners
from impact.store.catalogs import load_catalog
from impact.store.decisions.enrolling import ground_of
from impact.store.decisions.records import put_records
from impact.store.lists.imports import Arrival
from impact.store.lists.listings import own_listings
from impact.store.lists.taking_over import commit
from impact.store.partners import Partner

LIST = DATA / "demo" / "partner.csv"
PARTNER = Partner("demo", "示例合作方（虚构）", "Sample partner (made up)")
SINCE = date(2020, 1, 1)
"""The day from which everybody is presumed ready: before any that a programme is tried for."""


def keep_partner(engine: Engine) -> None:
    """Keep the sample's partner and what it lists; done again it changes nothing."""
    if partners.get(engine, PARTNER.partner_id) is None:
        partners.create(engine, PARTNER, SYSTEM)
    intake = open_intake(LIST, Asked(LIST.name), {}, read_reference(DATA))
    digest = sha256(LIST.read_bytes()).hexdigest()
    arrival = Arrival(PARTNER.partner_id, LIST.name, digest, {}, intake.meant)
    commit(engine, arrival, lambda listings: intake.changes(listings, Findings()), SYSTEM)


def presume_ready(engine: Engine) -> None:
    """Presume the producers of public lists ready, and what the sample's partner applied for accepted.

    Programmes can then be tried on the sample; it is kept as presumed, and says nothing about anybody.
    """
    catalog, ground = load_catalog(engine), ground_of(engine, read_norms(DATA), {})
    own = with_listings(catalog, own_listings(engine, PARTNER.partner_id), ground.norms, ground.naming)
    yes = Decision(SINCE, accepted=True)
    accepted = Dossier(application=Application(SINCE, yes, yes))
    known = {**presumed(catalog, SINCE), **dict.fromkeys(own.listing_of, accepted)}
    put_records(engine, known, SYSTEM, is_presumed=True)
