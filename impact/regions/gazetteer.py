"""Administrative divisions, by code and by name, present and former."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from impact.model import FormerName, Region

Key = TypeVar("Key")
FIRST_SIGN = "\u2e80"
"""From here on letters are Chinese signs, or stand beside them."""


@dataclass(frozen=True)
class Gazetteer:
    """Divisions that can be asked for by what people write: a code, a name, or names from large to small."""

    regions: Sequence[Region]
    former_names: Sequence[FormerName] = ()

    def __contains__(self, adcode: object) -> bool:
        return adcode in self._by_code

    def region(self, adcode: str) -> Region:
        """Return the division of that code today; KeyError where there is none."""
        return self._by_code[adcode]

    def children(self, adcode: str) -> tuple[Region, ...]:
        """Return the divisions directly under one."""
        return tuple(self._by_parent.get(adcode, ()))

    def province_of(self, adcode: str) -> Region:
        """Return the province that a division lies in, itself for a province."""
        return self.region(self.region(adcode).province)

    def lineage(self, region: Region) -> tuple[Region, ...]:
        """Return a division after all those that hold it, the province first."""
        return tuple(self._by_code[adcode] for adcode in self._lines[region.adcode])

    def holds(self, one: Region, other: Region) -> bool:
        """Tell whether one division is, or holds, another."""
        return one.adcode in self._lines[other.adcode]

    def full_name(self, region: Region) -> str:
        """Write a division with all those that hold it: 江苏省南通市通州区, or with gaps in other scripts."""
        names = [holder.name for holder in self.lineage(region)]
        return "".join(names) if names[0] >= FIRST_SIGN else " ".join(names)

    def current(self, old_adcode: str) -> tuple[Region, ...]:
        """Return what bears a code today or once bore it: several where a code was given out again."""
        today = [self._by_code[old_adcode]] if old_adcode in self else []
        return tuple(dict.fromkeys([*today, *self._former.get(old_adcode, ())]))

    def formerly(self, adcode: str) -> tuple[FormerName, ...]:
        """Return the codes and names that a division of today once bore."""
        return tuple(self._formerly.get(adcode, ()))

    @cached_property
    def _by_code(self) -> Mapping[str, Region]:
        return {region.adcode: region for region in self.regions}

    @cached_property
    def _lines(self) -> Mapping[str, tuple[str, ...]]:
        """Codes of each division and of those that hold it, the widest first."""
        lines: dict[str, tuple[str, ...]] = {}
        for region in self.regions:
            line = [region.adcode]
            while (parent := self._by_code[line[-1]].parent) and line[-1] not in lines:
                line.append(parent)
            known = lines.get(line[-1], line[-1:])
            lines[region.adcode] = (*known, *reversed(line[:-1]))
        return lines

    @cached_property
    def _by_parent(self) -> Mapping[str | None, list[Region]]:
        return _grouped((region.parent, region) for region in self.regions)

    @cached_property
    def _formerly(self) -> Mapping[str, list[FormerName]]:
        names: dict[str, list[FormerName]] = defaultdict(list)
        for former in self.former_names:
            names[former.adcode].append(former)
        return names

    @cached_property
    def _former(self) -> Mapping[str, list[Region]]:
        return _grouped(
            (former.old_adcode, self._by_code[former.adcode])
            for former in self.former_names
            if former.old_adcode
        )


def _grouped(pairs: Iterable[tuple[Key, Region]]) -> dict[Key, list[Region]]:
    groups: dict[Key, dict[Region, None]] = defaultdict(dict)
    for key, region in pairs:
        groups[key][region] = None
    return {key: list(group) for key, group in groups.items()}
