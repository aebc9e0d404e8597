"""Who wants what: interests, and segments with what they spend."""

from collections.abc import Iterable
from dataclasses import dataclass

from impact.catalog.table import Adcode, Amount, Row, Share, Tables
from impact.model import Interest, Place, Region, Segment

INTERESTS = "demand/interests.csv"
NATIONAL = "demand/cn_national_consumption_by_category_2023.csv"
PROVINCES = "demand/cn_province_consumption_2019_2024.csv"
YEAR = 2023
"""The newest year for which population, spending per head and national categories are all published."""
MONTHS_PER_YEAR = 12
PEOPLE_PER_UNIT = 10_000
"""The statistics count people in 万."""


class InterestRow(Row):
    """A line of demand/interests.csv."""

    interest_id: str
    name_zh: str
    name_en: str
    national_category: str
    category_share: Share


class CategoryShareRow(Row):
    """A line of demand/cn_national_consumption_by_category_2023.csv."""

    category: str
    share: Share


class ProvinceRow(Row):
    """A line of demand/cn_province_consumption_2019_2024.csv."""

    year: int
    province_adcode: Adcode
    consumption_per_capita_yuan: Amount
    implied_avg_population_10k: Amount | None = None


@dataclass(frozen=True)
class Spending:
    """What is spent: by national category as a share of all, by interest as a share of its category."""

    interests: tuple[InterestRow, ...]
    categories: tuple[CategoryShareRow, ...]
    provinces: tuple[ProvinceRow, ...]

    @property
    def in_year(self) -> tuple[ProvinceRow, ...]:
        """The provinces in the year that demand is computed for."""
        return tuple(row for row in self.provinces if row.year == YEAR)


def read_spending(tables: Tables) -> Spending:
    """Read the tables that demand is computed from."""
    return Spending(
        interests=tables.read(INTERESTS, InterestRow),
        categories=tables.read(NATIONAL, CategoryShareRow),
        provinces=tables.read(PROVINCES, ProvinceRow),
    )


def make_interests(spending: Spending) -> tuple[Interest, ...]:
    """Name the interests."""
    return tuple(Interest(row.interest_id, row.name_zh, row.name_en) for row in spending.interests)


def make_segments(spending: Spending, regions: Iterable[Region]) -> tuple[Segment, ...]:
    """Make one segment for each province and interest.

    Demand, in yuan a month, is people × spending per head × the category's share of spending × the
    interest's share of its category ÷ 12. The first two are the province's own, the third is national,
    the fourth is assumed. A segment stands at the seat of its province.
    """
    share = {row.category: row.share for row in spending.categories}
    place = {region.adcode: region.place for region in regions}
    return tuple(
        _segment(province, place[province.province_adcode], interest, share[interest.national_category])
        for province in spending.in_year
        for interest in spending.interests
    )


def _segment(
    province: ProvinceRow, place: Place | None, interest: InterestRow, category_share: float
) -> Segment:
    assert place is not None
    return Segment(
        segment_id=f"{province.province_adcode}-{interest.interest_id}",
        region=province.province_adcode,
        place=place,
        interest=interest.interest_id,
        demand=_yuan_per_month(province) * category_share * interest.category_share,
        imputed=frozenset({"demand"}),
    )


def _yuan_per_month(province: ProvinceRow) -> float:
    assert province.implied_avg_population_10k is not None
    people = province.implied_avg_population_10k * PEOPLE_PER_UNIT
    return people * province.consumption_per_capita_yuan / MONTHS_PER_YEAR
