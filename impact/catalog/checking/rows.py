"""Rows: each row of a table checked by itself, beside the rows before it, and beside what is known."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from impact.catalog.checking.meant import Meaning, Meant, Places, Said
from impact.catalog.checking.named import Named
from impact.catalog.checking.plausible import NOBODY, Figures, Others, PlausibleRow, doubts
from impact.catalog.columns import BY_NAME
from impact.catalog.files import Line
from impact.catalog.listing import Draft, Erased, Json, key_of
from impact.catalog.values.reading import BLANK, Cell
from impact.errors import Issue


@dataclass(frozen=True)
class World:
    """What rows are checked beside: places, what is plausible, what others of a region and category say.

    `site` brings coordinates to where they are, given the region.
    """

    place: Places
    settle: Callable[[Mapping[str, Cell]], dict[str, Cell]]
    figures: Callable[[Mapping[str, Json | Erased]], Figures]
    km2: Callable[[str], float | None]
    plausible: Mapping[str, PlausibleRow]
    others: Callable[[str, str], Others]
    site: Callable[[dict[str, Cell], str], dict[str, Cell]]


class Checked(NamedTuple):
    """A row and what is wrong with it (`errors`), or doubtful; without errors it asks for `draft`."""

    line: Line
    draft: Draft | None
    errors: tuple[Issue, ...] = ()
    doubts: tuple[Issue, ...] = ()


Fault = tuple[str, Issue]
"""The name of a column, and what is wrong or doubtful in it."""


def checked(
    lines: Iterable[Line], meanings: Sequence[Meaning], world: World, named: Named | None = None
) -> Iterator[Checked]:
    """Check rows one by one; of rows that name the same product the first counts, as `named` remembers."""
    named, meant = named or Named(), Meant(meanings, world.place)
    for said in meant.said(lines):
        found = _row(said, meant, world)
        yield _unless_named(found, found.draft, named) if found.draft else found


def _row(said: Said, meant: Meant, world: World) -> Checked:
    line, where, cells = said.line, said.place, world.settle(said.cells)
    errors: list[Fault] = []
    doubted: list[Fault] = []
    values, written = _understood(world.site(cells, where.region), errors, doubted)
    if where.refused:
        errors.append((_place_column(cells), where.refused))
    if not values.get("product") and not values.get("product_code"):
        errors.append(("product", Issue("cell_empty")))
    if where.doubts:
        doubted += [(_place_column(cells), doubt) for doubt in where.doubts]
    doubted += _hard_to_believe(values, where.region, world)
    doubts = _placed(doubted, line, meant)
    if errors:
        return Checked(line, None, _placed(errors, line, meant), doubts)
    key = key_of(values, where.region)
    asked = Draft(line.number, key, where.region, values, meant.attributes(line), written)
    return Checked(line, asked, (), doubts)


def _understood(
    cells: Mapping[str, Cell], errors: list[Fault], doubted: list[Fault]
) -> tuple[dict[str, Json | Erased], dict[str, str]]:
    """Take values out of cells, and the texts of those that were converted; gather what is wrong."""
    values: dict[str, Json | Erased] = {}
    written: dict[str, str] = {}
    for name, (value, original, steps, refused, doubtful) in cells.items():
        if value is not None:
            values[name] = value
        if steps:
            written[name] = original
        if refused:
            errors.append((name, refused))
        if doubtful:
            doubted.extend((name, doubt) for doubt in doubtful)
    return values, written


def _place_column(cells: Mapping[str, Cell]) -> str:
    """Name the column that says most closely where a product comes from."""
    closest = ("place", "county", "prefecture", "province", "adcode")
    return next((name for name in closest if cells.get(name, BLANK) is not BLANK), "place")


def _hard_to_believe(values: Mapping[str, Json | Erased], region: str, world: World) -> Iterator[Fault]:
    said = world.figures(values)
    if not any(said):
        return iter(())
    limits = world.plausible.get(said.category) if said.category else None
    others = world.others(region, said.category) if region and said.category and said.kg_a_month else NOBODY
    return doubts(said, world.km2(region) if region else None, limits, others)


def _placed(faults: Sequence[Fault], line: Line, meant: Meant) -> tuple[Issue, ...]:
    """Say where: the row as the spreadsheet counts it, the column as the partner named it."""
    return tuple(
        Issue(issue.code, None, line.number, meant.header_of.get(name) or _our_name(name), issue.params)
        for name, issue in faults
    )


def _our_name(name: str) -> str:
    return BY_NAME[name].zh if name in BY_NAME else name


def _unless_named(found: Checked, draft: Draft, named: Named) -> Checked:
    """Leave a row out that names an earlier row's product: a doubt if it says the same, else an error."""
    first, same = named.first(draft.key, found.line.number, found.line.cells)
    if first == found.line.number:
        return found
    issue = Issue(
        "row_repeated" if same else "row_contradicts", row=found.line.number, params={"first_row": first}
    )
    if same:
        return Checked(found.line, None, (), (*found.doubts, issue))
    return Checked(found.line, None, (*found.errors, issue), found.doubts)
