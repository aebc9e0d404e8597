"""Users and tokens by command: the first admin, and no password that anybody knows."""

import re

import pytest
from click.testing import CliRunner

from impact.access import Role
from impact.cli import commands
from impact.commands.session import Ended
from impact.gate.passwords import is_right
from impact.store.audit import entries
from impact.store.database import open_database
from impact.store.people.links import Purpose, link_user
from impact.store.people.tokens import token_of
from impact.store.people.users import user_named


@pytest.fixture
def ada(own_url):
    run("user", "add", "ada", "--role", "admin")
    return open_database(own_url)


def run(*command, typed=None):
    return CliRunner().invoke(commands, ["--lang", "en", *command], input=typed, catch_exceptions=False)


def test_the_first_admin_gets_a_link_to_set_a_password_and_no_password(own_url):
    ran = run("user", "add", "Ada", "--role", "admin")

    link = re.search(r"http://127\.0\.0\.1:8000/en/password\?key=(\S+)", ran.output)
    engine = open_database(own_url)
    assert ran.exit_code == Ended.WELL
    assert user_named(engine, "ada").password is None
    assert link_user(engine, link[1], Purpose.PASSWORD).post.role is Role.ADMIN


def test_links_lead_to_where_the_service_is_reached(ada, monkeypatch):
    monkeypatch.setenv("IMPACT_ADDRESS", "https://impact.example")

    assert "https://impact.example/en/enter?key=" in run("user", "enter", "ada").output


def test_a_password_may_be_asked_for_here(ada):
    typed = "seven slow rivers\nseven slow rivers\n"

    ran = run("user", "password", "ada", "--prompt", typed=typed)

    assert ran.exit_code == Ended.WELL
    assert "rivers" not in ran.output
    assert is_right("seven slow rivers", user_named(ada, "ada").password)


def test_a_weak_password_is_refused(ada):
    ran = run("user", "password", "ada", "--prompt", typed="short\nshort\n")

    assert (ran.exit_code, "12 to 256" in ran.output) == (Ended.BAD_INPUT, True)
    assert user_named(ada, "ada").password is None


def test_users_are_listed_changed_shut_out_and_let_in(ada):
    run("partner", "add", "anji", "--zh", "安吉", "--en", "Anji")
    run("user", "add", "bo", "--role", "partner", "--partner", "anji")
    assert run("user", "list").output == "ada  admin\nbo  partner anji\n"

    run("user", "role", "bo", "--role", "viewer")
    run("user", "disable", "bo")
    assert run("user", "list").output == "ada  admin\nbo  viewer   (disabled)\n"

    run("user", "enable", "bo")
    assert user_named(ada, "bo").disabled_at is None


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("user", "add", "ADA", "--role", "viewer"), "taken"),
        (("user", "add", "bo", "--role", "partner"), "which partner"),
        (("user", "add", "bo", "--role", "partner", "--partner", "anij"), "no partner “anij”"),
        (("token", "add", "ada", "--scope", "read", "--partner", "anij"), "no partner “anij”"),
        (("user", "disable", "ada"), "last admin"),
        (("user", "password", "nobody"), "no user"),
        (("token", "add", "ada", "--scope", "plan:publish"), "may not do plan:publish"),
        (("token", "revoke", "none"), "no token"),
    ],
)
@pytest.mark.usefixtures("ada")
def test_what_cannot_be_is_refused_in_words(command, said):
    ran = run(*command)

    assert (ran.exit_code, said in ran.output) == (Ended.BAD_INPUT, True), ran.output


def test_a_token_is_printed_once_listed_by_its_id_and_revoked(ada):
    text = run("token", "add", "ada", "--scope", "read", "--label", "poller", "--days", "7").output.strip()
    token_id = text.split("_")[1]
    assert token_of(ada, text)

    assert run("token", "list").output == f"{token_id}  ada  read  poller\n"

    run("token", "revoke", token_id)
    assert token_of(ada, text) is None
    assert run("token", "list").output == f"{token_id}  ada  read  poller  (works no longer)\n"


def test_all_that_is_done_by_command_is_logged_as_the_operators(ada):
    run("token", "add", "ada", "--scope", "read")

    with ada.connect() as connection:
        done = [(entry.who, entry.what) for entry in entries(connection)]
    assert done == [("system", "token.add"), ("system", "link.make"), ("system", "user.add")]
