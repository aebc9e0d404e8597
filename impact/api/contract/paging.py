"""Lists in a stable order of keys: a cursor is the last key that was shown, whatever comes and goes."""

from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, Field

from impact.api.contract.operation import FORBID, Limited, Plain

Item = TypeVar("Item")
Shown = TypeVar("Shown", bound=BaseModel)


class After(Limited):
    """Which part of a list: `limit` items behind the last of the page before."""

    cursor: Annotated[Plain, Field(max_length=400)] = ""


class Listed(BaseModel, Generic[Shown]):
    """A part of a list; `next` is the cursor of the page after, null on the last."""

    model_config = FORBID

    items: list[Shown]
    next: str | None


def page_of(
    found: Sequence[Item], limit: int, key: Callable[[Item], str]
) -> tuple[Sequence[Item], str | None]:
    """Cut `found`, one more than `limit` where there are more, into a page and the cursor of the next."""
    shown = found[:limit]
    return shown, key(shown[-1]) if len(found) > limit else None
