"""The live catalog: a table for each of its nouns."""

from dataclasses import fields

from sqlalchemy import Connection, Engine

from impact.model import (
    Affinity,
    Belt,
    Catalog,
    Category,
    Channel,
    FormerName,
    Interest,
    Keyword,
    Placement,
    Producer,
    Product,
    Region,
    Segment,
)
from impact.regions.belts import find_belts
from impact.store.database import reading, writing
from impact.store.edits.editions import EDITED, follow
from impact.store.nouns import NounTable
from impact.store.turns import Turn, take_turn

TABLES: dict[str, NounTable[object]] = {
    "regions": NounTable("regions", Region, ("adcode",)),
    "belts": NounTable("belts", Belt, ("belt_id",)),
    "producers": NounTable("producers", Producer, ("producer_id",)),
    "products": NounTable("products", Product, ("product_id",)),
    "interests": NounTable("interests", Interest, ("interest_id",)),
    "channels": NounTable("channels", Channel, ("channel_id",)),
    "segments": NounTable("segments", Segment, ("segment_id",)),
    "placements": NounTable("placements", Placement, ("placement_id",)),
    "lexicon": NounTable("lexicon", Affinity, ("category", "interest")),
    "keywords": NounTable("keywords", Keyword, ("word", "interest")),
    "categories": NounTable("categories", Category, ("category_id",)),
    "former_names": NounTable("former_names", FormerName, ("old_adcode", "old_name")),
}


def save_catalog(engine: Engine, catalog: Catalog) -> None:
    """Put `catalog` in place of the live one, in one transaction."""
    with writing(engine) as connection:
        keep_catalog(connection, catalog)


def keep_catalog(connection: Connection, catalog: Catalog) -> None:
    """Put `catalog` in place of the live one with whatever else the transaction keeps.

    What becomes of the nouns of the live one is in their history.
    """
    take_turn(connection, Turn.CATALOG)
    for name, table in TABLES.items():
        before, after = table.all(connection) if name in EDITED else (), getattr(catalog, name)
        table.replace_all(connection, after)
        if before:
            follow(connection, table, before, after)


def load_catalog(engine: Engine) -> Catalog:
    """Read the live catalog."""
    with reading(engine) as connection:
        return _all(connection)


def find_belts_anew(connection: Connection) -> None:
    """Put the belts that the live producers form in place of those there are."""
    TABLES["belts"].replace_all(connection, find_belts(_all(connection)))


def _all(connection: Connection) -> Catalog:
    return Catalog(**{field.name: TABLES[field.name].all(connection) for field in fields(Catalog)})  # type: ignore[arg-type]
