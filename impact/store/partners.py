"""Partners: who brings producers in. Whom one writes to is kept apart, and can be forgotten."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    Row,
    Table,
    Text,
    delete,
    select,
    update,
)

from impact.access import Actor
from impact.errors import BadInput, Conflict, Issue, Unknown
from impact.store.audit import record
from impact.store.database import insert_new, reading, writing
from impact.store.moments import moment
from impact.store.nouns import METADATA
from impact.store.paging import Page, Part, page_of
from impact.store.versions import expect

PARTNERS = Table(
    "partners",
    METADATA,
    Column("partner_id", Text, primary_key=True),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("region", Text),
    Column("version", Integer, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("retired_at", Text),
)
RETIRED = "partner.retire"
CONTACTS = Table(
    "partner_contacts",
    METADATA,
    Column("partner_id", Text, ForeignKey("partners.partner_id"), primary_key=True),
    Column("person", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
)


@dataclass(frozen=True)
class Partner:
    """A county bureau, an association, a belt operator; `region` is an adcode, None where it has none.

    What it lists is left out of everything begun after `retired_at`, and no file of it is taken.
    """

    partner_id: str
    name_zh: str
    name_en: str
    region: str | None = None
    version: int = 1
    retired_at: str | None = None


@dataclass(frozen=True)
class Contact:
    """Whom to write to: personal data, in no log and no snapshot."""

    person: str
    phone: str = ""
    email: str = ""


def create(engine: Engine, partner: Partner, who: Actor) -> Partner:
    """Keep a new partner.

    Raises
    ------
    Conflict
        There is one of that id.
    """
    with writing(engine) as connection:
        row = {**asdict(partner), "version": 1, "changed_at": moment()}
        if not insert_new(connection, PARTNERS, [row]):
            raise Conflict([Issue("partner_taken", params={"value": partner.partner_id})])
        record(connection, who, "partner.create", partner.partner_id, after=asdict(partner))
    return partner


def change(engine: Engine, partner: Partner, who: Actor) -> Partner:
    """Put `partner` in place of its version that it was read as.

    Raises
    ------
    Unknown, Conflict
        There is no such partner, or it was changed since, or is retired.
    """
    with writing(engine) as connection:
        before = _seen(connection, partner.partner_id, partner.version)
        return _put(connection, before, partner, who, "partner.change")


def retire(engine: Engine, partner_id: str, who: Actor, *, expected: int | None, reason: str = "") -> Partner:
    """Take no more files of the `expected` version of a partner, for a `reason`; what it sent and did stays.

    Raises
    ------
    Unknown, Conflict
        There is no such partner, or it was changed since, or is retired.
    """
    with writing(engine) as connection:
        before = _seen(connection, partner_id, expected)
        return _put(connection, before, replace(before, retired_at=moment()), who, RETIRED, reason=reason)


def keep_active(engine: Engine, partner_id: str, who: Actor) -> None:
    """Keep a partner under its id alone where nobody knows it; who is one no more is refused.

    Raises
    ------
    Conflict
        The partner is retired.
    """
    if get(engine, partner_id) is None:
        create(engine, Partner(partner_id, partner_id, partner_id), who)
    with writing(engine) as connection:
        demand_active(connection, partner_id)


def demand_active(connection: Connection, partner_id: str) -> Partner:
    """Return a partner; refuse whom nobody knows as one, or who is one no more.

    Raises
    ------
    Unknown, Conflict
        There is no such partner, or it is retired.
    """
    known = _locked(connection, partner_id)
    if known.retired_at:
        raise Conflict([Issue("partner_retired", params={"value": partner_id})])
    return known


def against(connection: Connection, partner_id: str | None) -> Iterator[Issue]:
    """Say why nothing can be bound to a partner: nobody knows it, or it is one no more."""
    if partner_id:
        try:
            demand_active(connection, partner_id)
        except BadInput as error:
            yield from error.issues


def get(engine: Engine, partner_id: str) -> Partner | None:
    """Return a partner, or None where there is none of that id."""
    with reading(engine) as connection:
        row = connection.execute(select(PARTNERS).where(PARTNERS.c.partner_id == partner_id)).first()
    return None if row is None else _partner(row)


def listed(engine: Engine, part: Part) -> Page[Partner]:
    """Return partners in the order of their ids."""
    with reading(engine) as connection:
        return page_of(connection, select(PARTNERS), PARTNERS.c.partner_id, part, _partner)


def set_contact(engine: Engine, partner_id: str, contact: Contact | None, who: Actor) -> None:
    """Keep whom to write to, or forget them; the log says that it was done, and not who it is.

    Raises
    ------
    Unknown
        There is no such partner.
    """
    with writing(engine) as connection:
        _locked(connection, partner_id)
        connection.execute(delete(CONTACTS).where(CONTACTS.c.partner_id == partner_id))
        if contact:
            row = {"partner_id": partner_id, **asdict(contact), "changed_at": moment()}
            insert_new(connection, CONTACTS, [row])
        record(connection, who, "partner.contact" if contact else "partner.forget", partner_id)


def contact_of(engine: Engine, partner_id: str) -> Contact | None:
    """Return whom to write to, None where nobody is named."""
    asked = select(CONTACTS.c.person, CONTACTS.c.phone, CONTACTS.c.email)
    with reading(engine) as connection:
        row = connection.execute(asked.where(CONTACTS.c.partner_id == partner_id)).first()
    return None if row is None else Contact(**row._mapping)


def _locked(connection: Connection, partner_id: str) -> Partner:
    asked = select(PARTNERS).where(PARTNERS.c.partner_id == partner_id).with_for_update()
    row = connection.execute(asked).first()
    if row is None:
        raise Unknown([Issue("partner_unknown", params={"value": partner_id})])
    return _partner(row)


def _seen(connection: Connection, partner_id: str, expected: int | None) -> Partner:
    """Return a partner that is changed, if it is as it was seen and not retired."""
    found = demand_active(connection, partner_id)
    expect(partner_id, found.version, expected)
    return found


def _put(
    connection: Connection, before: Partner, partner: Partner, who: Actor, what: str, *, reason: str = ""
) -> Partner:
    after = replace(partner, version=before.version + 1)
    mine = PARTNERS.c.partner_id == before.partner_id
    connection.execute(update(PARTNERS).where(mine).values(**asdict(after), changed_at=moment()))
    told = {"before": asdict(before), "after": asdict(after)}
    record(connection, who, what, before.partner_id, **told, reason=reason)
    return after


def _partner(row: Row[Any]) -> Partner:
    return Partner(**{field.name: getattr(row, field.name) for field in fields(Partner)})
