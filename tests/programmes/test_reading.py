"""A programme is read from its document, or refused field by field."""

import json
from pathlib import Path

import pytest

from impact.errors import BadInput, Issue
from impact.matching.rules import RULES
from impact.model import Programme
from impact.programmes.reading import read_programme

SAMPLE = Path(__file__).parents[2] / "static" / "data" / "demo" / "programme.json"
GOOD = {
    "format": "impact-programme/1",
    "programme_id": "autumn",
    "name": {"zh": "金秋", "en": "Autumn"},
    "month": 10,
    "rules": [{"id": "everyone", "kind": "producer_floor", "of_capacity": 0.05}],
    "seed": 7,
}


@pytest.fixture
def read(tmp_path):
    def written(document: object) -> Programme:
        file = tmp_path / "programme.json"
        file.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
        return read_programme(file)

    return written


def test_a_document_becomes_a_programme(read):
    assert read(GOOD) == Programme("autumn", "金秋", "Autumn", 10, (GOOD["rules"][0],), seed=7)


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ({"month": 13}, "field_not_valid", "month"),
        ({"month": "10"}, "field_not_valid", "month"),
        ({"name": {"zh": "金秋"}}, "field_missing", "name.en"),
        ({"name": {"zh": "金秋", "en": ""}}, "field_not_valid", "name.en"),
        ({"format": "impact-programme/2"}, "field_not_valid", "format"),
        ({"moon": "full"}, "field_unknown", "moon"),
        ({"rules": ["be kind"]}, "field_not_valid", "rules.0"),
        ({"seed": -1}, "field_not_valid", "seed"),
    ],
)
def test_a_bad_field_is_pointed_at(read, change, code, place):
    with pytest.raises(BadInput) as refusal:
        read({**GOOD, **change})

    assert [(issue.file, issue.code, issue.column) for issue in refusal.value.issues] == [
        ("programme.json", code, place)
    ]


@pytest.mark.parametrize(
    ("change", "params"),
    [
        ({"month": 13}, {"value": "13", "reason": "Input should be less than or equal to 12"}),
        ({"month": "10"}, {"value": "10", "reason": "Input should be a valid integer"}),
        ({"moon": "full"}, {}),
        ({"name": {"zh": "金秋"}}, {}),  # what is missing has no value
    ],
)
def test_a_bad_field_is_told_with_what_it_holds_and_what_it_should(read, change, params):
    with pytest.raises(BadInput) as refusal:
        read({**GOOD, **change})

    assert [issue.params for issue in refusal.value.issues] == [params]


def test_all_bad_fields_are_told_at_once(read):
    with pytest.raises(BadInput) as refusal:
        read({"format": "impact-programme/1"})

    assert [issue.column for issue in refusal.value.issues] == ["programme_id", "name", "month"]


def test_what_is_not_json_is_refused(read):
    with pytest.raises(BadInput) as refusal:
        read("{")

    (issue,) = refusal.value.issues
    assert (issue.code, issue.column) == ("not_json", None)
    assert issue.params["reason"].startswith("Invalid JSON: EOF while parsing an object")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadInput) as refusal:
        read_programme(tmp_path / "autumn.json")

    assert refusal.value.issues == (Issue("file_missing", file="autumn.json"),)


def test_the_sample_programme_asks_for_rules_that_the_engine_knows():
    programme = read_programme(SAMPLE)

    assert {rule.kind for rule in RULES.validate_python(programme.rules)} == {
        "group_floor",
        "group_cap",
        "producer_floor",
        "placement_cap",
        "quality_floor",
    }
    assert programme.month == 10
