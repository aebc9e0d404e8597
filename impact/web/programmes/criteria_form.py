"""The form of who may be in a programme: every criterion that is asked, and one to add of each kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flask import abort, request

from impact.catalog.values.choices import choices, name_of
from impact.errors import Issue, refuse_if_any
from impact.i18n import label, words
from impact.i18n.wording import entries
from impact.programmes.document import ProgrammeDocument
from impact.regions.meant import Meant, meant
from impact.regions.resolver import Resolver
from impact.store.browsing import NounShelf
from impact.store.database import Database
from impact.web.language import spoken
from impact.web.programmes.filled import said

KINDS = (
    "type",
    "category",
    "region",
    "tier",
    "certificate",
    "listing",
    "contact",
    "data",
    "logistics",
    "application",
    "nps",
)
"""In the order in which a form asks: what it is, where it is from, what it has, and what was decided."""
FIGURES = ("capacity", "season", "price")
MOST_ROWS = 100


@dataclass(frozen=True)
class Row:
    """A criterion as the form has it; `text` holds regions by code or name, or the least score."""

    number: int
    kind: str
    is_asked: bool = False
    values: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    text: str = ""

    @property
    def field(self) -> str:
        """What the names of its fields begin with."""
        return f"c{self.number}"

    @property
    def stated(self) -> Mapping[str, object]:
        """The criterion as the document states it."""
        told: dict[str, object] = {"kind": self.kind, "types": list(self.types)}
        if self.kind == "nps":
            return told | {"at_least": float(self.text)}
        name = "fields" if self.kind == "data" else "any_of"
        values = self.text.split() if self.kind == "region" else list(self.values)
        return told | {name: values} if values else told


def parts_said(document: ProgrammeDocument, resolver: Resolver) -> Mapping[str, object]:
    """Return the criteria that the form asks; what they name stays in the order that it has.

    Regions may be named by what people call them.

    Raises
    ------
    BadInput
        With every one that names nothing, or something that is not usable.
    """
    asked = [row for row in _filled_in() if row.is_asked]
    places = {row.number: meant(resolver, row.text) for row in asked if row.kind == "region"}
    refuse_if_any(issue for row in asked for issue in _faults(row, places.get(row.number)))
    before = {row.number: row for row in _kept(document)}
    coded = (replace(row, text=_codes(places[row.number])) if row.number in places else row for row in asked)
    return {"eligibility": [_in_order(row, before.get(row.number, row)).stated for row in coded]}


def shown(database: Database, document: ProgrammeDocument) -> Mapping[str, object]:
    """Return the rows of the form, what can be ticked in each, and the regions that are named."""
    rows = tuple(_filled_in()) if request.form else tuple(_kept(document))
    codes = {code for row in rows if row.kind == "region" for code in row.text.split()}
    shelf = NounShelf(database)
    return {
        "rows": rows,
        "offered": {kind: _offered(kind, spoken()) for kind in KINDS},
        "types": _offered("type", spoken()),
        "regions": {code: found for code in sorted(codes) if (found := shelf.get("regions", code))},
    }


def _codes(places: Meant) -> str:
    return " ".join(region.adcode for region in places.regions)


def _in_order(row: Row, before: Row) -> Row:
    known = {value: place for place, value in enumerate(before.values)}
    return replace(row, values=tuple(sorted(row.values, key=lambda value: known.get(value, len(known)))))


def _kept(document: ProgrammeDocument) -> Iterator[Row]:
    kinds = set()
    for number, criterion in enumerate(document.eligibility):
        stated = criterion.model_dump()
        values = tuple(map(str, stated.get("any_of") or stated.get("fields") or ()))
        text = " ".join(values) if criterion.kind == "region" else f"{stated.get('at_least', 0):.12g}"
        yield Row(number, criterion.kind, True, values, criterion.types, text)
        kinds.add(criterion.kind)
    rest = (kind for kind in KINDS if kind not in kinds)
    yield from (Row(number, kind) for number, kind in enumerate(rest, len(document.eligibility)))


def _filled_in() -> Iterator[Row]:
    for number in range(MOST_ROWS):
        kind = said(f"c{number}.kind")
        if not kind:
            return
        row = Row(
            number,
            kind if kind in KINDS else abort(400),
            bool(said(f"c{number}.asked")),
            tuple(request.form.getlist(f"c{number}.value")),
            tuple(request.form.getlist(f"c{number}.type")),
            said(f"c{number}.text"),
        )
        offered = {value for value, _ in _offered(kind, "zh")}
        if not set(row.values) <= offered or not set(row.types) <= {value for value, _ in TYPES}:
            abort(400)
        yield row


def _faults(row: Row, places: Meant | None) -> Iterator[Issue]:
    if row.kind == "nps":
        try:
            is_usable = -100 <= float(row.text) <= 100
        except ValueError:
            is_usable = False
        if not is_usable:
            yield Issue("score_not_valid", column=f"{row.field}.text", params={"value": row.text})
    elif places:
        yield from (replace(issue, column=f"{row.field}.text") for issue in places.issues)
        if not (places.regions or places.issues):
            yield Issue("criterion_names_nothing", column=f"{row.field}.text")
    elif _offered(row.kind, "zh") and not row.values:
        yield Issue("criterion_names_nothing", column=row.field)


def _offered(kind: str, lang: str) -> tuple[tuple[str, str], ...]:
    """Name what a criterion of a kind can name; nothing where it names nothing."""
    if kind in ("type", "tier", "category"):
        codes = (code.partition(".") for code in entries("zh") if code.startswith(f"{kind}."))
        return tuple((value, label(kind, value, lang)) for _, _, value in codes if "+" not in value)
    if kind == "certificate":
        return tuple((each, name_of("certificate", each, lang)) for each in choices("certificate"))
    if kind == "data":
        return tuple((each, words(f"eligibility_field.{each}", lang)) for each in FIGURES)
    return ()


TYPES = _offered("type", "zh")
