"""A database is backed up, restored and tidied by command."""

import pytest
from click.testing import CliRunner

from impact.access import SYSTEM
from impact.cli import commands
from impact.store import partners
from impact.store.database import open_database
from impact.store.partners import Contact, Partner


@pytest.fixture
def url(own_url):
    engine = open_database(own_url)
    partners.create(engine, Partner("anji", "安吉", "Anji"), SYSTEM)
    partners.set_contact(engine, "anji", Contact("李主任"), SYSTEM)
    return own_url


def run(*command, lang="en"):
    return CliRunner().invoke(commands, ["--lang", lang, *map(str, command)])


def test_what_was_backed_up_is_there_on_another_machine(url, tmp_path, monkeypatch):
    done = run("backup", tmp_path / "kept.zip")
    monkeypatch.setenv("IMPACT_DATABASE_URL", f"sqlite:///{tmp_path / 'other' / 'impact.sqlite3'}")
    restored = run("restore", tmp_path / "kept.zip")

    assert (done.exit_code, restored.exit_code) == (0, 0)
    assert "Keep it safe" in done.output or "keep it safe" in done.output
    assert "restored" in restored.output
    assert run("audit", "verify", "--known", done.output.split("hash ")[1].split(".")[0]).exit_code == 0


def test_a_database_in_use_is_not_replaced_unless_told(url, tmp_path):
    run("backup", tmp_path / "kept.zip")

    refused = run("restore", tmp_path / "kept.zip")
    told = run("restore", "--replace", tmp_path / "kept.zip", lang="zh")

    assert (refused.exit_code, told.exit_code) == (2, 0)
    assert "--replace" in refused.output
    assert "校验无误" in told.output
    assert partners.contact_of(open_database(url), "anji") == Contact("李主任")


@pytest.mark.parametrize("file", ["nowhere/kept.zip", "."])
def test_a_file_that_cannot_be_written_is_told(url, tmp_path, file):
    assert run("backup", tmp_path / file).exit_code == 2


def test_a_file_that_is_not_there_is_told(url, tmp_path):
    refused = run("restore", tmp_path / "kept.zip")

    assert refused.exit_code == 2
    assert "backup_broken" in refused.output


def test_retention_is_counted_before_it_is_applied(url):
    told = run("retain", "--dry-run")

    assert told.exit_code == 0
    assert "counted only" in told.output
    assert run("retain", lang="zh").output.count("0 条") == 7
