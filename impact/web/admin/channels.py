"""Channels: where consumers are reached, what an exposure is worth there, and how much there is to give."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import isfinite
from types import MappingProxyType

from flask import Blueprint, abort, redirect, render_template, request, url_for

from impact.errors import BadInput, Issue, Unknown
from impact.gate import actor
from impact.model import Channel
from impact.store.browsing import Wanted
from impact.store.catalogs import load_catalog
from impact.store.database import Database
from impact.store.edits.desk import NounDesk
from impact.web.people.forms import Page, filled, told
from impact.web.plans import LANG

Typed = Mapping[str, Mapping[str, str]]
"""What was typed, by channel."""
MOST = 200
"""More channels than anybody has."""


def register(pages: Blueprint, database: Database) -> None:
    """Add the page of channels to `pages`."""
    desk = NounDesk(database)

    @pages.get(f"{LANG}/channels", endpoint="channels")
    def _channels() -> str:
        return _page(database, desk)

    @pages.post(f"{LANG}/channels/<channel_id>", endpoint="channel_changed")
    def _channel_changed(channel_id: str) -> Page:
        try:
            desk.change("channels", channel_id, _stated(), actor(), expected=_version())
        except Unknown:
            abort(404)
        except BadInput as error:
            return _page(database, desk, told(error), {channel_id: _typed(error)}), 422
        return redirect(url_for("web.channels"), 303)


def _page(
    database: Database, desk: NounDesk, wrong: Sequence[str] = (), typed: Typed = MappingProxyType({})
) -> str:
    """Show the channels; of one whose change was refused, what was typed."""
    supply: dict[str, float] = defaultdict(float)
    imputed: dict[str, bool] = defaultdict(bool)
    for placement in load_catalog(database).placements:
        supply[placement.channel_id] += placement.supply
        imputed[placement.channel_id] |= "supply" in placement.imputed
    editions = desk.page("channels", Wanted(limit=MOST))
    channels = [(each, each.noun) for each in editions if isinstance(each.noun, Channel)]
    return render_template(
        "admin/channels.html",
        channels=channels,
        supply=supply,
        guessed=imputed,
        typed=typed,
        wrong=wrong,
    )


def _typed(refused: BadInput) -> Mapping[str, str]:
    """Return what was typed; whoever is told that somebody else changed it goes on from that version."""
    is_told = any(issue.code == "version_moved" for issue in refused.issues)
    return {name: text for name, text in request.form.items() if not (is_told and name == "version")}


def _stated() -> dict[str, object]:
    """Read what the form states.

    Raises
    ------
    BadInput
        What an exposure is worth is no number above zero, or a name is missing.
    """
    zh, en, worth = (filled(name).strip() for name in ("name_zh", "name_en", "value_per_exposure"))
    value = _figure(worth)
    issues = [] if value > 0 else [Issue("worth_not_valid", params={"value": worth})]
    issues += [] if zh and en else [Issue("channel_name_missing")]
    if issues:
        raise BadInput(issues)
    return {"name_zh": zh, "name_en": en, "value_per_exposure": value}


def _figure(text: str) -> float:
    """Read a number; what is none, or beyond all bounds, is zero."""
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if isfinite(value) else 0.0


def _version() -> int:
    version = request.form.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else abort(400)
