"""Partners by command: kept once under an id, and in the log."""

import json

import pytest
from click.testing import CliRunner

from impact.access import SYSTEM
from impact.cli import commands
from impact.commands.session import Ended
from impact.store.audit import Sought, entries
from impact.store.database import open_database, reading
from impact.store.paging import Part
from impact.store.partners import Partner, create, get

ANJI = ("add", "anji", "--zh", "安吉县农业农村局", "--en", "Anji bureau of agriculture")


@pytest.fixture(autouse=True)
def url(own_url):
    return own_url


def run(*command, lang="en"):
    return CliRunner().invoke(commands, ["--lang", lang, "partner", *command], catch_exceptions=False)


def test_a_partner_is_kept_and_that_it_was_is_in_the_log(url):
    ran = run(*ANJI, "--region", "330523")

    engine = open_database(url)
    assert (ran.exit_code, "anji" in ran.output) == (Ended.WELL, True)
    kept = Partner("anji", "安吉县农业农村局", "Anji bureau of agriculture", "330523")
    assert get(engine, "anji") == kept
    with reading(engine) as connection:
        assert [each.what for each in entries(connection, Sought(subject="anji"))] == ["partner.create"]


def test_partners_are_listed_by_id_in_the_language_asked_for():
    run("add", "deqing", "--zh", "德清", "--en", "Deqing", "--region", "330521")
    run(*ANJI)

    assert run("list").output.splitlines() == [
        "anji  Anji bureau of agriculture",
        "deqing  Deqing  330521",
    ]
    assert "安吉县农业农村局" in run("list", lang="zh").output


def test_more_partners_than_a_page_holds_are_all_listed(url):
    names = [f"p-{number:03}" for number in range(Part().limit + 1)]
    engine = open_database(url)
    for name in names:
        create(engine, Partner(name, name, name), SYSTEM)

    assert [line.split()[0] for line in run("list").output.splitlines()] == names


def test_an_id_that_is_taken_is_refused_and_nothing_is_lost(url):
    run(*ANJI)

    ran = run("add", "anji", "--zh", "别的", "--en", "Other")

    assert ran.exit_code == Ended.BAD_INPUT
    assert json.loads(ran.stderr)["errors"][0]["code"] == "partner_taken"
    assert get(open_database(url), "anji").name_en == "Anji bureau of agriculture"
