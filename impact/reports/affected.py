"""Who is affected: every producer beside what it had in another plan, to search, sort and page through."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from impact.model import Region
from impact.reports.comparing import ROUNDING
from impact.reports.paged import PAGE_SIZE, Page, page_of
from impact.reports.producers import Row, regions_by_code, rows, searched
from impact.reports.solved import Solved


@dataclass(frozen=True)
class Affected:
    """A producer: what it has (`row`), and what it had `before`, in exposures."""

    row: Row
    before: float

    @property
    def change(self) -> float:
        """What it gained, negative where it lost."""
        return self.row.exposure - self.before

    @property
    def change_share(self) -> float | None:
        """What it gained as a share of what it had; None where that was nothing."""
        return self.change / self.before if self.before > ROUNDING else None


ORDERS: dict[str, Callable[[Affected], float]] = {
    "lost": lambda one: one.change,
    "gained": lambda one: -one.change,
    "lost_share": lambda one: one.change_share if one.change_share is not None else float("inf"),
    "had": lambda one: -one.before,
}
WHOM: dict[str, Callable[[Affected], bool]] = {
    "changed": lambda one: abs(one.change) > ROUNDING,
    "losing": lambda one: one.change < -ROUNDING,
    "gaining": lambda one: one.change > ROUNDING,
    "all": lambda one: True,
}


@dataclass(frozen=True)
class Sought:
    """Whom to look for: `text` in names, ids, places and products; pages count from 1."""

    text: str = ""
    whom: str = "changed"
    order: str = "lost"
    page: int = 1
    page_size: int = PAGE_SIZE


@dataclass(frozen=True)
class Found:
    """One page of the producers found, and what all producers together gain and lose."""

    shown: Page[Affected]
    num_losing: int
    num_gaining: int
    lost: float
    gained: float


def affected(before: Solved, after: Solved, sought: Sought) -> Found:
    """Find producers by what they gain or lose; a page past the last is the last.

    Producers are matched by id: who is in one plan alone had, or has, nothing in the other.
    """
    known = tuple(_beside(before, after))
    losing, gaining = (list(filter(WHOM[whom], known)) for whom in ("losing", "gaining"))
    return Found(
        shown=page_of(_found(known, before, after, sought), sought.page, sought.page_size),
        num_losing=len(losing),
        num_gaining=len(gaining),
        lost=-sum(each.change for each in losing),
        gained=sum(each.change for each in gaining),
    )


def affected_by(before: Solved, after: Solved, sought: Sought) -> list[Affected]:
    """List all producers that are found, as `affected` has them page by page."""
    return _found(tuple(_beside(before, after)), before, after, sought)


def _found(known: tuple[Affected, ...], before: Solved, after: Solved, sought: Sought) -> list[Affected]:
    regions = regions_by_code(before) | regions_by_code(after)
    return sorted(_wanted(known, regions, sought), key=ORDERS[sought.order])


def _beside(before: Solved, after: Solved) -> Iterator[Affected]:
    had = {row.producer.producer_id: row for row in rows(before)}
    for row in rows(after):
        known = had.pop(row.producer.producer_id, None)
        yield Affected(row, known.exposure if known else 0.0)
    for row in had.values():
        yield Affected(replace(row, exposure=0.0, worth=0.0), row.exposure)


def _wanted(known: tuple[Affected, ...], regions: dict[str, Region], sought: Sought) -> Iterator[Affected]:
    text = sought.text.strip().casefold()
    for each in known:
        if WHOM[sought.whom](each) and (not text or text in searched(each.row, regions)):
            yield each
