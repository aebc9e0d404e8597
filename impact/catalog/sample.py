"""The sample: real Chinese producers and regions, with assumed demand, as one catalog."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from impact.catalog import agreement, demand, divisions, lexicon, products, supply
from impact.catalog.agreement import Reference
from impact.catalog.assumptions import Assumptions, read_assumptions
from impact.catalog.producers import (
    CORRECTIONS,
    KINDS,
    PRODUCERS,
    CorrectionRow,
    KindRow,
    ProducerRow,
    capacity_in_exposures,
    make_producers,
    put_right,
    read_corrections,
    read_kinds,
    read_producer_rows,
)
from impact.catalog.table import Tables
from impact.errors import Issue, refuse_if_any
from impact.model import Affinity, Catalog, Category, FormerName, Keyword, Region

Noun = TypeVar("Noun")


@dataclass(frozen=True)
class Source:
    """The sample's tables, each cell usable by itself."""

    regions: tuple[Region, ...]
    former_names: tuple[FormerName, ...]
    categories: tuple[Category, ...]
    lexicon: tuple[Affinity, ...]
    keywords: tuple[Keyword, ...]
    spending: demand.Spending
    channels: tuple[supply.ChannelRow, ...]
    producers: tuple[ProducerRow, ...]
    corrections: tuple[CorrectionRow, ...]
    kinds: Mapping[str, KindRow]
    assumed: Assumptions


def load_sample(folder: Path) -> Catalog:
    """Load the sample from `folder`, laid out as static/data is; belts are left to be found.

    Raises
    ------
    BadInput
        With every cell that cannot be used, or else every one that does not agree with another table.
    """
    source = read_source(folder)
    refuse_if_any(disagreements(source))
    return _catalog(source)


def read_source(folder: Path) -> Source:
    """Read all tables, then refuse with every bad cell in any of them."""
    tables = Tables(folder)
    source = Source(
        regions=divisions.read_regions(tables),
        former_names=divisions.read_former_names(tables),
        categories=lexicon.read_categories(tables),
        lexicon=lexicon.read_lexicon(tables),
        keywords=lexicon.read_keywords(tables),
        spending=demand.read_spending(tables),
        channels=supply.read_channel_rows(tables),
        producers=read_producer_rows(tables),
        corrections=read_corrections(tables),
        kinds=read_kinds(tables),
        assumed=read_assumptions(tables),
    )
    tables.refuse()
    return source


def disagreements(source: Source) -> Iterator[Issue]:
    """Name the cells that another table does not know, and the shares that do not add up."""
    for reference in _references(source):
        yield from agreement.dangling(reference)
    yield from agreement.attention_not_whole(source.channels)
    yield from agreement.category_overdrawn(source.spending.interests)
    yield from agreement.population_missing(source.spending.in_year)


def _references(source: Source) -> tuple[Reference, ...]:
    regions = {region.adcode for region in source.regions}
    categories = {category.category_id for category in source.categories}
    interests = {row.interest_id for row in source.spending.interests}
    spent_on = {row.category for row in source.spending.categories}
    sellers = {row.name for row in source.producers}
    sold = {row.category for row in source.producers}
    return (
        Reference(
            demand.INTERESTS, source.spending.interests, "national_category", demand.NATIONAL, spent_on
        ),
        Reference(
            demand.PROVINCES, source.spending.provinces, "province_adcode", divisions.DIVISIONS, regions
        ),
        Reference(lexicon.LEXICON, source.lexicon, "category", lexicon.CATEGORIES, categories),
        Reference(lexicon.LEXICON, source.lexicon, "interest", demand.INTERESTS, interests),
        Reference(lexicon.KEYWORDS, source.keywords, "interest", demand.INTERESTS, interests),
        Reference(PRODUCERS, source.producers, "adcode", divisions.DIVISIONS, regions),
        Reference(PRODUCERS, source.producers, "category", lexicon.CATEGORIES, categories),
        Reference(PRODUCERS, source.producers, "kind", KINDS, source.kinds),
        Reference(CORRECTIONS, source.corrections, "producer_name", PRODUCERS, sellers),
        Reference(CORRECTIONS, source.corrections, "category", PRODUCERS, sold),
    )


def _catalog(source: Source) -> Catalog:
    assumed = source.assumed
    sellers = put_right(source.producers, source.corrections)
    capacity = capacity_in_exposures(sellers, supply.exposures_per_order(source.channels))
    popularity = products.organic_exposure(capacity, assumed.organic_share, assumed.organic_power)
    segments = demand.make_segments(source.spending, source.regions)
    budget = assumed.budget_share * float(capacity.sum())
    return Catalog(
        regions=_by("adcode", source.regions),
        belts=(),
        producers=_by("producer_id", make_producers(sellers, source.kinds, capacity, assumed)),
        products=_by("product_id", products.make_products(sellers, source.kinds, popularity)),
        interests=_by("interest_id", demand.make_interests(source.spending)),
        channels=_by("channel_id", supply.make_channels(source.channels, assumed.points_per_order)),
        segments=_by("segment_id", segments),
        placements=_by("placement_id", supply.make_placements(segments, source.channels, budget)),
        lexicon=source.lexicon,
        keywords=source.keywords,
        categories=_by("category_id", source.categories),
        former_names=source.former_names,
    )


def _by(id_name: str, nouns: tuple[Noun, ...]) -> tuple[Noun, ...]:
    return tuple(sorted(nouns, key=attrgetter(id_name)))
