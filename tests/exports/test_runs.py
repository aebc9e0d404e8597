"""A run is verified by whoever takes it away, with nothing but the command."""

import zipfile
from dataclasses import replace

import pytest
from click.testing import CliRunner
from shelves import valley

from impact.bundles.runs import RUN_FILES
from impact.cli import commands
from impact.exports.runs import asked_of, write_run
from impact.matching.plan import Status
from impact.matching.solve import Limits


def verified(*paths):
    return CliRunner().invoke(commands, ["verify", *map(str, paths)])


def test_a_run_is_verified_as_it_is(tmp_path):
    write_run(valley(), tmp_path / "run.zip")

    assert verified(tmp_path / "run.zip").exit_code == 0


def test_the_parts_of_a_run_are_verified_too(tmp_path):
    write_run(valley(), tmp_path / "run.zip")
    with zipfile.ZipFile(tmp_path / "run.zip") as archive:
        assert sorted(archive.namelist()) == sorted(RUN_FILES)
        archive.extractall(tmp_path / "run")

    assert verified(tmp_path / "run").exit_code == 0
    assert verified(*(tmp_path / "run" / name for name in RUN_FILES)).exit_code == 0


def test_a_run_whose_plan_claims_too_much_is_found_out(tmp_path):
    boasting = replace(valley(), plan=replace(valley().plan, worth=valley().plan.worth * 2))
    write_run(boasting, tmp_path / "run.zip")

    assert verified(tmp_path / "run.zip").exit_code == 1


@pytest.mark.parametrize(("gap", "asked"), [(0.0, Limits().gap), (0.02, 0.02)])
def test_a_plan_was_asked_to_come_as_close_as_it_is_at_least(gap, asked):
    kept = replace(valley(), plan=replace(valley().plan, status=Status.WITHIN_GAP, gap=gap, seed=7))

    assert (asked_of(kept).gap, asked_of(kept).seed) == (asked, 7)


def test_what_is_no_run_is_refused_by_name(tmp_path):
    (tmp_path / "run.zip").write_bytes(b"nothing")

    answer = verified(tmp_path / "run.zip")

    assert answer.exit_code == 2
    assert "run.zip" in answer.stderr
