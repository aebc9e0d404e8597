"""Boundaries lie under the maps where the operator has a file of them, and say who approved them."""

import json

import pytest
from services import service, signed_in
from shelves import MemoryShelf, valley

from impact.access import Role
from impact.config import BoundaryFile
from impact.errors import BadInput

LINE = [[100.0, 25.0], [101.0, 25.0]]


def serving(file):
    return service(MemoryShelf((valley(),)), boundaries=BoundaryFile(file, "GS <1>"))


@pytest.fixture(scope="module")
def bounded(tmp_path_factory):
    """A service whose operator has a file of boundaries."""
    file = tmp_path_factory.mktemp("ground") / "boundaries.geojson"
    file.write_text(json.dumps({"type": "LineString", "coordinates": LINE}))
    return serving(file)


@pytest.fixture(scope="module")
def maps():
    plan = valley()
    producer = plan.graph.catalog.producers[0].producer_id
    return [f"/en/plans/{plan.plan_id}/map", f"/en/plans/{plan.plan_id}/producers/{producer}"]


def test_every_map_shows_them_and_who_approved_them(bounded, maps):
    for page in maps:
        text = signed_in(bounded).get(page).text

        assert 'data-boundaries="/boundaries.json"' in text
        assert "Boundaries: GS &lt;1&gt;" in text


def test_their_lines_are_read_from_one_address(bounded):
    assert signed_in(bounded).get("/boundaries.json").get_json() == {"lines": [LINE]}


def test_they_are_not_for_partners_or_who_is_not_signed_in(bounded):
    assert signed_in(bounded, Role.PARTNER, "anji").get("/boundaries.json").status_code == 403
    assert bounded.test_client().get("/boundaries.json").status_code != 200


def test_without_a_file_maps_say_that_they_are_points(client, maps):
    for page in maps:
        text = client.get(page).text
        assert "data-boundaries" not in text
        assert "Points are the coordinates of divisions, not boundaries." in text
    assert client.get("/boundaries.json").get_json() == {"lines": []}


def test_a_file_that_cannot_be_used_keeps_the_service_from_starting(tmp_path):
    with pytest.raises(BadInput):
        serving(tmp_path / "none.geojson")
