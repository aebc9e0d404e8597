"""Rows: each row of a table judged by itself; `beside` then judges it beside others."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from impact.catalog.checking.meant import Columns, Meaning, Meant, Place, Places
from impact.catalog.checking.plausible import Figures, PlausibleRow, doubts
from impact.catalog.columns import BY_NAME
from impact.catalog.files import Line
from impact.catalog.listing import Draft, Erased, Json, key_of
from impact.catalog.values.reading import BLANK, Cell
from impact.errors import Issue

COORDINATES = ("latitude", "longitude")


@dataclass(frozen=True)
class World:
    """What a row is judged by: places and what is plausible.

    `site` brings coordinates to where they are, given the region.
    """

    place: Places
    settle: Callable[[Columns], dict[str, Sequence[Cell]]]
    figures: Callable[[Mapping[str, Json | Erased]], Figures]
    km2: Callable[[str], float | None]
    plausible: Mapping[str, PlausibleRow]
    site: Callable[[dict[str, Cell], str], dict[str, Cell]]


class Supply(NamedTuple):
    """How much a row says can be supplied of a category in a region."""

    region: str
    category: str
    kg_a_month: float


class Alone(NamedTuple):
    """What a row comes to by itself: what is wrong with it (`errors`), or doubtful; else it asks for `draft`.

    `supply` is None where the row does not say enough to be compared with others.
    """

    draft: Draft | None
    errors: tuple[Issue, ...]
    doubts: tuple[Issue, ...]
    supply: Supply | None


Fault = tuple[str, Issue]
"""The name of a column, and what is wrong or doubtful in it."""
NONE: Sequence[Fault] = ()


class Judge:
    """Judges rows by themselves: whoever judges a row, and in which order, it comes to the same."""

    def __init__(self, meanings: Sequence[Meaning], world: World) -> None:
        self._meant, self._world = Meant(meanings, world.place), world

    def judge(self, lines: Sequence[Line]) -> list[Alone]:
        """Judge some rows at once; cells are gone through column by column."""
        places, columns = self._meant.read(lines)
        columns = self._sited(self._world.settle(columns), places)
        noted = _Noted(columns)
        rows = zip(lines, places, _values(columns, len(lines)), strict=True)
        return [self._row(at, *row, noted) for at, row in enumerate(rows)]

    def column(self, name: str) -> str:
        """Say what the partner calls a column of ours; one that is not in the file goes by our name."""
        return self._meant.header_of.get(name) or _our_name(name)

    def _row(
        self, at: int, line: Line, where: Place, values: dict[str, Json | Erased], noted: "_Noted"
    ) -> Alone:
        figures = self._world.figures(values)
        supply = _supply(figures, where.region)
        doubted = [*noted.doubts.get(at, NONE), *_at_place(where.doubts, at, noted)]
        doubted += _hard_to_believe(figures, where.region, self._world)
        errors = [*noted.errors.get(at, NONE), *_at_place((where.refused,), at, noted)]
        if not values.get("product") and not values.get("product_code"):
            errors.append(("product", Issue("cell_empty")))
        doubts = self._placed(doubted, line) if doubted else ()
        if errors:
            return Alone(None, self._placed(errors, line), doubts, supply)
        key, attributes = key_of(values, where.region), self._meant.attributes(line)
        asked = Draft(line.number, key, where.region, values, attributes, noted.written.get(at, {}))
        return Alone(asked, (), doubts, supply)

    def _sited(self, columns: Columns, places: Sequence[Place]) -> Columns:
        """Bring coordinates to where they are, where the file has any."""
        if not all(name in columns for name in COORDINATES):
            return columns
        rows = (dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True))
        sited = [self._world.site(row, where.region) for row, where in zip(rows, places, strict=True)]
        return {name: [row[name] for row in sited] for name in columns}

    def _placed(self, faults: Sequence[Fault], line: Line) -> tuple[Issue, ...]:
        """Say where: the row as the spreadsheet counts it, the column as the partner named it."""
        return tuple(
            Issue(issue.code, None, line.number, self.column(name), issue.params) for name, issue in faults
        )


class _Noted:
    """What cells have beside a value, by the place of their row: the texts of those that were converted."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.written: dict[int, dict[str, str]] = defaultdict(dict)
        self.errors: dict[int, list[Fault]] = defaultdict(list)
        self.doubts: dict[int, list[Fault]] = defaultdict(list)
        for name, cells in columns.items():
            for at, (_, original, steps, refused, doubtful) in enumerate(cells):
                if steps:
                    self.written[at][name] = original
                if refused:
                    self.errors[at].append((name, refused))
                if doubtful:
                    self.doubts[at] += [(name, doubt) for doubt in doubtful]


def _values(columns: Columns, num_rows: int) -> list[dict[str, Json | Erased]]:
    """Take the values of rows out of their cells; what says nothing is left out."""
    if not columns:
        return [{} for _ in range(num_rows)]
    rows = zip(*([cell[0] for cell in cells] for cells in columns.values()), strict=True)
    return [
        {name: value for name, value in zip(columns, row, strict=True) if value is not None} for row in rows
    ]


def _at_place(said: Sequence[Issue | None], at: int, noted: _Noted) -> Sequence[Fault]:
    """Blame the column that says most closely where a product comes from."""
    found = [issue for issue in said if issue] if said else ()
    return [(_place_column(noted.columns, at), issue) for issue in found] if found else NONE


def _place_column(columns: Columns, at: int) -> str:
    closest = ("place", "county", "prefecture", "province", "adcode")
    told = (name for name in closest if name in columns and columns[name][at] is not BLANK)
    return next(told, "place")


def _hard_to_believe(said: Figures, region: str, world: World) -> Sequence[Fault]:
    if not any(said):
        return NONE
    limits = world.plausible.get(said.category) if said.category else None
    return doubts(said, world.km2(region) if region else None, limits)


def _supply(said: Figures, region: str) -> Supply | None:
    if region and said.category and said.kg_a_month:
        return Supply(region, said.category, said.kg_a_month)
    return None


def _our_name(name: str) -> str:
    return BY_NAME[name].zh if name in BY_NAME else name
