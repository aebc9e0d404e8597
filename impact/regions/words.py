"""Words: every name of a gazetteer's divisions, with what it may mean and how sure that is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from impact.model import Level, Region
from impact.regions.customary import UNMISTAKEN
from impact.regions.gazetteer import Gazetteer
from impact.regions.spellings import CURT, ENDINGS, FORMER, LEAST_LENGTH, plain, spellings

Word = tuple[Region, float]
"""A division, and how sure a name is to mean it."""
Meanings = dict[str, dict[Region, float]]


def words_of(gazetteer: Gazetteer) -> Mapping[str, Sequence[Word]]:
    """Look divisions up by what they are called, and were where no other of their level is now."""
    words = _present(gazetteer)
    for word, regions in _former(gazetteer).items():
        levels = {region.level for region in words.get(word, ())}
        fitting = {region: sure for region, sure in regions.items() if not levels or region.level in levels}
        if fitting:
            words[word] = {**fitting, **words.get(word, {})}
    return {word: tuple(sorted(regions.items(), key=_code)) for word, regions in words.items()}


def _code(word: Word) -> str:
    return word[0].adcode


def is_whole(word: str, found: Sequence[Word]) -> bool:
    """Tell whether a word is a whole name, with its kind; one that was heard, not read, counts as such."""
    named = any(region.name == word for region, _ in found)
    ends = word[-1:] in ENDINGS if len(word) > LEAST_LENGTH else word.endswith("县")
    return not word or named or ends


def _present(gazetteer: Gazetteer) -> Meanings:
    words: Meanings = defaultdict(dict)
    for region in gazetteer.regions:
        for word, sure in spellings(region):
            for written in {word, plain(word)}:  # 乾县 is no traditional way of writing 干县
                words[written][region] = max(sure, words[written].get(region, 0.0))
    return dict(words)


def _former(gazetteer: Gazetteer) -> Meanings:
    words: Meanings = defaultdict(dict)
    for name in gazetteer.former_names:
        region = gazetteer.region(name.adcode)
        words[name.old_name][region] = FORMER
        bare = name.old_name.rstrip(ENDINGS)
        if len(bare) >= LEAST_LENGTH and bare != name.old_name:
            words[bare].setdefault(region, CURT)
    return words


def unmistaken(word: str, found: Sequence[Word]) -> Sequence[Word]:
    """Leave counties out where a province, or a city as well known, bears the same short name."""
    known = any(region.level is Level.PROVINCE or region.name in UNMISTAKEN for region, _ in found)
    if not known or any(region.name == word for region, _ in found):
        return found
    return tuple(each for each in found if each[0].level is not Level.COUNTY)
