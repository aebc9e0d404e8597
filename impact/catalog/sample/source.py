"""The sample's tables as they are read, and what they owe each other: names are known, shares add up."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isclose
from pathlib import Path

from impact.catalog import divisions
from impact.catalog.sample import demand, lexicon, producers
from impact.catalog.sample.assumptions import AssumptionRow, missing, read_assumption_rows
from impact.catalog.sample.demand import InterestRow, ProvinceRow, Spending
from impact.catalog.sample.producers import CorrectionRow, KindRow, ProducerRow
from impact.catalog.sample.supply import CHANNELS, ChannelRow, read_channel_rows
from impact.catalog.table import Tables
from impact.errors import Issue, Param
from impact.model import Affinity, Category, FormerName, Keyword, Region


@dataclass(frozen=True)
class Source:
    """The sample's tables, each cell usable by itself."""

    regions: tuple[Region, ...]
    former_names: tuple[FormerName, ...]
    categories: tuple[Category, ...]
    lexicon: tuple[Affinity, ...]
    keywords: tuple[Keyword, ...]
    spending: Spending
    channels: tuple[ChannelRow, ...]
    producers: tuple[ProducerRow, ...]
    corrections: tuple[CorrectionRow, ...]
    kinds: Mapping[str, KindRow]
    assumptions: tuple[AssumptionRow, ...]


@dataclass(frozen=True)
class _Reference:
    """A column of a file whose cells name lines of another table: those that are `known`.

    `rows` are all of the file's, in its order.
    """

    file: str
    rows: Sequence[object]
    column: str
    table: str
    known: Collection[str]


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
        channels=read_channel_rows(tables),
        producers=producers.read_producer_rows(tables),
        corrections=producers.read_corrections(tables),
        kinds=producers.read_kinds(tables),
        assumptions=read_assumption_rows(tables),
    )
    tables.refuse()
    return source


def disagreements(source: Source) -> Iterator[Issue]:
    """Name the cells that another table does not know, and the shares that do not add up."""
    for reference in _references(source):
        yield from _dangling(reference)
    yield from _attention_not_whole(source.channels)
    yield from _category_overdrawn(source.spending.interests)
    yield from _population_missing(source.spending.in_year)
    yield from missing(source.assumptions)


def _references(source: Source) -> tuple[_Reference, ...]:
    regions = {region.adcode for region in source.regions}
    categories = {category.category_id for category in source.categories}
    interests = {row.interest_id for row in source.spending.interests}
    spent_on = {row.category for row in source.spending.categories}
    sellers = {row.name for row in source.producers}
    sold = {row.category for row in source.producers}
    return (
        _Reference(
            demand.INTERESTS, source.spending.interests, "national_category", demand.NATIONAL, spent_on
        ),
        _Reference(
            demand.PROVINCES, source.spending.provinces, "province_adcode", divisions.DIVISIONS, regions
        ),
        _Reference(lexicon.LEXICON, source.lexicon, "category", lexicon.CATEGORIES, categories),
        _Reference(lexicon.LEXICON, source.lexicon, "interest", demand.INTERESTS, interests),
        _Reference(lexicon.KEYWORDS, source.keywords, "interest", demand.INTERESTS, interests),
        _Reference(producers.PRODUCERS, source.producers, "adcode", divisions.DIVISIONS, regions),
        _Reference(producers.PRODUCERS, source.producers, "category", lexicon.CATEGORIES, categories),
        _Reference(producers.PRODUCERS, source.producers, "kind", producers.KINDS, source.kinds),
        _Reference(producers.CORRECTIONS, source.corrections, "producer_name", producers.PRODUCERS, sellers),
        _Reference(producers.CORRECTIONS, source.corrections, "category", producers.PRODUCERS, sold),
    )


def _dangling(reference: _Reference) -> Iterator[Issue]:
    """Name the cells that the other table does not know."""
    for number, row in enumerate(reference.rows, start=2):
        cell = str(getattr(row, reference.column))
        if cell not in reference.known:
            params = {"value": cell, "table": reference.table}
            yield Issue("id_dangling", reference.file, number, reference.column, params)


def _attention_not_whole(channels: Iterable[ChannelRow]) -> Iterator[Issue]:
    """Say so where the attention shares of the channels do not add up to 1."""
    total = fsum(channel.attention_share for channel in channels)
    if not isclose(total, 1):
        yield Issue("shares_not_whole", CHANNELS, column="attention_share", params={"total": total})


def _category_overdrawn(interests: Collection[InterestRow]) -> Iterator[Issue]:
    """Name the national categories of which interests take more than there is."""
    for category in sorted({interest.national_category for interest in interests}):
        total = fsum(row.category_share for row in interests if row.national_category == category)
        if total > 1:
            params: dict[str, Param] = {"category": category, "total": total}
            yield Issue("shares_above_whole", demand.INTERESTS, column="category_share", params=params)


def _population_missing(provinces: Iterable[ProvinceRow]) -> Iterator[Issue]:
    """Name the provinces whose people nobody counted in the year that demand is computed for."""
    for province in provinces:
        if province.implied_avg_population_10k is None:
            where: dict[str, Param] = {"province": province.province_adcode, "year": province.year}
            yield Issue(
                "population_missing", demand.PROVINCES, column="implied_avg_population_10k", params=where
            )
