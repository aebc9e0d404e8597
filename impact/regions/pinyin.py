"""Pinyin: names of divisions in Latin letters, theirs or as Chinese sounds, the larger first or last."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import TypeVar
from unicodedata import combining, normalize

from impact.model import Region
from impact.regions.customary import LATIN as CUSTOMARY
from impact.regions.spellings import is_latin
from impact.regions.words import Word

Reading = TypeVar("Reading")
Words = Mapping[str, Sequence[Word]]
LETTERS = re.compile(r"[^a-z]+")
MOST_TOKENS = 6
"""So many syllables or words make one name at most."""
READ_OTHERWISE = frozenset("朝长乐蔚单莘会阿都番歙涡浚泌荥尉丽台筠监铅犍枞大洞六行厦解盖华牟句栖渑陂黟猇柞")
"""Signs that are read otherwise in some names of places than in words; all their readings count."""
KINDS = frozenset(
    re.findall(
        r"\w+",
        """
    sheng shi xian qu zhou qi diqu zizhiqu zizhizhou zizhixian china zhongguo prc special administrative sar
    province city county district prefecture autonomous region banner municipality state department canton
    zhuang hui uygur uyghur tibetan mongol mongolian kazak kazakh korean miao dong tujia dai yi bai hani
""",
    )
)
"""Words that say what a name is of, or whose."""
LESS_SURE = 0.9
"""Tones are lost, and so are some names apart."""


class Romanised:
    """The words of a gazetteer by how they sound."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def read(self, text: str, consistent: Callable[[Sequence[Sequence[Word]]], Reading]) -> Reading:
        """Read the names in `text`, which `consistent` puts together; the larger come last in addresses."""
        parts = [part for part in re.split(r"[,，;/]", text) if part.strip()]
        ordered = [self._names(part) for part in parts]
        if len(parts) > 1 and self._descends(ordered):
            ordered.reverse()
        return consistent([name for names in ordered for name in names])

    def _names(self, text: str) -> list[Sequence[Word]]:
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

    def _descends(self, ordered: Sequence[Sequence[Sequence[Word]]]) -> bool:
        """Tell whether the last part names a province, as addresses in English do."""
        last = ordered[-1]
        return bool(last) and any(region.parent is None for region, _ in last[0])

    @cached_property
    def _sounding(self) -> Words:
        sounds: dict[str, dict[Region, float]] = defaultdict(dict)
        for word, regions in self._words.items():
            less = 1.0 if is_latin(word) else LESS_SURE
            for sound in _sounds(word):
                for region, sure in regions:
                    sounds[sound][region] = max(less * sure, sounds[sound].get(region, 0.0))
        for sound, word in CUSTOMARY.items():
            if word in self._words:
                sounds[sound] = {region: LESS_SURE * sure for region, sure in self._words[word]}
        return {
            sound: tuple(sorted(regions.items(), key=lambda each: each[0].adcode))
            for sound, regions in sounds.items()
        }


def _sounds(word: str) -> set[str]:
    """Give the ways in which a word may be read aloud, ü as v and as u."""
    from pypinyin import Style, pinyin  # noqa: PLC0415  a large dictionary, for few texts

    signs = pinyin(word, style=Style.NORMAL)
    if len(signs) == len(word):
        signs = [
            read + pinyin(sign, style=Style.NORMAL, heteronym=True)[0] if sign in READ_OTHERWISE else read
            for sign, read in zip(word, signs, strict=True)
        ]
    sounds = {LETTERS.sub("", _bare("".join(syllables))) for syllables in product(*signs)}
    return sounds | {sound.replace("v", "u") for sound in sounds}


def _bare(text: str) -> str:
    """Write letters small and without marks, ü as v."""
    apart = normalize("NFD", text.casefold()).replace("u\u0308", "v")
    return "".join(letter for letter in apart if not combining(letter))
