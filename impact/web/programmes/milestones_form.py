"""The form of the steps on the way: every milestone, and room for one more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import abort, request

from impact.errors import BadInput, Issue, refuse_if_any
from impact.programmes.changing import has_begun
from impact.programmes.document import ProgrammeDocument
from impact.programmes.goals import metrics
from impact.regions.resolver import Resolver
from impact.store.database import Database
from impact.store.decisions import standing
from impact.web.programmes.filled import day_or_none, figure_faults, figure_or_none, said, today

NAMES = ("id", "zh", "en", "metric", "baseline", "target", "first", "due")
FIGURES, DAYS = ("baseline", "target"), ("first", "due")
MOST_ROWS = 100


@dataclass(frozen=True)
class Row:
    """A milestone as the form has it; `is_frozen` where only its name, target and last day may change."""

    number: int
    typed: Mapping[str, str]
    is_frozen: bool = False
    is_gone: bool = False

    @property
    def field(self) -> str:
        """What the names of its fields begin with."""
        return f"m{self.number}"

    @property
    def is_empty(self) -> bool:
        """Whether nobody filled it in."""
        return not any(self.typed[name] for name in ("id", "zh", "en", "target", "first", "due"))

    def stated(self, milestone_id: str) -> Mapping[str, object]:
        """The milestone as the document states it."""
        typed = self.typed
        return {
            "milestone_id": milestone_id,
            "name": {"zh": typed["zh"] or typed["en"], "en": typed["en"] or typed["zh"]},
            "metric": typed["metric"],
            **{name: figure_or_none(f"{self.field}.{name}") or 0.0 for name in FIGURES},
            **{name: typed[name] for name in DAYS},
        }


def parts_said(_: ProgrammeDocument, __: Resolver) -> Mapping[str, object]:
    """Return the milestones that the form states.

    Raises
    ------
    BadInput
        With every field that is not usable.
    """
    rows = _wanted()
    refuse_if_any(issue for row in rows for issue in _faults(row))
    taken = {row.typed["id"] for row in rows}
    return {"milestones": [row.stated(row.typed["id"] or _free(taken)) for row in rows]}


def field_of(column: str) -> str:
    """Name the field that states what points at something of a milestone: ``milestones.0.due``."""
    part, _, place = column.partition(".")
    number, _, name = place.partition(".")
    return f"{_wanted()[int(number)].field}.{name}" if part == "milestones" and name else column


def shown(database: Database, document: ProgrammeDocument) -> Mapping[str, object]:
    """Return the rows of the form and the metrics that there are."""
    published = standing.published(database, document.programme_id) is not None
    begun = {each.milestone_id for each in document.milestones if published and has_begun(each, today())}
    rows = _filled_in() if request.form else _kept(document)
    known = metrics()
    return {
        "rows": [Row(row.number, row.typed, row.typed["id"] in begun, row.is_gone) for row in rows],
        "outcomes": sorted(known.outcomes),
        "processes": sorted(known.processes),
    }


def _wanted() -> list[Row]:
    return [row for row in _filled_in() if not (row.is_gone or row.is_empty)]


def _kept(document: ProgrammeDocument) -> Iterator[Row]:
    for number, each in enumerate(document.milestones):
        days = {"first": each.first.isoformat(), "due": each.due.isoformat()}
        figures = {"baseline": f"{each.baseline:.12g}", "target": f"{each.target:.12g}"}
        names = {"id": each.milestone_id, "zh": each.name.zh, "en": each.name.en, "metric": each.metric}
        yield Row(number, {**names, **figures, **days})
    yield Row(len(document.milestones), dict.fromkeys(NAMES, ""))


def _filled_in() -> Iterator[Row]:
    for number in range(MOST_ROWS):
        if f"m{number}.target" not in request.form:
            return
        typed = {name: said(f"m{number}.{name}") for name in NAMES}
        if typed["metric"] not in metrics().outcomes | metrics().processes:
            abort(400)
        yield Row(number, typed, is_gone=bool(said(f"m{number}.gone")))


def _faults(row: Row) -> Iterator[Issue]:
    if not (row.typed["zh"] or row.typed["en"]):
        yield Issue("field_missing", column=f"{row.field}.zh")
    for name in FIGURES:
        yield from figure_faults(f"{row.field}.{name}", may_be_missing=name == "baseline")
    try:
        first, due = (day_or_none(f"{row.field}.{name}") for name in DAYS)
    except BadInput as error:
        yield from error.issues
        return
    yield from (Issue("field_missing", column=f"{row.field}.{name}") for name in DAYS if not row.typed[name])
    if first and due and first >= due:
        yield Issue("days_not_in_order", column=f"{row.field}.due")


def _free(taken: set[str]) -> str:
    """Return an id that no milestone has."""
    found = next(name for number in range(1, len(taken) + 2) if (name := f"milestone-{number}") not in taken)
    taken.add(found)
    return found
