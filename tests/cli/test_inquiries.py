"""Asking whether rules can hold together, and what one of them costs."""

import csv
import json

import pytest
from bundles.folders import document_with, folder_of
from click.testing import CliRunner

from impact.cli import commands
from impact.errors import SolverFailed
from impact.matching.plan import Status
from impact.matching.solve import solve

pytestmark = pytest.mark.slow

FLOOR = {"id": "rural-floor", "kind": "group_floor", "group": {"type": "rural"}, "at_least": 90}
CAP = {"id": "no-hills", "kind": "group_cap", "group": {"type": "rural"}, "share": 0.1, "of": "supply"}
TOWN = {"id": "town", "kind": "group_floor", "group": {"type": "urban"}, "at_least": 20}
IMPOSSIBLE = (
    "Impossible: rural-floor, no-hills contradict each other: the floor asks for 90 exposures, "
    "the cap leaves 10. Move one of them."
)


def invoke(*args, solver=None, lang="en"):
    return CliRunner().invoke(commands, ["--lang", lang, *map(str, args)], obj=solver)


def bundle_of(tmp_path, *rules):
    return folder_of(tmp_path / "bundle", problem=document_with(rules=list(rules)))


def gave_up(problem, rules, limits, *, watch):
    raise SolverFailed("abnormal")


def stopped_early(problem, rules, limits, *, watch, start=None):
    plan = solve(problem, rules, limits, watch, start=start)
    return plan.__class__(**vars(plan) | {"status": Status.TIME_LIMIT})


def rows(file):
    with file.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_rules_that_can_hold_together_end_with_0(tmp_path):
    said = invoke("diagnose", bundle_of(tmp_path, TOWN))

    assert (said.exit_code, said.stdout) == (0, "The rules can hold together.\n")


def test_a_conflict_ends_with_3_and_is_told_with_what_shows_before_solving_and_the_way_out(tmp_path):
    said = invoke("diagnose", bundle_of(tmp_path, FLOOR, CAP))

    assert said.exit_code == 3
    assert said.stdout.splitlines() == [
        IMPOSSIBLE,
        "The rules cannot hold together; this is proved.",
        "These rules cannot hold together: rural-floor, no-hills",
        "Smallest change (tried: then all rules hold):",
        "  rural-floor: move 90 to 10",
    ]


@pytest.mark.parametrize("command", ["diagnose", "solve"])
def test_what_cannot_be_from_sums_alone_is_told_before_anything_is_solved(tmp_path, capsys, command):
    told = []

    def looks(problem, rules, limits, *, watch, **_):
        told.extend(capsys.readouterr())
        raise SolverFailed("abnormal")

    out = ["--out", str(tmp_path / "plan")] if command == "solve" else []
    with pytest.raises(SystemExit):
        commands(["--lang", "en", command, str(bundle_of(tmp_path, FLOOR, CAP)), *out], obj=looks)

    assert IMPOSSIBLE in "".join(told)


def test_the_same_is_told_in_chinese(tmp_path):
    said = invoke("diagnose", bundle_of(tmp_path, FLOOR, CAP), lang="zh")

    assert "不可能：rural-floor, no-hills 互相矛盾" in said.stdout
    assert "rural-floor：从 90 改到 10" in said.stdout


def test_json_says_the_same(tmp_path):
    said = invoke("diagnose", bundle_of(tmp_path, FLOOR, CAP), "--json")

    document = json.loads(said.stdout)
    assert (said.exit_code, document["verdict"]) == (3, "conflict")
    assert [issue["code"] for issue in document["impossible"]] == ["group_floor_above_cap"]
    assert document["conflict"]["relaxations"] == [
        {
            "rule": "rural-floor",
            "row": "rural-floor",
            "from": 90,
            "to": 10,
            "way": "least_change",
            "verified": True,
        }
    ]


def test_no_plan_and_no_proof_end_with_5(tmp_path):
    said = invoke("diagnose", bundle_of(tmp_path, TOWN), solver=gave_up)

    assert said.exit_code == 5
    assert "abnormal" in said.stdout


def test_bad_input_ends_with_2(tmp_path):
    assert invoke("diagnose", tmp_path / "nowhere").exit_code == 2
    assert invoke("diagnose", bundle_of(tmp_path, TOWN), "--seconds", "0").exit_code == 2


def test_a_frontier_is_written_with_its_points_and_who_pays(tmp_path):
    out = tmp_path / "frontier"
    rural = {**FLOOR, "at_least": 10}

    ended = invoke(
        "frontier", bundle_of(tmp_path, rural, TOWN), "--rule", "rural-floor", "--points", 3, "--out", out
    )

    head = json.loads((out / "frontier.json").read_text("utf-8"))
    assert ended.exit_code == 0, ended.output
    assert (head["stated"], head["free"], head["end"], head["tightest"]) == (10, 20, 80, 100)
    assert set(head["against"]) == {"rural-floor", "town"}
    points = [(float(row["limit"]), float(row["worth"])) for row in rows(out / "points.csv")]
    assert points == [pytest.approx(pair) for pair in ((20, 90), (50, 75), (80, 60))]
    paid = [row for row in rows(out / "payers.csv") if row["value"] == "urban"]
    assert [float(row["exposure_change"]) for row in paid] == pytest.approx([0, -30, -60])
    assert "the most that can hold is 80" in ended.stdout


def test_a_frontier_among_rules_that_conflict_ends_with_3_and_writes_nothing(tmp_path):
    ended = invoke(
        "frontier", bundle_of(tmp_path, FLOOR, CAP, TOWN), "--rule", "town", "--out", tmp_path / "out"
    )

    assert ended.exit_code == 3
    assert "rural-floor, no-hills" in ended.stdout
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("solver", "status"), [(stopped_early, 4), (gave_up, 5)])
def test_a_frontier_says_how_its_points_ended(tmp_path, solver, status):
    asked = (
        "frontier",
        bundle_of(tmp_path, TOWN),
        "--rule",
        "town",
        "--points",
        2,
        "--out",
        tmp_path / "out",
    )

    assert invoke(*asked, solver=solver).exit_code == status


def test_a_rule_that_is_not_there_is_refused(tmp_path):
    ended = invoke("frontier", bundle_of(tmp_path, TOWN), "--rule", "city", "--out", tmp_path / "out")

    assert ended.exit_code == 2
    assert json.loads(ended.stderr)["errors"][0]["code"] == "rule_not_there"
