"""Judging: what rows of a file come to by themselves, by what its headers mean and by the reference."""

from collections.abc import Iterable

from impact.catalog.cells import reader, settle
from impact.catalog.checking.figures import figures_of
from impact.catalog.checking.meant import Meaning
from impact.catalog.checking.rows import Judge, World
from impact.catalog.columns import BY_NAME
from impact.catalog.headers import Suggested
from impact.catalog.rejected import REASON
from impact.reference import Reference


def judge_of(headers: Iterable[Suggested], reference: Reference) -> Judge:
    """Return who judges the rows of a file with these headers."""
    world = World(
        place=reference.places,
        settle=settle,
        figures=figures_of,
        km2=reference.km2,
        plausible=reference.plausible,
        site=reference.siting.site,
    )
    return Judge(tuple(map(_meaning, headers)), world)


def _meaning(each: Suggested) -> Meaning:
    if not each.column:
        return Meaning(each.header, kept=each.header not in REASON.values())
    column = BY_NAME[each.column]
    return Meaning(each.header, column, reader(column, each.unit))
