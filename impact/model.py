"""The nouns: what a catalog holds, in the words of docs/glossary.md.

`imputed` on a noun names those of its fields that nobody observed: they were filled in by a stated
rule, and every page and file that shows them has to say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Months = frozenset[int]
ALL_YEAR: Months = frozenset(range(1, 13))


class ColdChain(StrEnum):
    """How a product must be kept on its way."""

    AMBIENT = "ambient"
    CHILLED = "chilled"
    FROZEN = "frozen"
    LIVE = "live"


class Direction(StrEnum):
    """Whether a channel brings goods to people or people to goods."""

    PUSH = "push"
    PULL = "pull"


class Field(StrEnum):
    """Where attention arises: in content, or in the centre (mall, store, search)."""

    CONTENT = "content"
    CENTRE = "centre"


class Level(StrEnum):
    """The level of an administrative division."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


class Basis(StrEnum):
    """How a figure is known."""

    REAL = "real"
    DERIVED = "derived"
    ASSUMED = "assumed"


@dataclass(frozen=True)
class Place:
    """A point on the earth, WGS-84 degrees."""

    lat: float
    lng: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lng <= 180):
            raise ValueError(f"Expected degrees, got lat {self.lat}, lng {self.lng}.")


@dataclass(frozen=True)
class Region:
    """An administrative division; `place` is its seat, unknown for a few."""

    adcode: str
    name: str
    level: Level
    parent: str | None = None
    place: Place | None = None
    province: str = ""
    """Adcode of the province it lies in (its own for a province)."""
    macro_region: str = ""
    """One of seven: 华北, 东北, 华东, 华中, 华南, 西南, 西北."""
    economic_region: str = ""
    """One of four: 东部, 中部, 西部, 东北."""
    short_name: str = ""
    """The name without its kind: 通州 for 通州区."""


@dataclass(frozen=True)
class FormerName:
    """A code and name that a division once bore, and the code of what it is now."""

    old_adcode: str
    old_name: str
    adcode: str


@dataclass(frozen=True)
class Belt:
    """A named cluster of producers in one or more counties."""

    belt_id: str
    name: str
    category: str
    regions: tuple[str, ...]


@dataclass(frozen=True)
class Producer:
    """Who sells: a cooperative, a firm, a workshop, a publisher.

    `capacity` is the exposure that can be turned into goods and served in the period.
    """

    producer_id: str
    name: str
    region: str
    """Adcode."""
    place: Place
    type: str
    programme: str
    size: str
    tier: str
    """Priority tier of the county: 1 highest, 2, or 0 for none."""
    capacity: float
    cold_chain_county: bool = False
    source: str = ""
    imputed: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.capacity >= 0:
            raise ValueError(f"Expected capacity of at least 0, got {self.capacity} for {self.producer_id}.")


@dataclass(frozen=True)
class Product:
    """One listing of a producer."""

    product_id: str
    producer_id: str
    name: str
    category: str
    quality: float
    """In [0, 1]."""
    fame: float = 0.0
    """In [0, 1]: 1 for a product on a national list of specialties of its origin."""
    cold_chain: ColdChain = ColdChain.AMBIENT
    shelf_life_days: float | None = None
    """None keeps: nothing spoils."""
    season: Months = ALL_YEAR
    """Months in which it can be delivered."""
    popularity: float = 0.0
    """Organic exposures in the period, all placements together."""
    imputed: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in ("quality", "fame"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(
                    f"Expected {name} in [0, 1], got {getattr(self, name)} for {self.product_id}."
                )
        if not self.popularity >= 0:
            raise ValueError(
                f"Expected popularity of at least 0, got {self.popularity} for {self.product_id}."
            )


@dataclass(frozen=True)
class Interest:
    """A consumer category of desire."""

    interest_id: str
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class Channel:
    """Where consumers are reached."""

    channel_id: str
    name_zh: str
    name_en: str
    direction: Direction
    field: Field
    value_per_exposure: float
    """Points that one exposure is worth when it fits perfectly."""


@dataclass(frozen=True)
class Segment:
    """Consumers of one region and one interest."""

    segment_id: str
    region: str
    """Adcode of the province."""
    place: Place
    interest: str
    demand: float
    """Yuan that these consumers spend on the interest in the period."""
    imputed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Placement:
    """Segment × channel × period: the unit of supply."""

    placement_id: str
    segment_id: str
    channel_id: str
    supply: float
    """Exposures that may be given in the period."""
    imputed: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.supply >= 0:
            raise ValueError(f"Expected supply of at least 0, got {self.supply} for {self.placement_id}.")


@dataclass(frozen=True)
class Affinity:
    """How much consumers of `interest` want goods of `category`, in [0, 1]: a line of the lexicon."""

    category: str
    interest: str
    strength: float

    def __post_init__(self) -> None:
        if not 0 <= self.strength <= 1:
            raise ValueError(f"Expected strength in [0, 1], got {self.strength} for {self.category}.")


@dataclass(frozen=True)
class Keyword:
    """How much consumers of `interest` want goods whose name holds `word`, in [0, 1]."""

    word: str
    interest: str
    strength: float

    def __post_init__(self) -> None:
        if not self.word or not 0 <= self.strength <= 1:
            raise ValueError(f"Expected a word and a strength in [0, 1], got {self.word!r}, {self.strength}.")


@dataclass(frozen=True)
class Category:
    """What kind of goods a product is."""

    category_id: str
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class Catalog:
    """All nouns of one programme, each tuple in the order of its ids."""

    regions: tuple[Region, ...]
    belts: tuple[Belt, ...]
    producers: tuple[Producer, ...]
    products: tuple[Product, ...]
    interests: tuple[Interest, ...]
    channels: tuple[Channel, ...]
    segments: tuple[Segment, ...]
    placements: tuple[Placement, ...]
    lexicon: tuple[Affinity, ...]
    keywords: tuple[Keyword, ...] = ()
    categories: tuple[Category, ...] = ()
    former_names: tuple[FormerName, ...] = ()


@dataclass(frozen=True)
class Programme:
    """What a coordinator asks for: who it is for, when, and the rules a plan must obey."""

    programme_id: str
    name_zh: str
    name_en: str
    month: int
    """The period: a calendar month, 1 to 12."""
    rules: tuple[dict[str, object], ...] = field(default_factory=tuple)
    """As in the bundle's problem.json."""
    seed: int = 0
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Products that are not let in, by id, each with the codes of why."""
