"""A spread from the command line: solved, verified, swept, and asked about."""

import csv
import json

import pytest
from bundles.folders import document_with, folder_of
from click.testing import CliRunner

from impact.cli import commands

TERMS = [
    {"id": "log", "alpha": 1, "weight": 10},
    {"id": "ranks", "weights": [2, 1], "weight": 3, "over": "product"},
]


def invoke(*args, lang="en"):
    return CliRunner().invoke(commands, ["--lang", lang, *map(str, args)])


def solved(tmp_path, spread=TERMS):
    producers = "producer_id,capacity,type,owed\nhill,100,rural,5\ntown,100,urban,-5\n"
    bundle = folder_of(tmp_path / "bundle", problem=document_with(spread=spread), producers=producers)
    assert invoke("solve", bundle, "--out", tmp_path / "plan").exit_code == 0
    return bundle, tmp_path / "plan"


def test_value_and_what_each_spread_is_worth_add_up_to_the_objective(tmp_path):
    _, plan = solved(tmp_path)

    said = json.loads((plan / "plan.json").read_text("utf-8"))

    parts = said["measures"]["welfare"]
    assert set(parts) == {"log", "ranks"}
    assert said["objective"] == pytest.approx(said["measures"]["value"] + sum(parts.values()))


def test_a_plan_with_spreads_verifies_and_a_false_part_does_not(tmp_path):
    bundle, plan = solved(tmp_path)
    assert invoke("verify", bundle, plan).exit_code == 0

    said = json.loads((plan / "plan.json").read_text("utf-8"))
    said["measures"]["welfare"]["log"] += 1.0
    (plan / "plan.json").write_text(json.dumps(said), "utf-8")

    refused = invoke("verify", bundle, plan)
    assert refused.exit_code == 1
    assert "welfare.log" in refused.stderr


def test_a_plan_does_not_verify_for_another_debt(tmp_path):
    bundle, plan = solved(tmp_path)
    table = bundle / "producers.csv"
    table.write_text(table.read_text("utf-8").replace(",5\n", ",50\n"), "utf-8")

    assert invoke("verify", bundle, plan).exit_code == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_weight_of_one_of_several_is_swept(tmp_path, lang):
    bundle, _ = solved(tmp_path)

    said = invoke("frontier", bundle, "--rule", "ranks", "--points", 4, "--out", tmp_path / "out", lang=lang)

    assert said.exit_code == 0, said.output
    with (tmp_path / "out/points.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    worth = [float(row["worth"]) - float(row["value"]) - float(row["welfare"]) for row in rows]
    assert len(rows) == 4
    assert worth == pytest.approx([0] * 4, abs=1e-6)


def test_a_spread_has_no_price_to_explain(tmp_path):
    said = invoke("explain", *solved(tmp_path), "--rule", "log")

    assert (said.exit_code, json.loads(said.stderr)["errors"][0]["code"]) == (2, "spread_without_price")


def test_rules_are_diagnosed_beside_a_spread(tmp_path):
    impossible = {"id": "all", "kind": "group_floor", "group": {"type": "rural"}, "at_least": 90}
    cap = {"id": "few", "kind": "group_cap", "group": {"type": "rural"}, "at_most": 20}
    bundle = folder_of(
        tmp_path / "bundle",
        problem=document_with(spread=TERMS, rules=[impossible, cap]),
        producers="producer_id,capacity,type\nhill,100,rural\ntown,100,urban\n",
    )

    ended = invoke("solve", bundle, "--out", tmp_path / "plan")

    said = json.loads((tmp_path / "plan/plan.json").read_text("utf-8"))
    assert ended.exit_code == 3
    assert set(said["conflict"]["rules"]) == {"all", "few"}
    assert invoke("verify", bundle, tmp_path / "plan").exit_code == 0
