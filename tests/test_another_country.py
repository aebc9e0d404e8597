"""Another country's divisions, from a table: resolved, measured, linked, listed, planned and checked."""

import json
import os
import subprocess
import sys

import pytest
from countries import PROGRAMME, lay_out
from geopy.distance import geodesic
from listings import NAMING

from impact.catalog.checking.examine import Findings, Nothing
from impact.catalog.differences import Outcome
from impact.catalog.listed.join import with_listings
from impact.catalog.listed.norms import read_norms
from impact.catalog.sample.load import load_sample
from impact.errors import BadInput
from impact.intake import Asked, open_intake
from impact.matching.plan import Status
from impact.model import Level
from impact.pipeline import link, run, with_belts
from impact.programmes.reading import read_programme
from impact.reference import read_reference
from impact.regions.distances import distances_km
from impact.regions.gazetteer import Gazetteer
from impact.regions.geocoder import GazetteerGeocoder


@pytest.fixture(scope="module")
def folder(data, tmp_path_factory):
    return lay_out(data, tmp_path_factory.mktemp("country") / "data")


@pytest.fixture(scope="module")
def country(folder):
    return with_belts(load_sample(folder))


@pytest.fixture(scope="module")
def geocoder(country):
    return GazetteerGeocoder(Gazetteer(country.regions, country.former_names))


def test_levels_follow_from_parents(country):
    levels = {region.adcode: region.level for region in country.regions}

    assert levels["NM-N"] is Level.PROVINCE
    assert levels["NM-N-1"] is Level.PREFECTURE
    assert levels["NM-N-1A"] is Level.COUNTY
    assert {region.province for region in country.regions} == {"NM-N", "NM-S"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Birchford", "NM-N-1A"),
        ("Northmark Newton", "NM-N-1B"),
        ("newton, lower vale, südmark", "NM-S-1A"),
        ("Sudmark Newton", "NM-S-1A"),
        ("Herring Bay, Sudmark", "NM-S-1B"),
        ("NM-S-1B", "NM-S-1B"),
        ("old birchford", "NM-N-1A"),
    ],
)
def test_its_places_are_found(geocoder, text, code):
    assert geocoder.geocode(text).raw["adcode"] == code


def test_a_name_borne_twice_is_ambiguous_there_too(geocoder):
    with pytest.raises(BadInput) as refused:
        geocoder.geocode("Newton")

    assert (
        refused.value.issues[0].params["candidates"]
        == "Northmark Upper Vale Newton, Südmark Lower Vale Newton"
    )


def test_its_places_are_as_far_apart_as_geopy_says(country):
    places = [region.place for region in country.regions]
    km = distances_km(places, places)

    for i, one in enumerate(places):
        for j, other in enumerate(places):
            assert abs(km[i, j] - geodesic((one.lat, one.lng), (other.lat, other.lng)).km) < 0.010


def test_its_producers_reach_its_consumers(country):
    graph = link(country, PROGRAMME["month"])

    assert len(graph.links) > 100
    assert {segment.region for segment in country.segments} == {"NM-N", "NM-S"}


def test_a_plan_over_it_is_proved_and_serves_the_north(folder, country):
    solved = run(country, read_programme(folder / "demo" / "programme.json"))

    assert solved.plan.status is Status.OPTIMAL
    home = {product.product_id: product.producer_id for product in country.products}
    regions = {producer.producer_id: producer.region for producer in country.producers}
    products = [country.products[i] for i in solved.graph.links.product_of]
    north = [regions[home[product.product_id]].startswith("NM-N") for product in products]
    assert solved.plan.exposure[north].sum() >= 0.4 * solved.plan.exposure.sum() * (1 - 1e-6)


class Empty(Nothing):
    """A partner that lists nothing yet."""

    def keys(self):
        return ()

    def capacities(self, regions):
        return {}


def test_a_partners_file_of_it_is_checked(folder, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(
        "Product,Place,Adcode,Latitude,Longitude\n"
        "Cheese,Birchford,,61.26,10.16\nHerring,,NM-S-1B,,\nWool,Newton,,,\nTar,Birchford,,58.2,9.4\n",
        "utf-8",
    )
    findings = Findings()

    changes = list(open_intake(file, Asked(), {}, read_reference(folder)).changes(Empty(), findings))

    assert [change.after.region for change in changes if change.after] == ["NM-N-1A", "NM-S-1B", "NM-N-1A"]
    assert findings.outcomes[Outcome.REJECTED] == 1
    assert [issue.code for issue in findings.errors] == ["place_ambiguous"]
    assert [issue.code for issue in findings.doubts] == ["coordinates_far"]


def test_what_a_partner_lists_of_it_is_planned_with_the_rest(folder, country, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("Product,Place,Monthly capacity\nMountain cheese,Birchford,3 t\n", "utf-8")
    changes = open_intake(file, Asked(), {}, read_reference(folder)).changes(Empty(), Findings())
    listings = [("north", change.after) for change in changes]

    joined = with_listings(country, listings, read_norms(folder), NAMING)

    assert joined.left_out == ()
    assert len(joined.catalog.products) == len(country.products) + 1
    solved = run(joined.catalog, read_programme(folder / "demo" / "programme.json"))
    assert solved.plan.status is Status.OPTIMAL


def test_one_setting_makes_the_commands_speak_of_it(folder):
    ended = subprocess.run(
        [sys.executable, "-m", "impact", "regions", "resolve", "--json", "Birchford"],
        env={**os.environ, "IMPACT_DATA": str(folder)},
        capture_output=True,
        check=True,
    )

    (found,) = json.loads(ended.stdout)
    assert (found["adcode"], found["name"]) == ("NM-N-1A", "Northmark Upper Vale Birchford")
