"""Beside: rows judged by themselves are judged beside the rows before them, and beside what others list."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from impact.catalog.checking.named import Named
from impact.catalog.checking.plausible import NOBODY, Others, doubt_beside
from impact.catalog.checking.rows import Alone, Supply
from impact.catalog.files import Line
from impact.catalog.listing import Draft
from impact.errors import Issue

Capacities = Mapping[str, Mapping[str, Sequence[float]]]
"""What listings say can be supplied, by region and category, in kilograms a month."""
Judged = Iterable[tuple[Sequence[Line], Sequence[Alone]]]
"""Rows, and what they come to by themselves, some at a time."""


class Checked(NamedTuple):
    """A row and what is wrong with it (`errors`), or doubtful; without errors it asks for `draft`."""

    line: Line
    draft: Draft | None
    errors: tuple[Issue, ...] = ()
    doubts: tuple[Issue, ...] = ()


class Neighbours:
    """What others list, asked once for each region; no more than the middle is remembered."""

    def __init__(self, ask: Callable[[Collection[str]], Capacities]) -> None:
        self._ask = ask
        self._known: dict[str, dict[str, Others]] = {}

    def meet(self, supplies: Iterable[Supply | None]) -> None:
        """Ask for all regions at once that were not asked for yet."""
        new = {supply.region for supply in supplies if supply} - self._known.keys()
        if new:
            said = self._ask(new)
            self._known |= {region: _middles(said.get(region, {})) for region in new}

    def doubt(self, supply: Supply) -> Issue | None:
        """Doubt a capacity that is far beyond what others say."""
        others = self._known[supply.region].get(supply.category, NOBODY)
        return doubt_beside(supply.kg_a_month, others)


def checked(
    judged: Judged, column: Callable[[str], str], neighbours: Neighbours, named: Named
) -> Iterator[Checked]:
    """Check rows that were judged by themselves; `column` says what the partner calls a column of ours.

    Of rows that name the same product the first counts, as `named` remembers.
    """
    for lines, batch in judged:
        neighbours.meet(alone.supply for alone in batch)
        for line, alone in zip(lines, batch, strict=True):
            doubts = alone.doubts
            if alone.supply and (doubt := neighbours.doubt(alone.supply)):
                doubts = (*doubts, _at(doubt, line, column))
            found = Checked(line, alone.draft, alone.errors, doubts)
            yield _unless_named(found, alone.draft, named) if alone.draft else found


def _middles(said: Mapping[str, Sequence[float]]) -> dict[str, Others]:
    return {category: Others(len(each), median(each)) for category, each in said.items()}


def _at(doubt: Issue, line: Line, column: Callable[[str], str]) -> Issue:
    return Issue(doubt.code, None, line.number, column("monthly_capacity"), doubt.params)


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
