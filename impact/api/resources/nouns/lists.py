"""Lists of the nouns of the catalog, and by what they are asked for."""

from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, Field

from impact.api.contract.operation import FORBID, Plain
from impact.api.contract.paging import After, Listed
from impact.api.resources.nouns.lines import (
    BeltLines,
    ChannelLines,
    PlacementLines,
    ProducerLines,
    ProductLines,
    SegmentLines,
)
from impact.model import Direction
from impact.model import Field as Attention

Shown = TypeVar("Shown", bound=BaseModel)
Text = Annotated[Plain, Field(min_length=1, max_length=100)]
Words = Annotated[Plain, Field(max_length=100)]


class BeltList(Listed[BeltLines]):
    """Belts in the order of their ids; `next` is the cursor of the page after, null on the last."""


class ProducerList(Listed[ProducerLines]):
    """Producers in the order of their ids; `next` is the cursor of the page after, null on the last."""


class ProductList(Listed[ProductLines]):
    """Products in the order of their ids; `next` is the cursor of the page after, null on the last."""


class SegmentList(Listed[SegmentLines]):
    """Segments in the order of their ids; `next` is the cursor of the page after, null on the last."""


class ChannelList(Listed[ChannelLines]):
    """Channels in the order of their ids; `next` is the cursor of the page after, null on the last."""


class PlacementList(Listed[PlacementLines]):
    """Placements in the order of their ids; `next` is the cursor of the page after, null on the last."""


class Past(BaseModel, Generic[Shown]):
    """How a noun was: since when, and by whom; null where it came so with a whole catalog."""

    model_config = FORBID

    made_at: str | None
    made_by: str | None
    was: Shown


class ProducerHistory(Listed[Past[ProducerLines]]):
    """States of a producer, the newest first; `next` is the cursor of the page after, null on the last."""


class ProductHistory(Listed[Past[ProductLines]]):
    """States of a product, the newest first; `next` is the cursor of the page after, null on the last."""


class SegmentHistory(Listed[Past[SegmentLines]]):
    """States of a segment, the newest first; `next` is the cursor of the page after, null on the last."""


class ChannelHistory(Listed[Past[ChannelLines]]):
    """States of a channel, the newest first; `next` is the cursor of the page after, null on the last."""


class PlacementHistory(Listed[Past[PlacementLines]]):
    """States of a placement, the newest first; `next` is the cursor of the page after, null on the last."""


class OfBelts(After):
    """Which belts."""

    q: Words = ""
    category: Text | None = None


class OfProducers(After):
    """Which producers."""

    q: Words = ""
    region: Text | None = None
    type: Text | None = None
    programme: Text | None = None
    size: Text | None = None
    tier: Text | None = None


class OfProducts(After):
    """Which products."""

    q: Words = ""
    producer_id: Text | None = None
    category: Text | None = None


class OfSegments(After):
    """Which segments."""

    region: Text | None = None
    interest: Text | None = None


class OfChannels(After):
    """Which channels."""

    direction: Direction | None = None
    field: Attention | None = None


class OfPlacements(After):
    """Which placements."""

    segment_id: Text | None = None
    channel_id: Text | None = None
