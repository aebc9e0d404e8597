"""Commands about people: who may sign in, and the tokens that act for them."""

from collections.abc import Callable
from typing import TypeVar

import click
from sqlalchemy import Engine

from impact.access import SYSTEM, Role, Scope
from impact.commands.session import Because, Session
from impact.config import Settings
from impact.errors import BadInput, Issue, refuse_if_any
from impact.gate.passwords import hash_password, weaknesses
from impact.i18n.wording import words
from impact.store.database import open_database
from impact.store.people.links import Purpose, make_link
from impact.store.people.sessions import let_in, set_password, shut_out
from impact.store.people.tokens import Grant, Token, add_token, revoke_token, tokens
from impact.store.people.users import Post, User, add_user, all_users, change_post, user_named

Command = TypeVar("Command", bound=Callable[..., object])
LOCAL = "http://127.0.0.1:8000"
"""Where the service is reached unless `IMPACT_ADDRESS` says otherwise."""
PATHS = {Purpose.ENTER: "enter", Purpose.PASSWORD: "password"}
Name = click.argument("name")
Position = click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
Partner = click.option("--partner", help="The partner whose data alone they see.")


@click.group("user")
def user() -> None:
    """Say who may sign in, and as what."""


@user.command("add")
@Name
@Position
@Partner
@click.option("--identity", help="How an outside provider (OIDC) names them.")
@click.pass_obj
def add(session: Session, /, name: str, *, role: str, partner: str | None, identity: str | None) -> None:
    """Let NAME in; print the link, good once and for a day, by which they set their password."""
    added = add_user(_engine(), name, Post(Role(role), partner), who=SYSTEM, identity=identity)
    click.echo(words("user.added", session.lang, name=added.name, role=added.post.role))
    _tell_link(session, added, Purpose.PASSWORD)


@user.command("list")
@click.pass_obj
def list_users(session: Session, /) -> None:
    """List who may sign in."""
    for one in all_users(_engine()):
        partner = one.post.partner or ""
        said = words("user.line", session.lang, name=one.name, role=one.post.role, partner=partner)
        off = words("user.disabled", session.lang) if one.disabled_at else ""
        click.echo(f"{said}{off}".rstrip())


@user.command("role")
@Name
@Position
@Partner
@Because
def change_role(name: str, role: str, partner: str | None, reason: str) -> None:
    """Give NAME another role."""
    change_post(_engine(), _wanted(name).user_id, Post(Role(role), partner), who=SYSTEM, reason=reason)


@user.command("disable")
@Name
@Because
def disable(name: str, reason: str) -> None:
    """Let NAME in no longer: their sessions end, their tokens stop."""
    shut_out(_engine(), _wanted(name).user_id, who=SYSTEM, reason=reason)


@user.command("enable")
@Name
@Because
def enable(name: str, reason: str) -> None:
    """Let NAME in again."""
    let_in(_engine(), _wanted(name).user_id, who=SYSTEM, reason=reason)


@user.command("password")
@Name
@click.option("--prompt", "asking", is_flag=True, help="Ask for it here instead of printing a link.")
@click.pass_obj
def password(session: Session, /, name: str, *, asking: bool) -> None:
    """Print a link by which NAME sets a new password; the old one works until then."""
    wanted = _wanted(name)
    if not asking:
        _tell_link(session, wanted, Purpose.PASSWORD)
        return
    given = click.prompt(words("user.new_password", session.lang), hide_input=True, confirmation_prompt=True)
    refuse_if_any(weaknesses(given, wanted.name))
    set_password(_engine(), wanted.user_id, hash_password(given), who=SYSTEM)


@user.command("enter")
@Name
@click.pass_obj
def enter(session: Session, /, name: str) -> None:
    """Print a link that signs in as NAME, good once and for a day."""
    _tell_link(session, _wanted(name), Purpose.ENTER)


@click.group("token")
def token() -> None:
    """Make and revoke tokens, by which programs use the API."""


@token.command("add")
@Name
@click.option(
    "--scope",
    "scopes",
    type=click.Choice([scope.value for scope in Scope]),
    multiple=True,
    required=True,
    help="What it may do; more than once for more.",
)
@click.option("--label", default="", help="What it is for.")
@click.option("--partner", help="The partner whose data alone it sees.")
@click.option("--days", type=click.IntRange(min=1), help="How long it works; without, until it is revoked.")
def make_token(name: str, scopes: tuple[str, ...], label: str, partner: str | None, days: int | None) -> None:
    """Print a new token of NAME: it is seen this once."""
    grant = Grant(label, frozenset(map(Scope, scopes)), partner, days)
    click.echo(add_token(_engine(), _wanted(name).user_id, grant, who=SYSTEM))


@token.command("list")
@click.pass_obj
def list_tokens(session: Session, /) -> None:
    """List tokens, the newest first."""
    for one in tokens(_engine()):
        click.echo(_told(one, session.lang))


@token.command("revoke")
@click.argument("token_id")
@Because
def revoke(token_id: str, reason: str) -> None:
    """Let a token in no longer."""
    revoke_token(_engine(), token_id, who=SYSTEM, reason=reason)


def _engine() -> Engine:
    return open_database(Settings.read().database_url)


def _wanted(name: str) -> User:
    found = user_named(_engine(), name)
    if found is None:
        raise BadInput([Issue("user_unknown", params={"value": name})])
    return found


def _tell_link(session: Session, wanted: User, purpose: Purpose) -> None:
    key = make_link(_engine(), wanted.user_id, purpose, who=SYSTEM)
    address = Settings.read().address or LOCAL
    link = f"{address}/{session.lang}/{PATHS[purpose]}?key={key}"
    click.echo(words(f"user.link.{purpose}", session.lang, link=link))


def _told(one: Token, lang: str) -> str:
    said = words(
        "token.line",
        lang,
        token=one.token_id,
        name=one.user.name,
        scopes=" ".join(sorted(one.grant.scopes)),
        label=one.grant.label,
    )
    return said if one.works() else f"{said}{words('token.over', lang)}"
