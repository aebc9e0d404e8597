"""The sample: real Chinese producers and regions, with assumed demand, as one catalog."""

from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from impact.catalog.sample import demand, products, supply
from impact.catalog.sample.assumptions import make_assumptions
from impact.catalog.sample.producers import capacity_in_exposures, make_producers, put_right
from impact.catalog.sample.source import Source, disagreements, read_source
from impact.errors import refuse_if_any
from impact.model import Catalog

Noun = TypeVar("Noun")


def load_sample(folder: Path) -> Catalog:
    """Load the sample from `folder`, laid out as static/data is; belts are left to be found.

    Raises
    ------
    BadInput
        With every cell that cannot be used, or else every one that does not agree with another table.
    """
    source = read_source(folder)
    refuse_if_any(disagreements(source))
    return _catalog(source)


def _catalog(source: Source) -> Catalog:
    assumed = make_assumptions(source.assumptions)
    sellers = put_right(source.producers, source.corrections)
    capacity = capacity_in_exposures(sellers, supply.exposures_per_order(source.channels))
    popularity = products.organic_exposure(capacity, assumed.organic_share, assumed.organic_power)
    segments = demand.make_segments(source.spending, source.regions)
    budget = assumed.budget_share * float(capacity.sum())
    return Catalog(
        regions=_by("adcode", source.regions),
        belts=(),
        producers=_by("producer_id", make_producers(sellers, source.kinds, capacity, assumed)),
        products=_by("product_id", products.make_products(sellers, source.kinds, popularity)),
        interests=_by("interest_id", demand.make_interests(source.spending)),
        channels=_by("channel_id", supply.make_channels(source.channels, assumed.points_per_order)),
        segments=_by("segment_id", segments),
        placements=_by("placement_id", supply.make_placements(segments, source.channels, budget)),
        lexicon=source.lexicon,
        keywords=source.keywords,
        categories=_by("category_id", source.categories),
        former_names=source.former_names,
    )


def _by(id_name: str, nouns: tuple[Noun, ...]) -> tuple[Noun, ...]:
    return tuple(sorted(nouns, key=attrgetter(id_name)))
