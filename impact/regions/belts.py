"""Belts, found: neighbouring counties whose producers share a trade."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import networkx as nx
import numpy as np

from impact.model import Belt, Catalog, Level, Producer, Region
from impact.regions.distances import distances_km

REACH_KM = 80.0
"""About what a lorry does in an hour and a half: near enough to share suppliers and carriers."""
FEWEST_PRODUCERS = 3
NO_TRADE = frozenset({"other", "food_processing", "general_merchandise", "machinery"})
"""Categories too wide to make neighbours of the same trade."""

Members = Mapping[str, Sequence[Producer]]
"""Producers of one category by county."""


def find_belts(
    catalog: Catalog, reach_km: float = REACH_KM, fewest_producers: int = FEWEST_PRODUCERS
) -> tuple[Belt, ...]:
    """Find clusters of producers of one category.

    1. Of each category, take the counties that have producers of it; producers known only by prefecture
       or province stay out.
    2. Join counties within `reach_km`, the closer the stronger.
    3. Split what hangs together into communities (Louvain, doi:10.1088/1742-5468/2008/10/P10008, seeded).
    4. Call a community with `fewest_producers` or more a belt, named after the county with the most.
    """
    region_of = {region.adcode: region for region in catalog.regions}
    name_of = {category.category_id: category.name_zh for category in catalog.categories}
    belts = (
        _belt(category, name_of.get(category, category), counties, members, region_of)
        for category, members in sorted(_members_by_category(catalog, region_of).items())
        for counties in _communities(members, reach_km)
        if sum(len(members[county]) for county in counties) >= fewest_producers
    )
    return tuple(sorted(belts, key=lambda belt: belt.belt_id))


def _members_by_category(catalog: Catalog, region_of: Mapping[str, Region]) -> Mapping[str, Members]:
    producer_of = {producer.producer_id: producer for producer in catalog.producers}
    found: dict[str, dict[str, list[Producer]]] = defaultdict(lambda: defaultdict(list))
    for product in catalog.products:
        producer = producer_of[product.producer_id]
        members = found[product.category][producer.region]
        if producer not in members:
            members.append(producer)
    return {
        category: {county: members for county, members in by_county.items() if _is_county(region_of, county)}
        for category, by_county in found.items()
        if category not in NO_TRADE
    }


def _is_county(region_of: Mapping[str, Region], adcode: str) -> bool:
    return adcode in region_of and region_of[adcode].level is Level.COUNTY


def _communities(members: Members, reach_km: float) -> Iterator[list[str]]:
    counties = sorted(members)
    places = [members[county][0].place for county in counties]
    km = distances_km(places, places)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(counties)
    for one, other in np.argwhere(np.triu(km <= reach_km, k=1)):
        graph.add_edge(counties[one], counties[other], weight=1 - km[one, other] / (2 * reach_km))
    for community in nx.community.louvain_communities(graph, seed=0):
        yield sorted(community)


def _belt(
    category: str, category_name: str, counties: list[str], members: Members, region_of: Mapping[str, Region]
) -> Belt:
    core = max(counties, key=lambda county: len(members[county]))
    short_name = region_of[core].short_name or region_of[core].name
    return Belt(f"{category}-{core}", f"{short_name}{category_name}", category, tuple(counties))
