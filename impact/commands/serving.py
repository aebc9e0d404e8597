"""The command that serves a database: the web, and a worker beside it."""

import socket
import webbrowser
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial

import click

from impact.config import Settings
from impact.errors import BadInput, Issue, Param
from impact.i18n.wording import words
from impact.serving import Address, serve_tree
from impact.store.database import open_database
from impact.store.people.users import all_users

LOCAL = Address("127.0.0.1", 8000)
Host = click.option("--host", default=LOCAL.host, show_default=True)
Port = click.option("--port", type=click.IntRange(0, 65535), default=LOCAL.port, show_default=True)
Open = click.option(
    "--open/--no-open", "opening", default=False, help="Open a browser, where there is a screen."
)


@click.command("serve")
@Host
@Port
@Open
@click.option("--worker/--no-worker", "working", default=True, help="Have jobs done by a worker beside it.")
@click.pass_context
def serve(
    context: click.Context, /, host: str, port: int, *, opening: bool, working: bool, entrance: str = ""
) -> None:
    """Serve the database until interrupted, with a worker that does its jobs."""
    settings, lang, address = Settings.read(), context.obj.lang, Address(host, port)
    expect_free(address)
    if not all_users(open_database(settings.database_url)):
        click.echo(words("demo.nobody", lang), err=True)
    ready = partial(_tell_address, lang, opening=opening and settings.has_screen, entrance=entrance)
    with _refusing(address):
        serve_tree(settings, address, ready, working=working)


def expect_free(address: Address) -> None:
    """Refuse an address that cannot be served at, before anything long is done.

    Raises
    ------
    BadInput
        If something else is served there, or this machine has no such address.
    """
    with _refusing(address):
        family, _, _, _, place = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0]
        with closing(socket.socket(family)) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(place)


@contextmanager
def _refusing(address: Address) -> Iterator[None]:
    """Refuse an address that turns out not to be free."""
    try:
        yield
    except OSError as error:
        params: dict[str, Param] = {"host": address.host, "port": str(address.port), "reason": str(error)}
        raise BadInput([Issue("address_not_free", params=params)]) from error


def _tell_address(lang: str, address: str, *, opening: bool, entrance: str) -> None:
    """Tell where the service is, and by what link one comes in, where there is one."""
    click.echo(words("demo.address", lang, address=address))
    if entrance:
        link = f"{address}{entrance}"
        click.echo(words("demo.entrance", lang, link=link, command=entering(address)))
    if opening:
        webbrowser.open(f"{address}{entrance}")


def entering(address: str) -> str:
    """Return the command that lets somebody else in here: by itself it speaks of where `serve` serves."""
    here = address.rstrip("/")
    said = "" if here == f"http://{LOCAL.host}:{LOCAL.port}" else f"IMPACT_ADDRESS={here} "
    return f"{said}python -m impact user enter"
