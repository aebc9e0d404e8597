"""Debts from one cycle to the next: written after a plan, put into the next bundle, counted there."""

import csv
import json

import pytest
from bundles.folders import folder_of
from click.testing import CliRunner

from impact.bundles.read import read_bundle
from impact.bundles.tables.loading import database
from impact.cli import commands

EVEN = {"format": "impact-problem/1", "spread": {"alpha": 1, "weight": 50}}


def invoke(*args):
    return CliRunner().invoke(commands, ["--lang", "en", *map(str, args)])


def cycle(folder, owed):
    """Solve one cycle in `folder`, with what the ones before left producers short of; return its debts."""
    table = "producer_id,capacity,owed\n" + "".join(
        f"{name},100,{amount!r}\n" for name, amount in owed.items()
    )
    bundle = folder_of(folder / "bundle", problem=json.dumps(EVEN), producers=table)
    solved = invoke("solve", bundle, "--out", folder / "plan", "--owed", folder / "owed.csv")
    assert solved.exit_code == 0, solved.output
    assert invoke("verify", bundle, folder / "plan").exit_code == 0
    with (folder / "owed.csv").open(encoding="utf-8") as lines:
        return {row["producer_id"]: float(row["owed"]) for row in csv.DictReader(lines)}


def given(folder):
    with (folder / "plan" / "allocation.csv").open(encoding="utf-8") as lines:
        return {row["product_id"]: float(row["exposure"]) for row in csv.DictReader(lines)}


def test_what_one_cycle_leaves_owed_counts_in_the_next(tmp_path):
    first = cycle(tmp_path / "1", {"hill": 0.0, "town": 0.0})
    second = cycle(tmp_path / "2", first)

    before, after = given(tmp_path / "1")["tea"], given(tmp_path / "2")["tea"]
    assert first == pytest.approx({"hill": 50 - before, "town": before - 50})
    assert after > before
    assert second == pytest.approx({"hill": first["hill"] + 50 - after, "town": first["town"] - 50 + after})
    assert read_bundle(tmp_path / "2" / "bundle").problem.owed.tolist() == list(first.values())


def test_a_table_of_the_bundle_is_not_written_over(tmp_path):
    bundle = folder_of(tmp_path / "bundle", producers="producer_id,capacity\nhill,100\ntown,100\n")
    before = (bundle / "producers.csv").read_bytes()

    refused = invoke("solve", bundle, "--out", tmp_path / "plan", "--owed", bundle / "producers.csv")

    assert refused.exit_code == 2
    assert (bundle / "producers.csv").read_bytes() == before
    assert not (tmp_path / "plan").exists()


def test_debts_come_as_parquet_too(tmp_path):
    bundle, file = folder_of(tmp_path / "bundle"), tmp_path / "later" / "owed.parquet"

    assert invoke("solve", bundle, "--out", tmp_path / "plan", "--owed", file).exit_code == 0

    with database() as db:
        assert [name for name, *_ in db.read_parquet(str(file)).description] == ["producer_id", "owed"]
