"""What the tables of the sample owe each other: every name is known, and shares add up."""

from collections.abc import Collection, Iterable, Iterator
from math import fsum, isclose

from impact.catalog.demand import PROVINCES, InterestRow, ProvinceRow
from impact.catalog.supply import ChannelRow
from impact.errors import Issue, Param


def unknown(file: str, column: str, cells: Iterable[str], known: Collection[str]) -> Iterator[Issue]:
    """Name the rows of a table whose `cells` in one column are not `known`; rows are in file order."""
    for row, cell in enumerate(cells, start=2):
        if cell not in known:
            yield Issue("unknown_value", file, row, column, {"value": cell})


def attention_not_whole(channels: Iterable[ChannelRow]) -> Iterator[Issue]:
    """Say so where the attention shares of the channels do not add up to 1."""
    total = fsum(channel.attention_share for channel in channels)
    if not isclose(total, 1):
        yield Issue(
            "shares_not_whole", "demand/channels.csv", column="attention_share", params={"total": total}
        )


def category_overdrawn(interests: Collection[InterestRow]) -> Iterator[Issue]:
    """Name the national categories of which interests take more than there is."""
    for category in sorted({interest.national_category for interest in interests}):
        total = fsum(row.category_share for row in interests if row.national_category == category)
        if total > 1:
            params: dict[str, Param] = {"category": category, "total": total}
            yield Issue("shares_above_whole", "demand/interests.csv", column="category_share", params=params)


def population_missing(provinces: Iterable[ProvinceRow]) -> Iterator[Issue]:
    """Name the provinces whose people nobody counted in the year that demand is computed for."""
    for province in provinces:
        if province.implied_avg_population_10k is None:
            where: dict[str, Param] = {"province": province.province_adcode, "year": province.year}
            yield Issue("population_missing", PROVINCES, column="implied_avg_population_10k", params=where)
