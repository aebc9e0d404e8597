"""Commands about partners: who brings producers in."""

import click
from sqlalchemy import Engine

from impact.access import SYSTEM
from impact.commands.session import Session
from impact.config import Settings
from impact.i18n.wording import words
from impact.store.database import open_database
from impact.store.paging import Part
from impact.store.partners import Partner, create, listed


@click.group("partner")
def partner() -> None:
    """Say who brings producers in."""


@partner.command("add")
@click.argument("partner_id")
@click.option("--zh", "name_zh", required=True, help="Its name in Chinese.")
@click.option("--en", "name_en", required=True, help="Its name in English.")
@click.option("--region", help="The adcode of where it is.")
@click.pass_obj
def add(session: Session, /, partner_id: str, *, name_zh: str, name_en: str, region: str | None) -> None:
    """Keep a partner under PARTNER_ID, by which users and files name it."""
    added = create(_engine(), Partner(partner_id, name_zh, name_en, region), SYSTEM)
    click.echo(words("partner.added", session.lang, partner=added.partner_id))


@partner.command("list")
@click.pass_obj
def list_partners(session: Session, /) -> None:
    """List partners in the order of their ids."""
    engine, part = _engine(), Part()
    while True:
        page = listed(engine, part)
        for one in page.items:
            click.echo(_told(one, session.lang))
        if page.next is None:
            return
        part = Part(part.limit, page.next)


def _told(one: Partner, lang: str) -> str:
    name = one.name_zh if lang == "zh" else one.name_en
    return words("partner.line", lang, partner=one.partner_id, name=name, region=one.region or "").rstrip()


def _engine() -> Engine:
    return open_database(Settings.read().database_url)
