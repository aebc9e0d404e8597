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
from impact.store.database import reading
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
    with engine.begin() as connection:
        keep_catalog(connection, catalog)


def keep_catalog(connection: Connection, catalog: Catalog) -> None:
    """Put `catalog` in place of the live one with whatever else the transaction keeps."""
    take_turn(connection, Turn.CATALOG)
    for name, table in TABLES.items():
        table.replace_all(connection, getattr(catalog, name))


def load_catalog(engine: Engine) -> Catalog:
    """Read the live catalog."""
    with reading(engine) as connection:
        return Catalog(**{field.name: TABLES[field.name].all(connection) for field in fields(Catalog)})  # type: ignore[arg-type]
