"""How the nouns of the catalog are shown.

What is edited has a `version`, one more with each edit; where `retired_at` is null it is in the live catalog.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from impact.model import ColdChain, Direction
from impact.model import Field as Attention

SHOWN = ConfigDict(extra="forbid", from_attributes=True)
Sorted = Annotated[frozenset[str], PlainSerializer(sorted, return_type=list[str])]
Months = Annotated[frozenset[int], PlainSerializer(sorted, return_type=list[int])]
Share = Annotated[float, Field(ge=0, le=1)]


class Point(BaseModel):
    """A place on the earth, in degrees of WGS-84."""

    model_config = SHOWN

    lat: float
    lng: float


class BeltLines(BaseModel):
    """A named cluster of producers in one or more counties, whose codes are `regions`."""

    model_config = SHOWN

    belt_id: str
    name: str
    category: str
    regions: list[str]


class ProducerLines(BaseModel):
    """Who sells. `capacity` is the exposures that can be turned into goods in the period.

    `region` is the code of a county; `tier` its priority, 1 highest, 2, or 0 for none. `imputed` names the
    fields that nobody observed: they were filled in by a stated rule.
    """

    model_config = SHOWN

    producer_id: str
    name: str
    region: str
    place: Point
    type: str
    programme: str
    size: str
    tier: str
    capacity: float
    cold_chain_county: bool
    source: str
    imputed: Sorted
    version: int
    retired_at: str | None


class ProductLines(BaseModel):
    """One listing of a producer.

    `quality` and `fame` are in [0, 1]; `season` holds the months in which it can be delivered; `popularity`
    is organic exposures in the period; null `shelf_life_days` keeps. `imputed` names fields nobody observed.
    """

    model_config = SHOWN

    product_id: str
    producer_id: str
    name: str
    category: str
    quality: Share
    fame: Share
    cold_chain: ColdChain
    shelf_life_days: float | None
    season: Months
    popularity: float
    imputed: Sorted
    version: int
    retired_at: str | None


class SegmentLines(BaseModel):
    """Consumers of one province (its code is `region`) and one interest; `demand` is yuan in the period."""

    model_config = SHOWN

    segment_id: str
    region: str
    place: Point
    interest: str
    demand: float
    imputed: Sorted
    version: int
    retired_at: str | None


class ChannelLines(BaseModel):
    """Where consumers are reached; `value_per_exposure` is the points of one exposure that fits perfectly."""

    model_config = SHOWN

    channel_id: str
    name_zh: str
    name_en: str
    direction: Direction
    field: Attention
    value_per_exposure: float
    version: int
    retired_at: str | None


class PlacementLines(BaseModel):
    """A segment in a channel; `supply` is the exposures that may be given there in the period."""

    model_config = SHOWN

    placement_id: str
    segment_id: str
    channel_id: str
    supply: float
    imputed: Sorted
    version: int
    retired_at: str | None
