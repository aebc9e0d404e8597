"""Plans held to best levels, as their files state them: nothing about the levels is taken on trust."""

import csv
import json
import shutil

import pytest
from click.testing import CliRunner

from impact.cli import commands
from impact.config import ROOT

BUNDLE = ROOT / "bench/bundles/max_min"


def invoke(*args):
    return CliRunner().invoke(commands, ["--lang", "en", *map(str, args)])


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    plan = tmp_path_factory.mktemp("levels") / "plan"
    assert invoke("solve", BUNDLE, "--out", plan).exit_code == 0
    return plan


@pytest.fixture
def plan(solved, tmp_path):
    return shutil.copytree(solved, tmp_path / "plan")


def change(file, old, new):
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_the_best_level_and_what_shows_it_are_written(plan):
    document = json.loads((plan / "plan.json").read_text("utf-8"))
    shown = list(csv.DictReader((plan / "levels.csv").open(encoding="utf-8")))

    assert document["levels"] == [{"rule": "max-min", "best": pytest.approx(0.5), "unsettled": 0}]
    assert [row["product_id"] for row in shown] == ["hill", "town"]
    assert [float(row["exposure"]) for row in shown] == pytest.approx([50, 50])
    assert invoke("verify", BUNDLE, plan).exit_code == 0


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        (
            "prices.csv",
            "max-min:1:supply,live,1.0",
            "max-min:1:supply,live,1.5",
            "a weaker proof, a higher level",
        ),
        (
            "prices.csv",
            "max-min:1:supply,live,1.0",
            "max-min:1:supply,live,0.5",
            "a proof that proves nothing",
        ),
        (
            "prices.csv",
            "max-min:1:max-min,hill,-1.0",
            "max-min:1:max-min,hill,1.0",
            "the hill weighed backwards",
        ),
        ("prices.csv", "max-min:1:", "max-min:one:", "no proof at all"),
        ("levels.csv", "town", "hill", "one link twice"),
        ("levels.csv", "max-min,hill", "even,hill", "half of it shown for another rule"),
        ("levels.csv", "hill,live,", "hill,live,1", "more than the supply"),
    ],
)
def test_levels_tampered_with_do_not_verify(plan, file, old, new, why):
    change(plan / file, old, new)

    assert invoke("verify", BUNDLE, plan).exit_code != 0, why


def test_a_plan_without_the_exposures_that_show_its_level_does_not_verify(plan):
    (plan / "levels.csv").unlink()

    verified = invoke("verify", BUNDLE, plan)

    assert verified.exit_code == 1
    assert "best level" in verified.stderr


@pytest.mark.parametrize("levels", [[], [{"rule": "max-min", "best": 0.6}], [{"rule": "even", "best": 0.5}]])
def test_a_level_told_falsely_is_found(plan, levels):
    document = json.loads((plan / "plan.json").read_text("utf-8"))
    (plan / "plan.json").write_text(json.dumps({**document, "levels": levels}), "utf-8")

    verified = invoke("verify", BUNDLE, plan)

    assert (verified.exit_code, "levels.max-min" in verified.stderr) == (1, True)
