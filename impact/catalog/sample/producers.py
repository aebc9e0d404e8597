"""Producers: real in name, place and list; capacity and size imputed."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import numpy as np

from impact.arrays import Floats, floats
from impact.catalog.counties import Tier
from impact.catalog.sample.assumptions import Assumptions
from impact.catalog.table import (
    Adcode,
    Amount,
    Latitude,
    Longitude,
    Month,
    NetPromoterScore,
    Row,
    Share,
    Tables,
)
from impact.model import Place, Producer

PRODUCERS = "demo/producers.csv"
KINDS = "demo/kinds.csv"
CORRECTIONS = "demo/category_corrections.csv"


class SourceProgramme(StrEnum):
    """Programmes as the source names them."""

    MOUNTAIN_GOODS = "shanhuo(山货上头条)"
    DOMESTIC_BRANDS = "domestic_brand(遇见国货)"
    INDUSTRY_BELTS = "industry_belt(产业带)"
    CRAFTS = "crafts(看见手艺)"


class SourceColdChain(StrEnum):
    """Cold chain classes as the source names them."""

    AMBIENT = "ambient"
    CHILLED = "chilled"
    FROZEN = "frozen"
    FROZEN_OR_LIVE = "frozen_or_live"
    DRY_OR_CHILLED = "dry_or_chilled"


class ProducerRow(Row):
    """A line of demo/producers.csv; columns that begin with ``imp_`` are imputed."""

    producer_id: str
    name: str
    programme: SourceProgramme
    kind: str
    category: str
    adcode: Adcode
    list_name: str
    lng: Longitude
    lat: Latitude
    priority_tier: Tier
    fresh_keep_pilot: bool
    season_start: Month | None = None
    season_end: Month | None = None
    peak_start: Month | None = None
    peak_end: Month | None = None
    imp_coldchain_class: SourceColdChain
    imp_shelf_life_days: Amount | None = None
    imp_capacity_units_month: Amount
    imp_nps: NetPromoterScore


class KindRow(Row):
    """A line of demo/kinds.csv."""

    kind: str
    type: str
    fame: Share


class CorrectionRow(Row):
    """A line of demo/category_corrections.csv."""

    producer_name: str
    category: str


def read_producer_rows(tables: Tables) -> tuple[ProducerRow, ...]:
    """Read the producers as the source lists them."""
    return tables.read(PRODUCERS, ProducerRow)


def read_corrections(tables: Tables) -> tuple[CorrectionRow, ...]:
    """Read the categories of those that the source files wrongly."""
    return tables.read(CORRECTIONS, CorrectionRow)


def put_right(rows: Sequence[ProducerRow], corrections: Sequence[CorrectionRow]) -> tuple[ProducerRow, ...]:
    """Give the producers that `corrections` name their category, and the keeping that is imputed by it."""
    category_of = {correction.producer_name: correction.category for correction in corrections}
    pattern_of = {row.category: row for row in rows}
    return tuple(
        _like(row, pattern_of[category_of[row.name]]) if row.name in category_of else row for row in rows
    )


def _like(row: ProducerRow, pattern: ProducerRow) -> ProducerRow:
    keeping = ("category", "imp_coldchain_class", "imp_shelf_life_days")
    return row.model_copy(update={name: getattr(pattern, name) for name in keeping})


def read_kinds(tables: Tables) -> Mapping[str, KindRow]:
    """Read what a producer's kind says of its type and its fame."""
    return {row.kind: row for row in tables.read(KINDS, KindRow)}


def make_producers(
    rows: Sequence[ProducerRow], kinds: Mapping[str, KindRow], capacity: Floats, assumed: Assumptions
) -> tuple[Producer, ...]:
    """Make the producers; `capacity` is in exposures a month, shape ``(producer,)``."""
    sizes = sizes_by_capacity(capacity, assumed.head_share, assumed.small_share)
    return tuple(
        Producer(
            producer_id=row.producer_id,
            name=row.name,
            region=row.adcode,
            place=Place(row.lat, row.lng),
            type="craft" if row.programme is SourceProgramme.CRAFTS else kinds[row.kind].type,
            programme=row.programme.name.lower(),
            size=size,
            tier=row.priority_tier.value,
            capacity=float(exposures),
            cold_chain_county=row.fresh_keep_pilot,
            source=row.list_name,
            imputed=frozenset({"capacity", "size"}),
        )
        for row, size, exposures in zip(rows, sizes, capacity, strict=True)
    )


def capacity_in_exposures(rows: Sequence[ProducerRow], exposures_per_order: float) -> Floats:
    """Return the exposures a month whose orders each producer can serve, shape ``(producer,)``."""
    return floats([row.imp_capacity_units_month * exposures_per_order for row in rows])


def sizes_by_capacity(capacity: Floats, head_share: float, small_share: float) -> list[str]:
    """Call the largest `head_share` of producers head, the smallest `small_share` small, the rest middle."""
    smallest_head = np.quantile(capacity, 1 - head_share)
    largest_small = np.quantile(capacity, small_share)
    return [
        "head" if own > smallest_head else "small" if own <= largest_small else "middle" for own in capacity
    ]
