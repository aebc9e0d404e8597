"""What the tables of the sample owe each other: every name is known, and shares add up."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import fsum, isclose

from impact.catalog.demand import INTERESTS, PROVINCES, InterestRow, ProvinceRow
from impact.catalog.supply import CHANNELS, ChannelRow
from impact.errors import Issue, Param


@dataclass(frozen=True)
class Reference:
    """A column of a file whose cells name lines of another table: those that are `known`.

    `rows` are all of the file's, in its order.
    """

    file: str
    rows: Sequence[object]
    column: str
    table: str
    known: Collection[str]


def dangling(reference: Reference) -> Iterator[Issue]:
    """Name the cells that the other table does not know."""
    for number, row in enumerate(reference.rows, start=2):
        cell = str(getattr(row, reference.column))
        if cell not in reference.known:
            params = {"value": cell, "table": reference.table}
            yield Issue("id_dangling", reference.file, number, reference.column, params)


def attention_not_whole(channels: Iterable[ChannelRow]) -> Iterator[Issue]:
    """Say so where the attention shares of the channels do not add up to 1."""
    total = fsum(channel.attention_share for channel in channels)
    if not isclose(total, 1):
        yield Issue("shares_not_whole", CHANNELS, column="attention_share", params={"total": total})


def category_overdrawn(interests: Collection[InterestRow]) -> Iterator[Issue]:
    """Name the national categories of which interests take more than there is."""
    for category in sorted({interest.national_category for interest in interests}):
        total = fsum(row.category_share for row in interests if row.national_category == category)
        if total > 1:
            params: dict[str, Param] = {"category": category, "total": total}
            yield Issue("shares_above_whole", INTERESTS, column="category_share", params=params)


def population_missing(provinces: Iterable[ProvinceRow]) -> Iterator[Issue]:
    """Name the provinces whose people nobody counted in the year that demand is computed for."""
    for province in provinces:
        if province.implied_avg_population_10k is None:
            where: dict[str, Param] = {"province": province.province_adcode, "year": province.year}
            yield Issue("population_missing", PROVINCES, column="implied_avg_population_10k", params=where)
