"""What is explained as the sum of others: a region by its producers, a segment by its products."""

from collections.abc import Iterator

from impact.i18n import words
from impact.reports.explained import Gathered, Many
from impact.web.judging.names import Names
from impact.web.judging.told import NUM_RECORDED, NUM_SHOWN, Adding, Told
from impact.web.tables import Cell, Column, Table


def told_gathered(found: Gathered, names: Names) -> Told:
    """Tell what a region or a segment has, by whom it has it."""
    name = names.region(found.id) if found.kind is Many.REGION else names.segment(found.id)
    share = found.exposure / found.most if found.most > 0 else 0.0
    figures = {"exposure": found.exposure, "worth": found.worth, "share": share, "most": found.most}
    counted = {"reached": found.num_reached, "members": len(found.members)}
    return Told(
        kind=found.kind,
        name=name,
        sentences=(words(f"explained.{found.kind}", names.lang, name=name, **figures, **counted),),
        adding=(Adding(f"by_{_members(found)}", _member_table(found, names)),),
        record=_all_members(found, names),
        num_recorded=len(found.members),
        kin=tuple(_members_to_see(found, names)),
    )


def _members(found: Gathered) -> str:
    return "producer" if found.kind is Many.REGION else "product"


def _member_rows(found: Gathered, names: Names) -> list[tuple[str, str, float, float]]:
    """Return the id, the name, the exposure and the worth of each member."""
    catalog, rows = names.catalog, []
    for each in found.members:
        if found.kind is Many.REGION:
            name = catalog.producers[each.number].producer_id
            said = names.producer(name)
        else:
            name = catalog.products[each.number].product_id
            said = names.product(name)
        rows.append((name, said, each.exposure, each.worth))
    return rows


def _member_table(found: Gathered, names: Names) -> Table:
    """Tabulate the first members, the others, and all together."""
    rows = _member_rows(found, names)
    shown: list[tuple[Cell, ...]] = [row[1:] for row in rows[:NUM_SHOWN]]
    if rows[NUM_SHOWN:]:
        left = (sum(row[2] for row in rows[NUM_SHOWN:]), sum(row[3] for row in rows[NUM_SHOWN:]))
        shown.append((words("explained.others", names.lang, count=len(rows) - NUM_SHOWN), *left))
    shown.append((words("explained.total", names.lang), found.exposure, found.worth))
    columns = (
        Column(f"column.{_members(found)}"),
        Column("column.exposure", "compact"),
        Column("column.worth", "compact"),
    )
    return Table(columns, tuple(shown))


def _all_members(found: Gathered, names: Names) -> Table:
    columns = (
        Column("column.id"),
        Column(f"column.{_members(found)}"),
        Column("column.exposure", "exact"),
        Column("column.worth", "exact"),
    )
    return Table(columns, tuple(_member_rows(found, names)[:NUM_RECORDED]))


def _members_to_see(found: Gathered, names: Names) -> Iterator[tuple[str, dict[str, str]]]:
    for name, said, *_ in _member_rows(found, names)[:NUM_SHOWN]:
        yield said, {_members(found): name}
