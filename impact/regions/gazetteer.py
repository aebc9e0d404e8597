"""Administrative divisions, by code and by name, present and former."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from impact.model import FormerName, Region

Key = TypeVar("Key")


@dataclass(frozen=True)
class Gazetteer:
    """Divisions that can be asked for by what people write: a code, a name, or names from large to small."""

    regions: Sequence[Region]
    former_names: Sequence[FormerName] = ()

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
        above = self.lineage(self.region(region.parent)) if region.parent else ()
        return (*above, region)

    def full_name(self, region: Region) -> str:
        """Write a division with all those that hold it: 江苏省南通市通州区."""
        return "".join(holder.name for holder in self.lineage(region))

    def current(self, old_adcode: str) -> tuple[Region, ...]:
        """Return what bears a code today or once bore it: several where a code was given out again."""
        return tuple(self._readings(old_adcode))

    def candidates(self, text: str) -> tuple[Region, ...]:
        """Return all divisions that `text` may mean, none where it means nothing known.

        `text` is a code, a full, short or former name (昌平区, 昌平, 昌平县), or such names from large to
        small run together (江苏通州, 江苏省南通市通州区). A former name counts beside a present one only
        where both are of the same level: 承德市 does not mean 承德县, which once bore its name.
        """
        return tuple(self._within("".join(text.split()), None))

    def _within(self, text: str, holder: Region | None) -> list[Region]:
        found = self._readings(text, holder)
        if found:
            return found
        splits = ((text[:cut], text[cut:]) for cut in range(2, len(text) - 1))
        outer = ((region, rest) for head, rest in splits for region in self._readings(head, holder))
        inner = (self._within(rest, region) for region, rest in outer)
        return list(dict.fromkeys(region for regions in inner for region in regions))

    def _readings(self, word: str, holder: Region | None = None) -> list[Region]:
        present = [region for region in self._present.get(word, ()) if self._holds(holder, region)]
        former = [region for region in self._former.get(word, ()) if self._holds(holder, region)]
        levels = {region.level for region in present or former}
        return list(dict.fromkeys([*present, *(region for region in former if region.level in levels)]))

    def _holds(self, holder: Region | None, region: Region) -> bool:
        return holder is None or (holder != region and holder in self.lineage(region))

    @cached_property
    def _by_code(self) -> Mapping[str, Region]:
        return {region.adcode: region for region in self.regions}

    @cached_property
    def _by_parent(self) -> Mapping[str | None, list[Region]]:
        return _grouped((region.parent, region) for region in self.regions)

    @cached_property
    def _present(self) -> Mapping[str, list[Region]]:
        return _grouped(
            (word, region)
            for region in self.regions
            for word in (region.adcode, region.name, region.short_name)
        )

    @cached_property
    def _former(self) -> Mapping[str, list[Region]]:
        return _grouped(
            (word, self._by_code[former.adcode])
            for former in self.former_names
            for word in (former.old_adcode, former.old_name)
        )


def _grouped(pairs: Iterable[tuple[Key, Region]]) -> dict[Key, list[Region]]:
    groups: dict[Key, dict[Region, None]] = defaultdict(dict)
    for key, region in pairs:
        groups[key][region] = None
    return {key: list(group) for key, group in groups.items()}
