"""What the forms of programmes say, as parts of a document, and what is wrong with it at which field."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import nan

from flask import request

from impact.config import DATA
from impact.errors import BadInput, Issue, Param, refuse_if_any
from impact.i18n.issues import say
from impact.programmes.document import Names, ProgrammeDocument
from impact.programmes.promises import unmeant
from impact.programmes.reading import read_document
from impact.programmes.templates import blank, drafted

BLANK = "blank"
LARGEST = 1e15
"""Larger figures are slips of the hand."""
GOAL_FIGURES = ("baseline", "target")
GOAL_FIELDS = ("outcome.zh", "outcome.en", "metric", *GOAL_FIGURES, "by", "reason")


@dataclass(frozen=True)
class Fault:
    """Something to mend: what, and in which field of the form."""

    said: str
    field: str = ""


def faults_of(error: BadInput, lang: str) -> list[Fault]:
    """Say all that is wrong, each at its field."""
    return [Fault(say(issue, lang), issue.column or "") for issue in error.issues]


def said(name: str) -> str:
    """Return what stands in a field, without blanks around it."""
    return request.form.get(name, "").strip()


def today() -> date:
    """Return the day it is where the service runs, as the API and commands do."""
    return datetime.now().astimezone().date()


def begun() -> ProgrammeDocument:
    """Begin the programme that the form asks for.

    Raises
    ------
    BadInput
        The day is none, or a blank programme has no name.
    """
    template, start = said("template") or BLANK, _day("start")
    programme_id = said("programme_id") or f"{template}-{start:%Y-%m}"
    names = _names()
    if template != BLANK:
        return drafted(DATA, template, programme_id, start, names)
    if names is None:
        raise BadInput([Issue("field_missing", column="name_zh")])
    return blank(programme_id, names, start)


def too_early(document: ProgrammeDocument) -> Iterator[Issue]:
    """Say where a programme begins so early that days which it brings have passed."""
    passed = [str(issue.params["value"]) for issue in unmeant(None, document, today())]
    if passed:
        params: dict[str, Param] = {"value": said("start"), "day": min(passed), "today": today().isoformat()}
        yield Issue("start_too_early", column="start", params=params)


def with_goal(document: ProgrammeDocument) -> ProgrammeDocument:
    """Put the goal of the form into a document.

    Raises
    ------
    BadInput
        With every field that is not usable.
    """
    refuse_if_any(_goal_faults())
    goal = {
        "outcome": {"zh": said("outcome.zh"), "en": said("outcome.en") or said("outcome.zh")},
        "metric": said("metric"),
        **{name: figure_or_none(name) for name in GOAL_FIGURES},
        "by": said("by"),
        "reason": said("reason"),
    }
    return read_document(json.dumps(document.model_dump(mode="json") | {"goal": goal}))


def goal_typed(document: ProgrammeDocument) -> Mapping[str, str]:
    """Return what the fields of the goal hold: what was typed, else what is kept."""
    if request.form:
        return {name: request.form.get(name, "") for name in GOAL_FIELDS}
    goal = document.goal
    if goal is None:
        return dict.fromkeys(GOAL_FIELDS, "")
    figures = {"baseline": goal.baseline, "target": goal.target}
    return {
        "outcome.zh": goal.outcome.zh,
        "outcome.en": goal.outcome.en,
        "metric": goal.metric,
        "by": goal.by.isoformat(),
        "reason": goal.reason,
        **{name: "" if figure is None else f"{figure:.12g}" for name, figure in figures.items()},
    }


def day_or_none(name: str) -> date | None:
    """Read a day, None where the field is empty; raises `BadInput` where it holds none."""
    return _day(name) if said(name) else None


def _day(name: str) -> date:
    try:
        return date.fromisoformat(said(name))
    except ValueError:
        raise BadInput([Issue("day_not_valid", column=name, params={"value": said(name)})]) from None


def _names() -> Names | None:
    zh, en = said("name_zh"), said("name_en")
    return Names(zh=zh or en, en=en or zh) if zh or en else None


def figure_or_none(name: str) -> float | None:
    """Read a number, None where there is none; raises `BadInput` where it is not one, or too large."""
    text = said(name)
    try:
        value = float(text.replace(",", "").replace("，", "")) if text else None
    except ValueError:
        value = nan
    if value is not None and not abs(value) <= LARGEST:
        raise BadInput([Issue("figure_not_valid", column=name, params={"value": text})])
    return value


def figure_faults(name: str, *, may_be_missing: bool) -> Iterator[Issue]:
    """Say what is wrong with the number in a field."""
    try:
        if figure_or_none(name) is None and not may_be_missing:
            yield Issue("field_missing", column=name)
    except BadInput as error:
        yield from error.issues


def _goal_faults() -> Iterator[Issue]:
    if not said("outcome.zh"):
        yield Issue("field_missing", column="outcome.zh")
    for name in GOAL_FIGURES:
        yield from figure_faults(name, may_be_missing=name == "baseline")
    try:
        if day_or_none("by") is None:
            yield Issue("field_missing", column="by")
    except BadInput as error:
        yield from error.issues
