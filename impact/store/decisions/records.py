"""Records: what the service itself knows of products beside what partners say.

An application that was made goes before what is recorded of one.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import JSON, Boolean, Column, Engine, Table, Text, delete, select

from impact.access import Actor
from impact.programmes.dossier import Dossier
from impact.programmes.eligibility import Dossiers
from impact.store.audit import record
from impact.store.bulk import insert_many
from impact.store.database import reading, writing
from impact.store.lists.listings import chunks
from impact.store.moments import moment
from impact.store.nouns import AT_ONCE, METADATA

RECORDS = Table(
    "product_records",
    METADATA,
    Column("product_id", Text, primary_key=True),
    Column("dossier", JSON, nullable=False),
    Column("is_presumed", Boolean, nullable=False),
    Column("changed_at", Text, nullable=False),
)
_DOSSIER = TypeAdapter(Dossier)


def put_records(engine: Engine, known: Dossiers, who: Actor, *, is_presumed: bool = False) -> None:
    """Keep what is known of products in the place of what was; `is_presumed` says that nobody observed it."""
    at = moment()
    rows = [
        {"product_id": name, "dossier": _told(each), "is_presumed": is_presumed, "changed_at": at}
        for name, each in known.items()
    ]
    with writing(engine) as connection:
        for some in chunks(list(known), AT_ONCE):
            connection.execute(delete(RECORDS).where(RECORDS.c.product_id.in_(some)))
        insert_many(connection, RECORDS, rows)
        told = {"count": len(rows), "presumed": is_presumed}
        record(connection, who, "records.put", "product-records", after=told)


def records(engine: Engine) -> Dossiers:
    """Return what is known of products, by id."""
    asked = select(RECORDS.c.product_id, RECORDS.c.dossier)
    with reading(engine) as connection:
        return {row.product_id: _DOSSIER.validate_python(row.dossier) for row in connection.execute(asked)}


def any_presumed(engine: Engine) -> bool:
    """Tell whether something of this is presumed, and says nothing about anybody."""
    asked = select(RECORDS.c.product_id).where(RECORDS.c.is_presumed).limit(1)
    with reading(engine) as connection:
        return connection.execute(asked).first() is not None


def _told(known: Dossier) -> Mapping[str, Any]:
    told: Mapping[str, Any] = _DOSSIER.dump_python(known, mode="json", exclude_defaults=True)
    return told
