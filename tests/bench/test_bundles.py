"""The bundles of bench/bundles, from end to end: what their README says of them holds."""

import json
import re

import pytest
from click.testing import CliRunner

from impact.cli import commands
from impact.config import ROOT

BUNDLES = ROOT / "bench/bundles"
ROW = re.compile(r"^\| `(\w+)` \| .* \| (\S+) \| (\S+) \| (\S+) \|$", re.MULTILINE)
TOLD = {name: figures for name, *figures in ROW.findall((BUNDLES / "README.md").read_text("utf-8"))}
SOLVABLE = {name: tuple(map(float, figures)) for name, figures in TOLD.items() if figures != ["–"] * 3}
NO_RULE = {"promised", "saturation", "owed", "spread_least", "spread_gini", "spread_alpha"}
"""What these show is not a kind of rule."""
NEARLY = {"spread_alpha": 0.03}
"""A curve is flat at its top: where the worth is as close as asked, exposures are this close."""


def run(*args):
    return CliRunner().invoke(commands, ["--lang", "en", *map(str, args)])


@pytest.fixture(scope="module", params=SOLVABLE)
def solved(request, tmp_path_factory):
    plan = tmp_path_factory.mktemp(request.param) / "plan"
    return request.param, plan, run("solve", BUNDLES / request.param, "--out", plan)


def test_the_readme_tells_of_every_bundle():
    assert set(TOLD) == {path.name for path in BUNDLES.iterdir() if path.is_dir()}


def test_rule_bundles_are_named_after_their_rule():
    for name in SOLVABLE.keys() - NO_RULE:
        (rule,) = json.loads((BUNDLES / name / "problem.json").read_text("utf-8"))["rules"]
        assert rule["kind"] == name


def test_a_bundle_is_solved_to_the_worth_found_by_hand(solved):
    name, plan, ended = solved
    hill, town, worth = SOLVABLE[name]

    lines = (plan / "allocation.csv").read_text("utf-8").splitlines()[1:]
    given = {line.split(",")[0]: float(line.split(",")[2]) for line in lines}

    assert ended.exit_code == 0
    assert json.loads((plan / "plan.json").read_text("utf-8"))["objective"] == pytest.approx(
        worth, rel=1e-4 if name in NEARLY else None
    )
    assert given == pytest.approx({"hill": hill, "town": town}, rel=NEARLY.get(name))


def test_a_plan_of_a_bundle_is_verified(solved):
    name, plan, _ = solved

    assert run("verify", BUNDLES / name, plan).exit_code == 0


def test_rules_that_conflict_are_named_and_the_conflict_is_verified(tmp_path):
    plan = tmp_path / "plan"

    ended = run("solve", BUNDLES / "conflict", "--out", plan)

    assert ended.exit_code == 3
    conflict = json.loads((plan / "plan.json").read_text("utf-8"))["conflict"]
    assert set(conflict["rules"]) == {"rural-floor", "lock-town"}
    assert run("verify", BUNDLES / "conflict", plan).exit_code == 0
