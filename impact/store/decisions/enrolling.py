"""Enrolling: a programme kept with the reason for its goal, and scenarios of what partners list by then."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import Engine

from impact.access import Actor
from impact.catalog.listed.join import Joined, with_listings
from impact.catalog.listed.names import Naming
from impact.catalog.listed.norms import Norms
from impact.enrolment import Enrolled, Ground, enrol
from impact.errors import Issue, Unknown, refuse_if_any
from impact.pipeline import with_belts
from impact.programmes.changing import frozen
from impact.programmes.document import ProgrammeDocument
from impact.programmes.dossier import NOTHING_KNOWN
from impact.programmes.eligibility import Dossiers
from impact.programmes.goals import unreasoned
from impact.programmes.promises import unmeant
from impact.programmes.reading import read_document
from impact.store.catalogs import load_catalog
from impact.store.decisions import programmes, scenarios, standing
from impact.store.decisions.applications import applied
from impact.store.decisions.programmes import ProgrammeVersion
from impact.store.decisions.records import records
from impact.store.decisions.scenario import Asked, Inputs, Scenario
from impact.store.decisions.scenarios import Origin
from impact.store.lists.listings import all_imports, all_listings, own_listings
from impact.store.moments import moment
from impact.store.people.secret_key import NAMES, secret_key


def keep(
    engine: Engine,
    document: ProgrammeDocument,
    who: Actor,
    *,
    expected: int | None = None,
    reason: str = "",
    on: date | None = None,
) -> ProgrammeVersion:
    """Keep a programme as a document has it: a new one, or in place of the `expected` version.

    The `reason` stands in the log with it; where none is given, why its goal reads like a process metric or
    a method. Where the day it is `on` is said, days and figures that are new have to be meant, see `unmeant`.

    Raises
    ------
    BadInput
        Its goal does and gives no reason; it measures otherwise what has begun, see `frozen`; or see above.
    Unknown, Conflict
        As `programmes.create` and `programmes.change` do.
    """
    before = None if expected is None else programmes.get(engine, document.programme_id)
    refuse_if_any(_faults(before, document, on))
    name, content = document.programme_id, document.model_dump(mode="json")
    reason = reason or (document.goal.reason if document.goal else "")
    if expected is None:
        return programmes.create(engine, name, content, who, reason=reason)
    refuse_if_any(_frozen(engine, before, document) if before else ())
    return programmes.change(engine, name, content, who, expected=expected, reason=reason)


def _faults(before: ProgrammeVersion | None, document: ProgrammeDocument, on: date | None) -> Iterator[Issue]:
    yield from unreasoned(document.goal) if document.goal else ()
    if on is not None:
        yield from unmeant(document_of(before) if before else None, document, on)


def _frozen(engine: Engine, before: ProgrammeVersion, document: ProgrammeDocument) -> Iterator[Issue]:
    """Say what a document changes that may not change while a plan of its programme is published."""
    if standing.published(engine, document.programme_id):
        yield from frozen(document_of(before), document, date.fromisoformat(moment()[:10]))


def document_of(version: ProgrammeVersion) -> ProgrammeDocument:
    """Read the document of a version."""
    return read_document(json.dumps(version.document))


def ground_of(engine: Engine, norms: Norms, own: Dossiers) -> Ground:
    """Return what enrolling stands on in this database: ids are made with a key of its own."""
    return Ground(norms, Naming(secret_key(engine, NAMES).encode()), own)


def known(engine: Engine, ground: Ground) -> Dossiers:
    """Return what is kept of products; what a ground brings itself goes before."""
    kept = dict(records(engine))
    for product, application in applied(engine).items():
        kept[product] = replace(kept.get(product, NOTHING_KNOWN), application=application)
    return {**kept, **ground.records}


def _informed(engine: Engine, ground: Ground) -> Ground:
    return replace(ground, records=known(engine, ground))


def offered(engine: Engine, ground: Ground, partner: str | None) -> Joined:
    """Return the live catalog with what all partners list, or with what one lists."""
    listings = all_listings(engine) if partner is None else own_listings(engine, partner)
    return with_listings(load_catalog(engine), listings, ground.norms, ground.naming)


def enrolled_in(engine: Engine, version: ProgrammeVersion, on: date, ground: Ground) -> Enrolled:
    """Judge the live catalog, with what all partners list, for a version of a programme and a day."""
    return enrol(
        document_of(version), load_catalog(engine), all_listings(engine), on, _informed(engine, ground)
    )


def enrolled_of(
    engine: Engine, version: ProgrammeVersion, on: date, ground: Ground, partner: str
) -> Enrolled:
    """Judge what one partner lists as `enrolled_in` does, with nothing in it of what others list."""
    own = own_listings(engine, partner)
    return enrol(document_of(version), load_catalog(engine), own, on, _informed(engine, ground))


def begin(
    engine: Engine, programme_id: str, on: date, who: Actor, ground: Ground
) -> tuple[Scenario, Enrolled]:
    """Begin a scenario of a programme as it is now, for the month of a day; who is not in is left out of it.

    What is frozen is the live catalog with what partners list, and which imports that came from.

    Raises
    ------
    Unknown
        There is no such programme.
    """
    version = programmes.get(engine, programme_id)
    if version is None:
        raise Unknown([Issue("programme_unknown", params={"value": programme_id})])
    imports = all_imports(engine)
    enrolled = enrolled_in(engine, version, on, ground)
    asked = Asked(enrolled.programme, f"{on:%Y-%m}")
    inputs = Inputs(with_belts(enrolled.catalog), imports)
    origin = Origin(version.programme_id, version.version)
    return scenarios.create(engine, origin, asked, inputs, who), enrolled
