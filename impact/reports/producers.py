"""The table of producers: who got how much, to search, sort and page through."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from impact.arrays import sums
from impact.model import Producer, Region
from impact.reports.paged import PAGE_SIZE, Page, page_of
from impact.reports.solved import Solved


@dataclass(frozen=True)
class Row:
    """One producer and what it got."""

    producer: Producer
    region: Region
    products: tuple[str, ...]
    exposure: float
    worth: float
    """Points above the baseline."""
    num_links: int

    @property
    def filled_share(self) -> float:
        """Exposure ÷ capacity; 0 for a producer of no capacity."""
        return self.exposure / self.producer.capacity if self.producer.capacity > 0 else 0.0


SORTS: dict[str, Callable[[Row], float | str]] = {
    "exposure": lambda row: -row.exposure,
    "worth": lambda row: -row.worth,
    "filled": lambda row: -row.filled_share,
    "unfilled": lambda row: row.filled_share,
    "capacity": lambda row: -row.producer.capacity,
    "region": lambda row: row.region.adcode,
}
REACH: dict[str, Callable[[Row], bool]] = {
    "all": lambda row: True,
    "shown": lambda row: row.exposure > 0,
    "unseen": lambda row: row.exposure <= 0,
}


@dataclass(frozen=True)
class Query:
    """What to look for: `text` in names, ids, places and products; pages count from 1."""

    text: str = ""
    reach: str = "all"
    sort: str = "exposure"
    page: int = 1
    page_size: int = PAGE_SIZE


def rows(solved: Solved) -> tuple[Row, ...]:
    """List all producers in the order of the catalog; their exposures add up to the plan's."""
    return tuple(_rows(solved))


def find(solved: Solved, query: Query) -> Page[Row]:
    """Find producers; a page past the last is the last."""
    regions = regions_by_code(solved)
    wanted = query.text.strip().casefold()
    found = [row for row in rows(solved) if REACH[query.reach](row) and wanted in searched(row, regions)]
    found.sort(key=SORTS[query.sort])
    return page_of(found, query.page, query.page_size)


def regions_by_code(solved: Solved) -> dict[str, Region]:
    """Look regions up by adcode."""
    return {region.adcode: region for region in solved.graph.catalog.regions}


def lineage(region: Region, regions: dict[str, Region]) -> tuple[Region, ...]:
    """Return a region and those it lies in, widest first."""
    chain = [region]
    while chain[0].parent is not None and chain[0].parent in regions:
        chain.insert(0, regions[chain[0].parent])
    return tuple(chain)


def _rows(solved: Solved) -> Iterator[Row]:
    problem, plan, catalog = solved.problem, solved.plan, solved.graph.catalog
    size = len(problem.producer_ids)
    given = sums(plan.exposure, problem.producer_of, size).tolist()
    worth = sums(problem.worth(plan.exposure), problem.producer_of, size).tolist()
    links = sums(plan.exposure * 0 + 1, problem.producer_of, size).tolist()
    regions = regions_by_code(solved)
    names: dict[str, list[str]] = {}
    for product in catalog.products:
        names.setdefault(product.producer_id, []).append(product.name)
    for producer, exposure, points, count in zip(catalog.producers, given, worth, links, strict=True):
        products = tuple(names.get(producer.producer_id, ()))
        yield Row(producer, regions[producer.region], products, exposure, points, int(count))


def searched(row: Row, regions: dict[str, Region]) -> str:
    """Return what a row is searched by: names, ids, places and products."""
    places = (region.name for region in lineage(row.region, regions))
    return "\n".join((row.producer.name, row.producer.producer_id, *places, *row.products)).casefold()
