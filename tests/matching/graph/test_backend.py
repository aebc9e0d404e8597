"""NetworkX over columns: dispatched for real, and in agreement with NetworkX itself."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from valleys import NORTH, market, next_door, tea

from impact.matching.graph.backend import ALGORITHMS, dispatcher
from impact.matching.graph.build import build_graph
from impact.matching.graph.linkgraph import LinkGraph, link_graph

pytestmark = pytest.mark.filterwarnings("ignore:Note. conversions to backend graphs")

GREEN = ("product", "green")
HERE = ("placement", f"{NORTH}-tea-live")


@pytest.fixture
def village():
    """Two teas with four placements each, and a turbine that nobody wants."""
    catalog = market([tea("green", fame=1.0), tea("black"), tea("turbine", category="turbine")])
    km = days = next_door(catalog)
    return link_graph(build_graph(catalog, km, days, 10))


@st.composite
def graphs(draw):
    """Any small undirected graph, loops and lonely nodes included."""
    size = draw(st.integers(1, 8))
    ends = st.integers(0, size - 1)
    drawn = nx.Graph()
    drawn.add_nodes_from(range(size))
    drawn.add_edges_from(draw(st.lists(st.tuples(ends, ends), max_size=12)))
    return drawn


def test_networkx_finds_the_backend_by_its_name():
    assert nx.utils.backends.backend_info["impact"]["project"] == "impact"
    assert set(nx.utils.backends.backend_info["impact"]["functions"]) == set(ALGORITHMS)


@pytest.mark.parametrize("name", ALGORITHMS)
def test_every_algorithm_it_names_is_there(name):
    assert callable(getattr(dispatcher, name))
    assert name in nx.utils.backends._registered_algorithms


@given(graphs())
def test_components_are_those_of_networkx(graph):
    assert list(nx.connected_components(graph, backend="impact")) == list(nx.connected_components(graph))
    assert nx.number_connected_components(graph, backend="impact") == nx.number_connected_components(graph)
    assert nx.is_connected(graph, backend="impact") == nx.is_connected(graph)
    assert nx.node_connected_component(graph, 0, backend="impact") == nx.node_connected_component(graph, 0)


@given(graphs().filter(lambda graph: not nx.number_of_selfloops(graph)))
def test_degrees_are_those_of_networkx(graph):
    assert nx.degree_centrality(graph, backend="impact") == nx.degree_centrality(graph)
    assert list(nx.isolates(graph, backend="impact")) == list(nx.isolates(graph))
    assert nx.number_of_isolates(graph, backend="impact") == nx.number_of_isolates(graph)
    assert nx.is_isolate(graph, 0, backend="impact") == nx.is_isolate(graph, 0)


@given(graphs(), st.none() | st.integers(0, 4))
def test_steps_are_those_of_networkx(graph, cutoff):
    steps = nx.single_source_shortest_path_length(graph, 0, cutoff=cutoff, backend="impact")

    assert steps == nx.single_source_shortest_path_length(graph, 0, cutoff=cutoff)


@given(graphs(), st.integers(0, 3))
def test_ego_graphs_are_those_of_networkx(graph, radius):
    ego = nx.ego_graph(graph, 0, radius=radius, backend="impact")

    assert nx.utils.graphs_equal(ego, nx.ego_graph(graph, 0, radius=radius))


@given(graphs())
def test_a_graph_comes_back_as_it_went(graph):
    nx.set_node_attributes(graph, {node: f"node {node}" for node in graph}, "name")
    nx.set_edge_attributes(graph, {edge: sum(edge) for edge in graph.edges}, "weight")

    columns = dispatcher.convert_from_nx(graph)

    assert columns.number_of_edges() == graph.number_of_edges()
    assert nx.utils.graphs_equal(dispatcher.convert_to_nx(columns), graph)


def test_a_link_graph_is_dispatched_without_being_asked(village):
    assert nx.number_connected_components(village) == 2
    assert list(nx.isolates(village)) == [("product", "turbine")]


def test_a_networkx_graph_is_dispatched_by_configuration(village):
    whole = village.to_networkx()

    with nx.config.backend_priority(algos=["impact"]):
        assert nx.number_connected_components(whole) == 2


def test_what_is_not_here_is_refused_unless_networkx_may_take_over(village):
    with pytest.raises(NotImplementedError):
        nx.is_bipartite(village)
    with nx.config(fallback_to_nx=True):
        assert nx.is_bipartite(village)


@pytest.mark.parametrize("graph", [nx.DiGraph([(0, 1)]), nx.MultiGraph([(0, 1), (0, 1)])])
def test_a_graph_that_does_not_fit_is_refused(graph):
    with pytest.raises(NotImplementedError, match="undirected"):
        dispatcher.convert_from_nx(graph)


def test_an_ego_graph_without_its_centre_is_refused(village):
    with pytest.raises(NotImplementedError):
        nx.ego_graph(village, GREEN, center=False)


def test_connectivity_of_nothing_is_undefined_as_in_networkx():
    with pytest.raises(nx.NetworkXPointlessConcept):
        nx.is_connected(nx.Graph(), backend="impact")


def test_an_ego_graph_tells_the_evidence_of_each_link(village):
    ego = village.ego(GREEN)

    assert set(ego[GREEN]) == {node for node in village if node[0] == "placement"}
    assert ego.nodes[GREEN] == {
        "bipartite": 0,
        "name": "green",
        "category": "tea",
        "producer": "maker of green",
    }
    assert ego.nodes[HERE] == {"bipartite": 1, "segment": f"{NORTH}-tea", "channel": "live"}
    assert ego.edges[GREEN, HERE]["fame"] == 1.0
    assert ego.edges[GREEN, HERE]["score"] == pytest.approx(0.9)


def test_two_steps_lead_to_the_rivals(village):
    steps = village.steps_from(GREEN, 2)

    assert steps[village.number_of["product", "black"]] == 2
    assert steps[village.number_of["product", "turbine"]] == -1


def test_a_node_it_does_not_have_is_refused_by_name(village):
    with pytest.raises(nx.NodeNotFound, match="oolong"):
        village.ego(("product", "oolong"))
    with pytest.raises(nx.NodeNotFound, match="oolong"):
        nx.node_connected_component(village, ("product", "oolong"))


def test_a_link_graph_answers_the_simple_questions(village):
    assert isinstance(village, LinkGraph)
    assert len(village) == village.number_of_nodes() == len(list(village)) == 7
    assert village.number_of_edges() == 8
    assert GREEN in village
    assert not village.is_directed()
    assert not village.is_multigraph()
    assert np.array_equal(village.degree_of, [4, 4, 0, 2, 2, 2, 2])
