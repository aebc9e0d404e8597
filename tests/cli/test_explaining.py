"""Asking why a plan is as it is, and for others nearly as good."""

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

CAP = {"id": "towns", "kind": "group_cap", "group": {"type": "urban"}, "at_most": 60}
CONFLICT = [
    {"id": "hills", "kind": "group_floor", "group": {"type": "rural"}, "at_least": 90},
    {"id": "no-hills", "kind": "group_cap", "group": {"type": "rural"}, "at_most": 10},
]


def invoke(*args, solver=None, lang="en"):
    return CliRunner().invoke(commands, ["--lang", lang, *map(str, args)], obj=solver)


def solved(tmp_path, *rules):
    bundle = folder_of(tmp_path / "bundle", problem=document_with(rules=list(rules)))
    assert invoke("solve", bundle, "--out", tmp_path / "plan").exit_code == 0
    return bundle, tmp_path / "plan"


def gave_up(problem, rules, limits, *, watch, **_):
    raise SolverFailed("abnormal")


def stopped_early(problem, rules, limits, *, watch, **_):
    plan = solve(problem, rules, limits, watch)
    return plan.__class__(**vars(plan) | {"status": Status.TIME_LIMIT})


def rows(file):
    with file.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_a_product_is_told_why_and_what_would_change_it(tmp_path):
    said = invoke("explain", *solved(tmp_path, CAP), "--product", "lamp", "--at-least", 70)

    assert said.exit_code == 0, said.output
    assert said.stdout.splitlines() == [
        "lamp has 60 exposures worth 60, of 80 it could have alone.",
        "It has some; below is what keeps it from more.",
        "  lamp @ live: 60; one more is worth 1.000 and would have to be worth 1.000. "
        "Held back by a rule: towns.",
        "Single changes that give it 70 or more, each tried by solving again:",
        "  limit of rule towns: 60 → 70 (60 is not enough); then it has 70, and the plan is worth 85",
        "Without it 30 of value is lost: others make good 50% of the 60 it earns.",
    ]


def test_a_product_that_gets_nothing_is_told_what_it_would_have_to_be_worth(tmp_path):
    bundle = folder_of(
        tmp_path / "bundle",
        problem=document_with(rules=[]),
        products="product_id,producer_id\ntea,hill\nlamp,town\n",
    )
    invoke("solve", bundle, "--out", tmp_path / "plan")

    said = invoke("explain", bundle, tmp_path / "plan", "--product", "tea", "--placement", "live")

    assert "tea @ live has 0 exposures" in said.stdout
    assert "Where it comes nearest, others are worth as much or more." in said.stdout
    assert "value of tea @ live: 0.500 → 1.001 (1 is not enough)" in said.stdout


def test_where_no_single_number_would_do_that_is_said(tmp_path):
    said = invoke("explain", *solved(tmp_path, CAP), "--producer", "hill", "--at-least", 1000)

    assert "No single number gives it 1,000. Tried by solving again: " in said.stdout


def test_a_rule_is_told_with_its_price_both_ways_and_who_pays(tmp_path):
    said = invoke("explain", *solved(tmp_path, CAP), "--rule", "towns")

    assert said.exit_code == 0, said.output
    assert said.stdout.splitlines()[:3] == [
        "towns costs 10 of value: 90 without it, 80 with it.",
        "  Eased from 60 to 80 it gains 10: 0.5 a unit, right all the way.",
        "  Tightened from 60 to 0 it loses 30: 0.5 a unit, right all the way.",
    ]
    assert "By producer, with the rule against without it:" in said.stdout
    assert "  town: -20 exposures, -20 of value" in said.stdout


@pytest.mark.slow
def test_json_says_the_same(tmp_path):
    bundle, plan = solved(tmp_path, CAP)

    product = json.loads(
        invoke("explain", bundle, plan, "--product", "lamp", "--at-least", 70, "--json").stdout
    )
    rule = json.loads(invoke("explain", bundle, plan, "--rule", "towns", "--json").stdout)

    assert product["subject"] == {"kind": "product", "id": "lamp", "placement": None}
    assert product["standing"]["verdict"] == "part"
    assert product["changes"]["found"][0] | {"not_enough": 60} == {
        "quantity": "limit",
        "of": "towns",
        "placement": None,
        "from": 60,
        "to": 70,
        "not_enough": 60,
        "exposure": pytest.approx(70),
        "worth": pytest.approx(85),
    }
    assert (product["removal"]["lost"], product["removal"]["earned"]) == (pytest.approx(30), 60)
    assert rule["rule"]["gained"] == {
        "per_unit": pytest.approx(0.5),
        "to": pytest.approx(80),
        "worth": pytest.approx(90),
        "holds": True,
    }
    assert {payer["attribute"] for payer in rule["rule"]["payers"]} == {"producer", "type"}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("asked", [("--product", "tea"), ("--producer", "town"), ("--rule", "towns")])
def test_both_languages_explain(tmp_path, lang, asked):
    said = invoke("explain", *solved(tmp_path, CAP), *asked, lang=lang)

    assert said.exit_code == 0, said.output
    assert any("一" <= letter <= "鿿" for letter in said.stdout) == (lang == "zh")


@pytest.mark.parametrize(
    ("asked", "code", "why"),
    [
        ((), "option_not_valid", "about nobody"),
        (("--product", "tea", "--rule", "towns"), "option_not_valid", "about two at once"),
        (("--placement", "live"), "option_not_valid", "a placement alone"),
        (("--product", "silk"), "id_not_there", "no such product"),
        (("--producer", "tea"), "id_not_there", "a product is no producer"),
        (("--rule", "hills"), "rule_not_there", "no such rule"),
        (("--product", "tea", "--seconds", "0"), "option_not_valid", "no time at all"),
    ],
)
def test_what_cannot_be_asked_is_refused(tmp_path, asked, code, why):
    said = invoke("explain", *solved(tmp_path, CAP), *asked)

    assert (said.exit_code, json.loads(said.stderr)["errors"][0]["code"]) == (2, code), why


def test_a_plan_that_does_not_hold_is_not_explained(tmp_path):
    bundle, plan = solved(tmp_path, CAP)
    (plan / "allocation.csv").write_text("product_id,placement_id,exposure\nlamp,live,80\n", "utf-8")

    said = invoke("explain", bundle, plan, "--product", "tea")

    assert said.exit_code == 1
    assert "towns" in said.stdout


def test_a_conflict_is_no_plan_to_explain(tmp_path):
    bundle = folder_of(tmp_path / "bundle", problem=document_with(rules=CONFLICT))
    invoke("solve", bundle, "--out", tmp_path / "plan")

    said = invoke("explain", bundle, tmp_path / "plan", "--product", "tea")

    assert (said.exit_code, json.loads(said.stderr)["errors"][0]["code"]) == (2, "no_plan_to_check")


@pytest.mark.parametrize("solver", [gave_up, stopped_early])
def test_what_could_not_be_solved_again_is_not_claimed(tmp_path, solver):
    said = invoke("explain", *solved(tmp_path, CAP), "--product", "tea", solver=solver)

    assert said.exit_code == 5
    assert "Single changes" not in said.stdout


@pytest.mark.slow
def test_alternatives_are_plans_that_verify(tmp_path):
    bundle, _ = solved(tmp_path, CAP)
    out = tmp_path / "choice"

    said = invoke("alternatives", bundle, "--count", 2, "--within", 0.05, "--out", out)

    head = json.loads((out / "alternatives.json").read_text("utf-8"))
    assert said.exit_code == 0, said.output
    assert [line["plan"] for line in head["plans"]] == ["plan-1", "plan-2"]
    assert head["plans"][1]["share_of_best"] >= 0.95 - 1e-9
    assert head["plans"][1]["from_best"] > 0
    for line in head["plans"]:
        verified = invoke("verify", bundle, out / line["plan"])
        assert verified.exit_code == 0, verified.stderr
    paid = [row for row in rows(out / "payers.csv") if row["plan"] == "plan-2"]
    assert sum(float(row["worth_change"]) for row in paid) == pytest.approx(
        head["plans"][1]["worth"] - head["plans"][0]["worth"]
    )
    assert "plan-2: value " in said.stdout


def test_where_there_is_but_one_plan_that_is_said(tmp_path):
    bundle, _ = solved(tmp_path, CAP)

    said = invoke("alternatives", bundle, "--within", 0, "--out", tmp_path / "choice")

    assert "No other plan that differs was found: there is 1." in said.stdout


@pytest.mark.parametrize(
    ("rules", "solver", "status"), [(CONFLICT, None, 3), ([CAP], gave_up, 5), ([CAP], stopped_early, 4)]
)
def test_alternatives_say_how_the_search_ended(tmp_path, rules, solver, status):
    bundle = folder_of(tmp_path / "bundle", problem=document_with(rules=rules))

    said = invoke("alternatives", bundle, "--out", tmp_path / "choice", solver=solver)

    assert said.exit_code == status
    assert (tmp_path / "choice").exists() == (status == 4)


@pytest.mark.parametrize("out", ["choice.zip", "taken"])
def test_alternatives_are_written_to_a_folder_of_their_own(tmp_path, out):
    bundle, _ = solved(tmp_path, CAP)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "thesis.doc").write_text("three years of work")

    assert invoke("alternatives", bundle, "--out", tmp_path / out).exit_code == 2
