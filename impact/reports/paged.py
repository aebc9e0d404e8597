"""A page of a list that was found: so many at a time, counted from 1."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
PAGE_SIZE = 25


@dataclass(frozen=True)
class Page(Generic[Item]):
    """What stands on one page, how many were found on all of them, and which page of how many it is."""

    rows: tuple[Item, ...]
    num_found: int
    page: int
    num_pages: int


def page_of(found: Sequence[Item], page: int, size: int = PAGE_SIZE) -> Page[Item]:
    """Return a page of what was found; one before the first is the first, one past the last the last."""
    num_pages = max(1, -(-len(found) // size))
    number = min(max(page, 1), num_pages)
    start = (number - 1) * size
    return Page(tuple(found[start : start + size]), len(found), number, num_pages)
