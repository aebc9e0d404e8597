"""Who has more and who has less, as tables: the few who gain most and lose most, each named."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from impact.i18n import label
from impact.reports.comparing import GROUPS, PRODUCER, Comparison, Gain
from impact.web.judging.names import Names
from impact.web.tables import Column, Table

NUM_ENDS = 5
"""So many who gain most, and who lose most, are named."""
OF_PRODUCERS = tuple(name for name in GROUPS if name != PRODUCER)


class Payer(Protocol):
    """What somebody has, and how far that is from what they had."""

    @property
    def attribute(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def exposure(self) -> float: ...
    @property
    def exposure_change(self) -> float: ...


@dataclass(frozen=True)
class Gains:
    """Who gains most and who loses most, and every group of an attribute, by its name."""

    gainers: Table
    losers: Table
    groups: tuple[tuple[str, Table], ...]
    num_gaining: int
    num_losing: int


def gains_told(found: Comparison, names: Names) -> Gains:
    """Tell who has more and less in one plan than in another."""
    return _told(lambda group: found.gains[group], names)


def payers_told(paid: Sequence[Payer], names: Names) -> Gains:
    """Tell who pays for something, and who has more because of it."""

    def of(group: str) -> Sequence[Gain]:
        lines = (line for line in paid if line.attribute == group)
        gains = (
            Gain(group, each.value, each.exposure - each.exposure_change, each.exposure) for each in lines
        )
        return sorted(gains, key=lambda each: (-each.change, each.value))

    return _told(of, names)


def _told(of: Callable[[str], Sequence[Gain]], names: Names) -> Gains:
    all_of = of(PRODUCER)
    gaining = [each for each in all_of if each.change > 0]
    losing = [each for each in reversed(all_of) if each.change < 0]
    return Gains(
        gain_table(gaining[:NUM_ENDS], names),
        gain_table(losing[:NUM_ENDS], names),
        tuple((group, gain_table(found, names)) for group in OF_PRODUCERS if (found := of(group))),
        len(gaining),
        len(losing),
    )


def gain_table(gains: Iterable[Gain], names: Names) -> Table:
    """Tabulate what each had, has, and the difference."""
    rows = list(gains)
    group = rows[0].group if rows else PRODUCER
    columns = (
        Column(f"column.{group}"),
        Column("column.before", "compact"),
        Column("column.after", "compact"),
        Column("column.change", "change"),
    )
    return Table(columns, tuple((_name(each, names), each.before, each.after, each.change) for each in rows))


def _name(gain: Gain, names: Names) -> str:
    if gain.group == PRODUCER:
        return names.producer(gain.value)
    return label("province" if gain.group == "region" else gain.group, gain.value, names.lang)
