"""Pinyin: names of divisions in Latin letters, with tones or without, the larger first or last."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar
from unicodedata import combining, normalize

from pypinyin import lazy_pinyin

from impact.model import Region

Reading = TypeVar("Reading")
Words = Mapping[str, Sequence[tuple[Region, float]]]
LATIN = re.compile(r"[A-Za-z]")
LETTERS = re.compile(r"[^a-z]+")
MOST_TOKENS = 6
"""So many syllables or words make one name at most."""
KINDS = frozenset(
    {
        "sheng",
        "shi",
        "xian",
        "qu",
        "zhou",
        "qi",
        "diqu",
        "zizhiqu",
        "zizhizhou",
        "zizhixian",
        "province",
        "city",
        "county",
        "district",
        "prefecture",
        "autonomous",
        "region",
        "banner",
        "municipality",
        "china",
        "zhongguo",
    }
)
"""Words that say what a name is of."""
CUSTOMARY = {
    "shaanxi": "陕西",
    "innermongolia": "内蒙古",
    "neimenggu": "内蒙古",
    "tibet": "西藏",
    "hongkong": "香港",
    "macau": "澳门",
    "macao": "澳门",
    "harbin": "哈尔滨",
    "urumqi": "乌鲁木齐",
    "hohhot": "呼和浩特",
    "lhasa": "拉萨",
    "kashgar": "喀什",
}
"""Names that are written otherwise than in pinyin."""
LESS_SURE = 0.9
"""Tones are lost, and so are some names apart."""


def is_romanised(text: str) -> bool:
    """Tell whether a text is written in Latin letters."""
    return bool(LATIN.search(text)) and all(ord(letter) < 0x250 or combining(letter) for letter in text)


class Romanised:
    """The words of a gazetteer by how they sound."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def read(
        self, text: str, consistent: Callable[[Sequence[Sequence[tuple[Region, float]]]], Reading]
    ) -> Reading:
        """Read the names in `text`, which `consistent` puts together; the larger come last in addresses."""
        parts = [part for part in re.split(r"[,，;/]", text) if part.strip()]
        ordered = [self._names(part) for part in parts]
        if len(parts) > 1 and self._descends(ordered):
            ordered.reverse()
        return consistent([name for names in ordered for name in names])

    def _names(self, text: str) -> list[Sequence[tuple[Region, float]]]:
        tokens = [token for token in LETTERS.split(_bare(text)) if token]
        found, at = [], 0
        while at < len(tokens):
            for end in range(min(len(tokens), at + MOST_TOKENS), at, -1):
                regions = self._sounding.get("".join(tokens[at:end]))
                if regions:
                    found.append(regions)
                    at = end
                    break
            else:
                if tokens[at] not in KINDS:
                    return []
                at += 1
        return found

    def _descends(self, ordered: Sequence[Sequence[Sequence[tuple[Region, float]]]]) -> bool:
        """Tell whether the last part names a province, as addresses in English do."""
        last = ordered[-1]
        return bool(last) and any(region.parent is None for region, _ in last[0])

    @cached_property
    def _sounding(self) -> Words:
        sounds: dict[str, dict[Region, float]] = defaultdict(dict)
        for word, regions in self._words.items():
            sound = LETTERS.sub("", _bare("".join(lazy_pinyin(word))))
            for region, sure in regions:
                sounds[sound][region] = max(LESS_SURE * sure, sounds[sound].get(region, 0.0))
        for sound, word in CUSTOMARY.items():
            sounds[sound] = dict(self._words.get(word, ()))
        return {sound: tuple(regions.items()) for sound, regions in sounds.items()}


def _bare(text: str) -> str:
    """Write letters small and without marks."""
    return "".join(letter for letter in normalize("NFD", text.casefold()) if not combining(letter))
