"""The tables of a problem: which columns each has, in what unit, and what an empty cell means."""

from dataclasses import dataclass, replace
from typing import Literal

INF = float("inf")
Suffix = Literal["csv", "parquet"]
SUFFIXES: tuple[Suffix, ...] = ("csv", "parquet")


@dataclass(frozen=True)
class Number:
    """A column of numbers from `least` to `most`.

    `blank` is what an empty cell means, None that there may be none.
    """

    name: str
    blank: float | None = None
    required: bool = False
    least: float = 0.0
    most: float = INF


@dataclass(frozen=True)
class Table:
    """A file of a bundle; `key` columns together name a row, `refers` columns name rows of other tables."""

    name: str
    key: tuple[str, ...]
    refers: dict[str, str]
    numbers: tuple[Number, ...]
    attributes: bool
    """Whether further columns are attributes; else they are mistakes."""

    @property
    def required(self) -> tuple[str, ...]:
        """Columns that must be there."""
        texts = dict.fromkeys((*self.key, *self.refers))
        return (*texts, *(number.name for number in self.numbers if number.required))

    @property
    def known(self) -> tuple[str, ...]:
        """Columns with a meaning of their own."""
        return tuple(dict.fromkeys((*self.required, *(number.name for number in self.numbers))))


PRODUCERS = Table(
    "producers",
    key=("producer_id",),
    refers={},
    numbers=(Number("capacity", INF, required=True), Number("floor", 0.0), Number("owed", 0.0, least=-INF)),
    attributes=True,
)
PRODUCTS = Table(
    "products",
    key=("product_id",),
    refers={"producer_id": "producers"},
    numbers=(Number("capacity", INF),),
    attributes=True,
)
PLACEMENTS = Table(
    "placements",
    key=("placement_id",),
    refers={},
    numbers=(Number("supply", required=True),),
    attributes=True,
)
LINK_NUMBERS = (
    Number("value", required=True),
    Number("quality", float("nan"), most=1.0),
    Number("baseline", 0.0),
    Number("max_exposure", INF),
)
LINKS = Table(
    "links",
    key=("product_id", "placement_id"),
    refers={"product_id": "products", "placement_id": "placements"},
    numbers=LINK_NUMBERS,
    attributes=False,
)
LINKS_OF_PRODUCERS = Table(
    "links",
    key=("producer_id", "placement_id"),
    refers={"producer_id": "producers", "placement_id": "placements"},
    numbers=LINK_NUMBERS,
    attributes=False,
)
"""Links where each producer is one product."""
ALLOCATION = Table(
    "allocation",
    key=("product_id", "placement_id"),
    refers={},
    numbers=(Number("exposure", required=True),),
    attributes=False,
)
PRICES = Table(
    "prices",
    key=("rule", "row"),
    refers={},
    numbers=(Number("dual", required=True, least=-INF),),
    attributes=False,
)
LEVELS = replace(ALLOCATION, name="levels", key=("rule", *ALLOCATION.key))
"""Plans that show that everybody can be held at the best level."""
PUBLISHED = replace(LINKS, name="published", numbers=(Number("exposure", required=True),))
PUBLISHED_OF_PRODUCERS = replace(LINKS_OF_PRODUCERS, name="published", numbers=PUBLISHED.numbers)
"""What the plan before gave; only the rule kind `churn` reads it."""
TABLES = ("producers", "products", "placements", "links", "published")


def files_of(*names: str) -> tuple[str, ...]:
    """Name the files that tables called `names` may lie in."""
    return tuple(f"{name}.{suffix}" for name in names for suffix in SUFFIXES)
