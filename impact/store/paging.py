"""Pages of a list: so many at a time; each begins after the last of the page before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select

Item = TypeVar("Item")


@dataclass(frozen=True)
class Part:
    """Which part of a list is asked for: at most `limit`, those after the one of mark `after`."""

    limit: int = 50
    after: str | None = None


@dataclass(frozen=True)
class Page(Generic[Item]):
    """A part of a list; `next` is the mark to go on after, None at the end."""

    items: tuple[Item, ...]
    next: str | None


def page_of(
    connection: Connection,
    asked: Select[Any],
    mark: ColumnElement[str],
    part: Part,
    read: Callable[[Row[Any]], Item],
    *,
    newest_first: bool = False,
) -> Page[Item]:
    """Return a part of what is `asked`, in the order of `mark`, a text that no two rows share."""
    if part.after is not None:
        asked = asked.where(mark < part.after if newest_first else mark > part.after)
    ordered = asked.add_columns(mark.label("page_mark")).order_by(mark.desc() if newest_first else mark)
    rows = connection.execute(ordered.limit(part.limit + 1)).all()
    shown = rows[: part.limit]
    return Page(tuple(map(read, shown)), shown[-1].page_mark if len(rows) > part.limit else None)
