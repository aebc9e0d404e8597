"""A bundle as one document has the content of its files, and its faults have their places in it."""

import json

import pytest
from pydantic import ValidationError

from impact.bundles.plan_document import document_of
from impact.bundles.plans import plan_tables, read_plan, write_plan
from impact.bundles.read import read_bundle
from impact.bundles.whole.documents import EXAMPLE, BundleDocument, WholePlan
from impact.bundles.whole.packing import pack_bundle, pack_plan, unpack_plan, within_document
from impact.errors import BadInput, Issue
from impact.matching.solve import Limits, solve
from impact.reports.measures import measure
from impact.timing import Stopwatch
from impact.verify import false_claims


def packed(tmp_path, document):
    pack_bundle(BundleDocument.model_validate_json(json.dumps(document)), tmp_path / "bundle.zip")
    return read_bundle(tmp_path / "bundle.zip")


def test_a_document_is_the_bundle_of_the_same_files(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "problem.json").write_text(json.dumps(EXAMPLE["problem"]), "utf-8")
    (folder / "producers.csv").write_text(
        "producer_id,capacity,type\nhill,100,rural\ntown,100,urban\n", "utf-8"
    )
    (folder / "placements.csv").write_text("placement_id,supply,channel\nlive,100,livestream\n", "utf-8")
    links = "producer_id,placement_id,value,quality\nhill,live,0.5,0.9\ntown,live,1.0,0.5\n"
    (folder / "links.csv").write_text(links, "utf-8")

    assert packed(tmp_path, EXAMPLE).sha256 == read_bundle(folder).sha256


def test_what_is_left_out_is_unlimited_or_unknown(tmp_path):
    document = {
        **EXAMPLE,
        "producers": [{"producer_id": "hill", "type": "rural"}, {"producer_id": "town", "capacity": 7}],
    }

    problem = packed(tmp_path, document).problem

    assert problem.capacity.tolist() == [float("inf"), 7]
    assert problem.producer_attributes == {"type": ("rural", "")}


def test_odd_texts_stay_as_they_are(tmp_path):
    odd = 'a "b",\n\nc 茶'
    document = json.loads(json.dumps(EXAMPLE).replace('"hill"', json.dumps(odd)))

    assert odd in packed(tmp_path, document).problem.producer_ids


@pytest.mark.parametrize(
    ("change", "places"),
    [
        ({"links": [*EXAMPLE["links"], EXAMPLE["links"][0]]}, ["links[2].producer_id"]),
        ({"links": [{**EXAMPLE["links"][0], "producer_id": "lake"}]}, ["links[0].producer_id"]),
        ({"placements": [{"placement_id": "live", "supply": -1}]}, ["placements[0].supply"]),
        ({"producers": [{"producer_id": "hill", "": "x"}]}, ["producers"]),
        ({"producers": [{"producer_id": "hill", "tier": "1", "Tier": "2"}]}, ["producers.tier"]),
        ({"links": []}, ["links"]),
        ({"links": [{"placement_id": "live", "value": 1.0}]}, ["links[0].producer_id"]),
        ({"producers": [{"producer_id": "hill"}, {"producer_id": "hill"}]}, ["producers[1].producer_id"]),
    ],
)
def test_a_fault_has_its_place_in_the_document(tmp_path, change, places):
    with pytest.raises(BadInput) as refused:
        packed(tmp_path, {**EXAMPLE, **change})

    found = [within_document(issue, "#") for issue in refused.value.issues]
    assert {issue.file for issue in found} == {"#"}
    assert places[0] in [issue.column for issue in found]


def test_a_row_that_comes_again_is_told_by_its_number():
    told = within_document(Issue("id_repeated", "links.parquet", 9, "product_id", {"first_row": 2}), "#")

    assert (told.column, told.params) == ("links[7].product_id", {"first_row": 1})


@pytest.mark.parametrize(
    "row",
    [
        {"producer_id": "a", "tier": 1},
        {"producer_id": 7},
        {"producer_id": ""},
        {"producer_id": "a", "capacity": "7"},
    ],
)
def test_a_row_is_taken_as_it_is_written(row):
    with pytest.raises(ValidationError):
        BundleDocument.model_validate_json(json.dumps({**EXAMPLE, "producers": [row]}))


def test_a_plan_goes_through_a_document_and_still_verifies(tmp_path):
    given = packed(tmp_path, EXAMPLE)
    limits = Limits()
    plan = solve(given.problem, given.rules, limits)
    figures = measure(given.problem, plan.exposure).figures()
    document = document_of(plan, limits, given.sha256, figures)
    write_plan(tmp_path / "plan.zip", document, plan_tables(given.problem, plan), "csv", Stopwatch())

    whole = unpack_plan(tmp_path / "plan.zip")
    pack_plan(WholePlan.model_validate_json(whole.model_dump_json()), tmp_path / "again.zip")

    assert [(each.product_id, each.exposure) for each in whole.allocation] == [("hill", 30.0), ("town", 70.0)]
    assert list(false_claims(given, read_plan(tmp_path / "again.zip", given.problem))) == []
