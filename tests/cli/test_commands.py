"""Every way a command can end, and what it leaves behind."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from bundles.folders import document_with, folder_of
from click.testing import CliRunner

from impact.cli import commands
from impact.errors import SolverFailed
from impact.matching.plan import Status
from impact.matching.solve import solve
from impact.timing import never

pytestmark = pytest.mark.slow

FLOOR = {"id": "rural-floor", "kind": "group_floor", "group": {"type": "rural"}, "share": 0.9}
CAP = {"id": "no-hills", "kind": "group_cap", "group": {"type": "rural"}, "share": 0.1}
SOME = {"id": "some", "kind": "producer_floor", "of_capacity": 0.05}


def invoke(*args, solver=None, lang="en"):
    return CliRunner().invoke(commands, ["--lang", lang, *map(str, args)], obj=solver)


def run(*args) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "impact", *map(str, args)], capture_output=True, text=True, check=False
    )


def stopped_early(problem, rules, limits, *, watch):
    plan = solve(problem, rules, limits, watch)
    return plan.__class__(**vars(plan) | {"status": Status.TIME_LIMIT})


def gave_up(problem, rules, limits, *, watch):
    raise SolverFailed("abnormal")


def interrupted(solver):
    """Press Ctrl-C while `solver` is at work; it hears of it, and nothing else ends."""

    def pressed(problem, rules, limits, *, watch):
        assert not limits.cancelled()
        os.kill(os.getpid(), signal.SIGINT)
        assert limits.cancelled()
        return solver(problem, rules, limits, watch=watch)

    return pressed


def kept_so_far(problem, rules, limits, *, watch):
    return stopped_early(problem, rules, replace(limits, cancelled=never), watch=watch)


def written(plan: Path) -> dict:
    return json.loads((plan / "plan.json").read_text("utf-8"))


def test_a_solved_bundle_ends_with_0_and_a_plan_that_verifies(tmp_path):
    bundle, plan = folder_of(tmp_path / "bundle"), tmp_path / "plan"

    solved, verified = run("solve", bundle, "--out", plan), run("verify", bundle, plan)

    assert (solved.returncode, verified.returncode) == (0, 0), solved.stderr + verified.stderr
    assert (written(plan)["status"], written(plan)["objective"]) == ("optimal", pytest.approx(85))
    assert (
        plan / "allocation.csv"
    ).read_text() == "product_id,placement_id,exposure\nlamp,live,70.0\ntea,live,30.0\n"
    assert "最优" in solved.stdout


def test_bad_input_ends_with_2_and_a_problem_document_that_names_the_place(tmp_path):
    bundle = folder_of(tmp_path / "bundle", links="product_id,placement_id,value\ntea,live,约12\n")

    refused = run("solve", bundle, "--out", tmp_path / "plan")

    (error,) = json.loads(refused.stderr)["errors"]
    assert refused.returncode == 2
    assert (error["code"], error["file"], error["row"], error["column"]) == (
        "not_a_number",
        "links.csv",
        2,
        "value",
    )
    assert not (tmp_path / "plan").exists()


def test_a_proved_conflict_ends_with_3_and_its_diagnosis(tmp_path):
    bundle = folder_of(tmp_path / "bundle", problem=document_with(rules=[FLOOR, CAP, SOME]))

    refused = run("solve", bundle, "--out", tmp_path / "plan")

    plan = written(tmp_path / "plan")
    assert refused.returncode == 3, refused.stderr
    assert plan["status"] == "infeasible"
    assert set(plan["conflict"]["rules"]) == {"rural-floor", "no-hills", "some"}
    assert not (tmp_path / "plan" / "allocation.csv").exists()


def test_a_plan_found_before_the_time_was_up_ends_with_4(tmp_path):
    ended = invoke("solve", folder_of(tmp_path / "b"), "--out", tmp_path / "plan", solver=stopped_early)

    assert ended.exit_code == 4, ended.output
    assert written(tmp_path / "plan")["status"] == "time_limit"
    assert "Stopped early" in ended.stdout


def test_a_solver_that_gave_up_ends_with_5_and_never_with_a_plan(tmp_path):
    ended = invoke("solve", folder_of(tmp_path / "b"), "--out", tmp_path / "plan", solver=gave_up)

    assert ended.exit_code == 5
    assert written(tmp_path / "plan")["warnings"] == [
        {"code": "solver_failed", "params": {"status": "abnormal"}}
    ]
    assert invoke("verify", tmp_path / "b", tmp_path / "plan").exit_code == 1


@pytest.mark.parametrize(("solver", "exit_code"), [(kept_so_far, 4), (gave_up, 130)])
def test_ctrl_c_ends_with_the_plan_so_far_or_as_an_interrupt(tmp_path, solver, exit_code):
    before = signal.getsignal(signal.SIGINT)

    ended = invoke("solve", folder_of(tmp_path / "b"), "--out", tmp_path / "plan", solver=interrupted(solver))

    assert ended.exit_code == exit_code, ended.output
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(
    ("args", "code", "why"),
    [
        (["--engine", "cluster"], "engine_not_available", "it comes later"),
        (["--engine", "magic"], "option_not_valid", "no such engine"),
        (["--seconds", "0"], "option_not_valid", "no time at all"),
        (["--seconds", "nan"], "option_not_valid", "not a number of seconds"),
        (["--gap", "1.5"], "option_not_valid", "a gap is a share"),
        (["--seed", "-1"], "option_not_valid", "a seed is not negative"),
        (["--sed", "1"], "option_not_valid", "a slip for --seed"),
    ],
)
def test_an_option_that_cannot_be_used_ends_with_2(tmp_path, args, code, why):
    ended = invoke("solve", folder_of(tmp_path / "b"), "--out", tmp_path / "plan", *args)

    assert ended.exit_code == 2, why
    assert json.loads(ended.stderr)["errors"][0]["code"] == code
    assert not (tmp_path / "plan").exists()


def test_a_command_nobody_knows_ends_with_2():
    assert invoke("divine").exit_code == 2


def test_a_foreign_folder_is_never_written_over(tmp_path):
    (tmp_path / "thesis.doc").write_text("three years of work")

    ended = invoke("solve", folder_of(tmp_path / "b"), "--out", tmp_path)

    assert (ended.exit_code, (tmp_path / "thesis.doc").exists()) == (2, True)
    assert "out_taken" in ended.stderr


def test_solving_again_writes_the_same_bytes(tmp_path):
    bundle = folder_of(tmp_path / "b")
    for out in ("one", "two", "one"):
        invoke("solve", bundle, "--out", tmp_path / out)

    for name in ("allocation.csv", "prices.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_plan_may_be_one_zip(tmp_path):
    bundle = folder_of(tmp_path / "b")

    invoke("solve", bundle, "--out", tmp_path / "plan.zip")

    assert invoke("verify", bundle, tmp_path / "plan.zip").exit_code == 0


def test_the_seed_is_the_bundles_own_unless_another_is_given(tmp_path):
    bundle = folder_of(tmp_path / "b", problem=document_with(seed=7))

    invoke("solve", bundle, "--out", tmp_path / "own")
    invoke("solve", bundle, "--out", tmp_path / "other", "--seed", "9")

    assert (written(tmp_path / "own")["seed"], written(tmp_path / "other")["seed"]) == (7, 9)


def _figure(name, value):
    return lambda plan: plan | {name: value}


def _measure(name, value):
    return lambda plan: plan | {"measures": plan["measures"] | {name: value}}


def _rule(name, value):
    return lambda plan: {**plan, "rules": [{**plan["rules"][0], name: value}]}


@pytest.mark.parametrize(
    ("change", "said", "why"),
    [
        (_figure("objective", 90.0), "claims a value of 90.000", "more value than there is"),
        (_figure("bound", 80.0), "claims a bound of 80.000", "a bound below what is proved"),
        (_figure("gap", 0.5), "claims a gap of 0.500", "not even its own figures give it"),
        (_figure("max_violation", 0.5), "max_violation", "worse than it is"),
        (_figure("input_sha256", "0" * 64), "another input", "a plan of something else"),
        (_measure("gini", 0.9), "gini", "a false measure"),
        (_measure("served_share", 0.5), "served_share", "a false measure"),
        (_measure("group_shares", {}), "group_shares", "measures left out"),
        (_rule("price", 1.0), "rules.rural-floor.price", "a cheaper rule"),
        (_rule("slack", 0.1), "rules.rural-floor.slack", "room that is not there"),
        (_rule("tightest", "nobody"), "rural-floor", "a row that is not there"),
        (lambda plan: {**plan, "rules": []}, "rural-floor", "rules left out"),
    ],
)
def test_a_false_claim_is_found_and_named(tmp_path, change, said, why):
    bundle, plan = folder_of(tmp_path / "b"), tmp_path / "plan"
    invoke("solve", bundle, "--out", plan)
    (plan / "plan.json").write_text(json.dumps(change(written(plan))), "utf-8")

    verified = invoke("verify", bundle, plan)

    assert (verified.exit_code, said in verified.stderr) == (1, True), (why, verified.stderr)


@pytest.mark.parametrize(
    ("file", "old", "new", "exit_code", "why"),
    [
        ("allocation.csv", "tea,live,30.0", "tea,live,20.0", 1, "the floor no longer holds"),
        ("allocation.csv", "lamp,live,70.0", "lamp,live,75.0", 1, "more than the supply"),
        ("prices.csv", "0.85", "0.05", 1, "the bound is no longer proved"),
        ("allocation.csv", "tea,live,30.0", "tea,mall,30.0", 2, "no such link"),
        ("allocation.csv", "30.0", "-30.0", 2, "less than nothing"),
        ("allocation.csv", "lamp", "tea", 2, "one link twice"),
        ("plan.json", '"status": "optimal"', '"status": "perfect"', 2, "no such status"),
        ("plan.json", '"status": "optimal"', '"status": "infeasible"', 2, "a plan that cannot be"),
    ],
)
def test_files_tampered_with_do_not_verify(tmp_path, file, old, new, exit_code, why):
    bundle, plan = folder_of(tmp_path / "b"), tmp_path / "plan"
    invoke("solve", bundle, "--out", plan)
    (plan / file).write_text((plan / file).read_text("utf-8").replace(old, new), "utf-8")

    assert invoke("verify", bundle, plan).exit_code == exit_code, why


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("rules", [[], [FLOOR], [FLOOR, CAP, SOME]])
def test_the_summary_speaks_both_languages(tmp_path, lang, rules):
    bundle = folder_of(tmp_path / "b", problem=document_with(rules=rules))

    ended = invoke("solve", bundle, "--out", tmp_path / "plan", lang=lang)

    assert str(tmp_path / "plan") in ended.stdout
    assert ("状态" in ended.stdout) == (lang == "zh")


def test_a_proved_conflict_verifies_and_a_claimed_one_does_not(tmp_path):
    bundle, plan = (
        folder_of(tmp_path / "b", problem=document_with(rules=[FLOOR, CAP, SOME])),
        tmp_path / "plan",
    )

    assert invoke("solve", bundle, "--out", plan).exit_code == 3
    assert invoke("verify", bundle, plan).exit_code == 0
    (plan / "prices.csv").write_text("rule,row,dual\n", "utf-8")
    claimed = invoke("verify", bundle, plan)

    assert (claimed.exit_code, "not proved" in claimed.stderr) == (1, True)


def test_a_person_at_a_terminal_is_told_in_words_and_a_program_by_a_document(tmp_path):
    asked = [sys.executable, "-m", "impact", "--lang", "en", "verify", tmp_path / "none", tmp_path]
    read, write = os.openpty()
    at_terminal = subprocess.run(asked, stderr=write, check=False)
    os.close(write)
    piped = subprocess.run(asked, stderr=subprocess.PIPE, text=True, check=False)

    told = os.read(read, 4096).decode()
    document = json.loads(piped.stderr)
    assert (at_terminal.returncode, piped.returncode) == (2, 2)
    assert told.strip().endswith(document["errors"][0]["detail"]) and "{" not in told
