"""Meant: the regions that codes and names in a list mean, and those nearest to what means none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest
from itertools import islice

from pypinyin import lazy_pinyin

from impact.errors import Issue, Param
from impact.model import Region
from impact.regions.gazetteer import Gazetteer
from impact.regions.resolver import Resolver
from impact.regions.spellings import is_latin

PARTS = re.compile(r"[\s,，、;；/]+")
NUM_NEAREST = 4
MOST_TOLD = 10
"""So many faults are told at once: each is compared with every region."""
LEAST_ALIKE = 0.6
"""Names that are less alike than this share are no candidates."""
LEAST_DIGITS = 4
"""Nor are codes of which fewer digits are the same."""
LONG_NAME = 4
"""Longer names tell whose the division is, and are written without that: 兰坪(白族普米族自治)县."""


@dataclass(frozen=True)
class Meant:
    """The regions that are meant, each once, and what means none, or several, each with candidates."""

    regions: tuple[Region, ...]
    issues: tuple[Issue, ...]


def meant(resolver: Resolver, text: str) -> Meant:
    """Read codes and names that blanks or commas part; names may go from large to small."""
    parts = [part for part in PARTS.split(text) if part]
    names = [part for part in parts if not part.isdecimal()]
    together = _together(resolver, names)
    apart = [part for part in parts if part.isdecimal() or not together]
    found = {part: _regions(resolver, part) for part in apart}
    regions = (*(region for each in found.values() for region in each), *together)
    issues = (not_one(resolver, part) for part, each in found.items() if not each)
    return Meant(tuple(dict.fromkeys(regions)), tuple(islice(issues, MOST_TOLD)))


def not_one(resolver: Resolver, text: str) -> Issue:
    """Say that a text means no region, or several, with those that may be meant."""
    found = resolver.resolve(text)
    own = (found.region,) if found.region else found.candidates
    candidates = own or nearest(resolver.gazetteer, text)
    names = [f"{each.adcode} {resolver.gazetteer.full_name(each)}" for each in candidates[:NUM_NEAREST]]
    params: dict[str, Param] = {"value": text}
    if not names:
        return Issue("region_unknown", params=params)
    return Issue("region_not_one", params=params | {"candidates": "; ".join(names)})


def nearest(gazetteer: Gazetteer, text: str) -> tuple[Region, ...]:
    """Return regions whose codes, or names as written and spoken, are most like a text; the nearest first."""
    if text.isdecimal():
        likeness = [_same_digits(region.adcode, text) for region in gazetteer.regions]
        least: float = LEAST_DIGITS
    else:
        sound = _sound(text)
        likeness = [_likeness(region.name, text, sound) for region in gazetteer.regions]
        least = LEAST_ALIKE
    ranked = nlargest(NUM_NEAREST, zip(likeness, gazetteer.regions, strict=True), key=lambda each: each[0])
    return tuple(region for alike, region in ranked if alike >= least)


def _together(resolver: Resolver, names: Sequence[str]) -> Sequence[Region]:
    """Read names as one text, unless one of them is no name: a text may hold what means nothing."""
    alone = (resolver.resolve(name).refused for name in names if not is_latin(name))
    if any(refused and refused.code == "place_unknown" for refused in alone):
        return ()
    return _regions(resolver, " ".join(names))


def _regions(resolver: Resolver, text: str) -> Sequence[Region]:
    found = resolver.resolve(text)
    return found.several or ((found.region,) if found.region else ())


def _same_digits(code: str, text: str) -> float:
    return sum(one == other for one, other in zip(code, text, strict=False))


def _likeness(name: str, text: str, sound: str) -> float:
    """Return how alike names are, in [0, 1]: half by their signs, half by their sounds."""
    return max((_alike(each, text) + _alike(_sound(each), sound)) / 2 for each in _written(name))


def _written(name: str) -> Iterator[str]:
    yield name
    if len(name) > LONG_NAME:
        yield f"{name[:2]}{name[-1]}"


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


@lru_cache(10_000)
def _sound(name: str) -> str:
    return "".join(lazy_pinyin(name))
