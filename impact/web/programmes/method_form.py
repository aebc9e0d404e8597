"""The form of how a programme is done: budgets by track, exposures, days and channels."""

from collections.abc import Iterator, Mapping

from flask import request

from impact.errors import BadInput, Issue, refuse_if_any
from impact.i18n.sentences import named
from impact.model import Channel
from impact.programmes.document import ProgrammeDocument
from impact.regions.resolver import Resolver
from impact.store.browsing import NounShelf, Wanted
from impact.store.database import Database
from impact.web.language import spoken
from impact.web.programmes.filled import day_or_none, said

TRACKS = ("field", "alliance", "campaign", "top_kol")
AMOUNTS = (*(f"budget.{track}" for track in TRACKS), "exposures")
DAYS = ("first", "last")


def parts_said(_: ProgrammeDocument, __: Resolver) -> Mapping[str, object]:
    """Return the method that the form states.

    Raises
    ------
    BadInput
        With every field that is not usable.
    """
    refuse_if_any(_faults())
    budgets = {track: _amount(f"budget.{track}") for track in TRACKS}
    first, last = (day_or_none(name) for name in DAYS)
    window = {"first": first.isoformat(), "last": last.isoformat()} if first and last else None
    tracks = [{"track": track, "budget": each} for track, each in budgets.items() if each is not None]
    method = {"tracks": tracks, "exposures": _amount("exposures"), "window": window}
    return {"method": {**method, "channels": sorted(request.form.getlist("channel"))}}


def field_of(column: str) -> str:
    """Name the field that states what points at something of the method."""
    return column.removeprefix("method.window.")


def shown(database: Database, document: ProgrammeDocument) -> Mapping[str, object]:
    """Return what stands in the fields, and the channels there are."""
    found = NounShelf(database).page("channels", Wanted(limit=200))
    channels = {one.channel_id: named(one, spoken()) for one in found if isinstance(one, Channel)}
    channels |= {each: each for each in document.method.channels if each not in channels}
    if request.form:
        return {"fields": request.form, "channels": channels, "chosen": request.form.getlist("channel")}
    return {"fields": _kept(document), "channels": channels, "chosen": document.method.channels}


def _kept(document: ProgrammeDocument) -> Mapping[str, str]:
    method = document.method
    fields = {f"budget.{each.track}": f"{each.budget:.12g}" for each in method.tracks}
    if method.exposures is not None:
        fields["exposures"] = f"{method.exposures:.12g}"
    if method.window:
        fields |= {"first": method.window.first.isoformat(), "last": method.window.last.isoformat()}
    return fields


def _faults() -> Iterator[Issue]:
    for name in AMOUNTS:
        try:
            _amount(name)
        except ValueError:
            yield Issue("budget_not_valid", column=name, params={"value": said(name)})
    days = []
    for name in DAYS:
        try:
            days.append(day_or_none(name))
        except BadInput as error:
            yield from error.issues
    if days.count(None) == 1 and len(days) == len(DAYS):
        yield Issue("window_half", column=DAYS[days.index(None)])
    elif len(days) == len(DAYS) and all(days) and days[0] > days[1]:  # type: ignore[operator]
        yield Issue("days_not_in_order", column="last")


def _amount(name: str) -> float | None:
    """Read a number that is not below 0, None where there is none.

    Raises
    ------
    ValueError
        It is none.
    """
    text = said(name).replace(",", "").replace("，", "")
    if not text:
        return None
    value = float(text)
    if not 0 <= value <= 1e15:
        raise ValueError(text)
    return value
