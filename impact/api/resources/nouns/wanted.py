"""What is sent of a noun: all of a new one, or the fields to change of one that is there."""

from copy import copy
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from impact.api.contract.operation import BODY, Json, Plain
from impact.model import ColdChain, Direction
from impact.model import Field as Attention

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
"""An id that fits into an address."""
Name = Annotated[Plain, Field(min_length=1, max_length=100)]
Share = Annotated[float, Field(ge=0, le=1)]
Amount = Annotated[float, Field(ge=0, le=1e15)]
Month = Annotated[int, Field(ge=1, le=12)]


class PointWanted(BaseModel):
    """A place on the earth, in degrees of WGS-84."""

    model_config = BODY

    lat: Annotated[float, Field(ge=-90, le=90)]
    lng: Annotated[float, Field(ge=-180, le=180)]


def _like(example: Json) -> ConfigDict:
    return BODY | {"json_schema_extra": {"examples": [example]}}


class ProducerWanted(BaseModel):
    """Who sells. `capacity` is the exposures that can be turned into goods in the period.

    `region` is the code of a division; `tier` its priority, 1 highest, 2, or 0 for none. `imputed` names the
    fields that nobody observed.
    """

    model_config = _like(
        {
            "producer_id": "anji-tea",
            "name": "安吉白茶合作社",
            "region": "330523",
            "place": {"lat": 30.63, "lng": 119.68},
            "type": "specialty",
            "programme": "mountain_goods",
            "size": "small",
            "tier": "0",
            "capacity": 20000,
            "imputed": ["capacity"],
        }
    )

    producer_id: Id
    name: Name
    region: Name
    place: PointWanted
    type: Name
    programme: Name
    size: Name
    tier: Literal["0", "1", "2"]
    capacity: Amount
    cold_chain_county: bool = False
    source: Annotated[Plain, Field(max_length=200)] = ""
    imputed: Annotated[
        list[Literal["place", "type", "programme", "size", "tier", "capacity", "cold_chain_county"]],
        Field(max_length=7),
    ] = []


class ProductWanted(BaseModel):
    """One listing of a producer.

    `quality` and `fame` are in [0, 1]; `season` holds the months in which it can be delivered; `popularity`
    is organic exposures in the period; null `shelf_life_days` keeps. `imputed` names fields nobody observed.
    """

    model_config = _like(
        {
            "product_id": "anji-tea-1",
            "producer_id": "anji-tea",
            "name": "安吉白茶",
            "category": "tea",
            "quality": 0.8,
            "shelf_life_days": 540,
            "popularity": 1200,
        }
    )

    product_id: Id
    producer_id: Name
    name: Name
    category: Name
    quality: Share
    fame: Share = 0.0
    cold_chain: ColdChain = ColdChain.AMBIENT
    shelf_life_days: Annotated[float, Field(gt=0, le=1e6)] | None = None
    season: Annotated[list[Month], Field(min_length=1, max_length=12)] = list(range(1, 13))
    popularity: Amount = 0.0
    imputed: Annotated[
        list[Literal["category", "quality", "fame", "cold_chain", "shelf_life_days", "season", "popularity"]],
        Field(max_length=7),
    ] = []


class SegmentWanted(BaseModel):
    """Consumers of one province (its code is `region`) and one interest; `demand` is yuan in the period."""

    model_config = _like(
        {
            "segment_id": "330000-herbal-tea",
            "region": "330000",
            "place": {"lat": 30.27, "lng": 120.15},
            "interest": "tea",
            "demand": 1200000,
            "imputed": ["demand"],
        }
    )

    segment_id: Id
    region: Name
    place: PointWanted
    interest: Name
    demand: Amount
    imputed: Annotated[list[Literal["place", "demand"]], Field(max_length=2)] = []


class ChannelWanted(BaseModel):
    """Where consumers are reached; `value_per_exposure` is the points of one exposure that fits perfectly."""

    model_config = _like(
        {
            "channel_id": "town-hall",
            "name_zh": "镇上直播间",
            "name_en": "Town livestream",
            "direction": "push",
            "field": "content",
            "value_per_exposure": 1.1,
        }
    )

    channel_id: Id
    name_zh: Name
    name_en: Name
    direction: Direction
    field: Attention
    value_per_exposure: Amount


class PlacementWanted(BaseModel):
    """A segment in a channel; `supply` is the exposures that may be given there in the period."""

    model_config = _like(
        {
            "placement_id": "330000-herbal-tea-town-hall",
            "segment_id": "330000-herbal-tea",
            "channel_id": "town-hall",
            "supply": 3000,
        }
    )

    placement_id: Id
    segment_id: Name
    channel_id: Name
    supply: Amount
    imputed: Annotated[list[Literal["supply"]], Field(max_length=1)] = []


def _changed(wanted: type[BaseModel], noun: str) -> type[BaseModel]:
    """Return what can be changed of a noun: any field but what names it."""
    fields = {name: (field.annotation, copy(field)) for name, field in wanted.model_fields.items()}
    del fields[f"{noun}_id"]
    for _, field in fields.values():
        field.default, field.default_factory = ..., _left_out
    said = f"What to change of a {noun}: fields left out stay, and one that is stated is imputed no longer."
    return create_model(  # type: ignore[call-overload,no-any-return]
        f"{noun.title()}Changed", __config__=BODY, __doc__=said, **fields
    )


def _left_out() -> None:
    """Stand for a field that was left out."""


ProducerChanged = _changed(ProducerWanted, "producer")
ProductChanged = _changed(ProductWanted, "product")
SegmentChanged = _changed(SegmentWanted, "segment")
ChannelChanged = _changed(ChannelWanted, "channel")
PlacementChanged = _changed(PlacementWanted, "placement")
