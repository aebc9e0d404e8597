"""The audit log by command: what is in it, and whether it holds together."""

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from store.tampering import tamper

from impact.access import SYSTEM
from impact.cli import commands
from impact.commands.session import Ended
from impact.store.audit import entries, record
from impact.store.database import open_database


@pytest.fixture
def engine(own_url):
    engine = open_database(own_url)
    with engine.begin() as connection:
        record(connection, SYSTEM, "user.add", "user-an", after={"role": "viewer"}, reason="new here")
        record(connection, SYSTEM, "user.disable", "user-an")
    return engine


def run(*command):
    return CliRunner().invoke(commands, ["--lang", "en", "audit", *command], catch_exceptions=False)


@pytest.mark.usefixtures("own_url")
def test_an_empty_log_is_whole():
    ran = run("verify")

    assert (ran.exit_code, ran.output) == (Ended.WELL, "The log is empty.\n")


def test_a_whole_log_gives_the_hash_to_note(engine):
    with engine.connect() as connection:
        newest = entries(connection, limit=1)[0].hash

    ran = run("verify")

    assert ran.exit_code == Ended.WELL
    assert f"2 entries. The newest has the hash {newest}" in ran.output
    assert run("verify", "--known", newest).exit_code == Ended.WELL


def test_a_changed_entry_is_named(engine):
    tamper(engine, text("UPDATE audit SET who = 'nobody' WHERE number = 1"))

    ran = run("verify")

    assert (ran.exit_code, ran.output) == (
        Ended.CLAIM_FALSE,
        "Entry 1 was changed, or does not follow the one before.\n",
    )


@pytest.mark.usefixtures("engine")
def test_a_hash_that_is_gone_is_said():
    ran = run("verify", "--known", "f" * 64)

    assert (ran.exit_code, "cut off" in ran.output) == (Ended.CLAIM_FALSE, True)


@pytest.mark.usefixtures("engine")
def test_what_was_done_is_listed_newest_first():
    first, second, after, reason = run("list").output.splitlines()

    assert first.endswith("system (admin) user.disable user-an")
    assert second.endswith("system (admin) user.add user-an")
    assert (after, reason) == ('    after: {"role":"viewer"}', "    reason: new here")
    assert run("list", "--what", "user.disable").output.count("\n") == 1
