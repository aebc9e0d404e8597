"""Where consumers are reached, and how a budget of exposures is split over placements."""

from collections.abc import Sequence
from math import fsum

from impact.catalog.table import Positive, Row, Share, Tables
from impact.model import Channel, Direction, Field, Placement, Segment

CHANNELS = "demand/channels.csv"


class ChannelRow(Row):
    """A line of demand/channels.csv."""

    channel_id: str
    name_zh: str
    name_en: str
    direction: Direction
    field: Field
    attention_share: Share
    exposures_per_order: Positive


def read_channel_rows(tables: Tables) -> tuple[ChannelRow, ...]:
    """Read the channels."""
    return tables.read(CHANNELS, ChannelRow)


def make_channels(rows: Sequence[ChannelRow], points_per_order: float) -> tuple[Channel, ...]:
    """Make the channels; an exposure is worth its share of an order."""
    return tuple(
        Channel(
            channel_id=row.channel_id,
            name_zh=row.name_zh,
            name_en=row.name_en,
            direction=row.direction,
            field=row.field,
            value_per_exposure=points_per_order / row.exposures_per_order,
        )
        for row in rows
    )


def exposures_per_order(rows: Sequence[ChannelRow]) -> float:
    """Average over the channels: 1 ÷ Σ (attention ÷ exposures per order)."""
    return 1 / fsum(row.attention_share / row.exposures_per_order for row in rows)


def make_placements(
    segments: Sequence[Segment], rows: Sequence[ChannelRow], budget: float
) -> tuple[Placement, ...]:
    """Split `budget` exposures over segments by what they spend and over channels by attention.

    The supplies add up to `budget`, since the attention shares add up to 1.
    """
    per_yuan = budget / fsum(segment.demand for segment in segments)
    return tuple(
        Placement(
            placement_id=f"{segment.segment_id}-{row.channel_id}",
            segment_id=segment.segment_id,
            channel_id=row.channel_id,
            supply=per_yuan * segment.demand * row.attention_share,
            imputed=frozenset({"supply"}),
        )
        for segment in segments
        for row in rows
    )
