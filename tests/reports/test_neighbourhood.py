"""A producer's neighbourhood is a real graph with places, evidence and what the plan gave."""

import networkx as nx
import numpy as np
import pytest
from shelves import valley

from impact.matching.graph.links import PARTS
from impact.reports.neighbourhood import PLACEMENT, PRODUCER, PRODUCT, RIVAL, neighbourhood

APPLES = 4
"""盐源苹果."""
NOBODY = 2
"""It reaches nobody."""


def layer(drawn, wanted):
    return [node for node, about in drawn.nodes(data=True) if about["layer"] == wanted]


def test_it_is_the_ego_graph_of_its_products_with_the_producer_in_the_middle():
    drawn = neighbourhood(valley(), APPLES)

    assert isinstance(drawn, nx.Graph)
    assert nx.is_connected(drawn)
    assert layer(drawn, PRODUCER) == [("producer", "P05")]
    assert layer(drawn, PRODUCT) == [("product", "P05-1")]
    assert set(drawn["producer", "P05"]) == {("product", "P05-1")}


def test_links_carry_their_evidence_and_what_the_plan_gave_them():
    problem, plan = valley().problem, valley().plan
    drawn = neighbourhood(valley(), APPLES, num_placements=100)

    given = {
        problem.placement_ids[problem.placement_of[link]]: plan.exposure[link]
        for link in np.flatnonzero(problem.producer_of == APPLES).tolist()
    }
    edges = {other[1]: about for other, about in drawn["product", "P05-1"].items() if other[0] == "placement"}
    assert {name: about["exposure"] for name, about in edges.items()} == pytest.approx(given)
    for about in edges.values():
        weights = valley().graph.links.weights
        assert about["score"] == pytest.approx(weights @ [about[part] for part in PARTS])


def test_placements_in_use_come_before_the_others():
    few = neighbourhood(valley(), APPLES, num_placements=3)

    assert len(layer(few, PLACEMENT)) == 3
    assert all(few["product", "P05-1"][node]["exposure"] > 0 for node in layer(few, PLACEMENT))


def test_rivals_are_shown_in_the_same_placements():
    drawn = neighbourhood(valley(), APPLES, num_rivals=2)

    rivals = layer(drawn, RIVAL)
    assert 0 < len(rivals) <= 2
    for rival in rivals:
        assert any(drawn.edges[rival, placement]["exposure"] > 0 for placement in drawn[rival])
        assert {placement[0] for placement in drawn[rival]} == {"placement"}


def test_everybody_has_a_place_on_the_map_and_on_the_page():
    drawn = neighbourhood(valley(), APPLES)
    maker = valley().graph.catalog.producers[APPLES]

    for _, about in drawn.nodes(data=True):
        assert -90 <= about["lat"] <= 90
        assert {"x", "y", "lng", "name"} <= about.keys()
    assert drawn.nodes["product", "P05-1"]["lat"] == maker.place.lat
    columns = [drawn.nodes[layer(drawn, one)[0]]["x"] for one in (PRODUCER, PRODUCT, PLACEMENT)]
    assert columns == sorted(columns)


def test_it_is_drawn_the_same_every_time():
    first, second = neighbourhood(valley(), APPLES), neighbourhood(valley(), APPLES)

    assert dict(first.nodes(data=True)) == dict(second.nodes(data=True))


def test_one_that_reaches_nobody_stands_alone_with_its_products():
    drawn = neighbourhood(valley(), NOBODY)

    assert set(drawn) == {("producer", "P03"), ("product", "P03-1")}
