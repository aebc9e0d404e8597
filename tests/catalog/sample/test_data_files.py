"""The files, the page that describes them and the notice of their sources agree."""

import csv
import re

import pytest

NOTICE = "NOTICE"
ASSUMED = (
    "demand/interests.csv",
    "demand/channels.csv",
    "demand/lexicon.csv",
    "demand/keywords.csv",
    "demand/plausible.csv",
    "demo/assumptions.csv",
    "demo/kinds.csv",
)
TEST_ONLY = ("terrain_relief", "partner_files")


@pytest.fixture(scope="module")
def files(data):
    return sorted(
        str(path.relative_to(data)) for path in data.rglob("*") if path.is_file() and path.name != "README.md"
    )


@pytest.fixture(scope="module")
def described(data):
    page = (data / "README.md").read_text("utf-8")
    return dict(re.findall(r"^\| (\w+/\S+) \| (\S+) \|", page, flags=re.MULTILINE))


def test_the_page_describes_the_files_that_are_there(files, described):
    assert sorted(described) == files


def test_the_page_counts_rows_rightly(data, described):
    for name, rows in described.items():
        if name.endswith(".csv"):
            with (data / name).open(encoding="utf-8", newline="") as file:
                assert int(rows) == sum(1 for _ in csv.DictReader(file)), name


def test_the_notice_names_a_source_for_every_file(data, files):
    notice = (data.parents[1] / NOTICE).read_text("utf-8")

    assert [name for name in files if name not in notice] == []


def test_nothing_meant_for_tests_alone_is_shipped(files):
    assert not [name for name in files if any(word in name for word in TEST_ONLY)]


def test_files_are_utf8_with_plain_line_ends(data, files):
    for name in files:
        content = (data / name).read_bytes()
        assert b"\r" not in content, name
        content.decode("utf-8")


def test_assumptions_say_what_they_rest_on(data, files):
    for name in ASSUMED:
        with (data / name).open(encoding="utf-8", newline="") as file:
            assert {row["basis"] for row in csv.DictReader(file)} <= {"real", "derived", "assumed"}, name
