"""Choices: one of a known set, by any of the words that people write for it; certificates are several."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from unicodedata import normalize

from impact.catalog.values.reading import Read, Reading, Step
from impact.errors import Issue

CHOICES = "choices.toml"
SHOWN = 8
"""So many words of a set are shown to one who wrote another."""
MODEL_TYPE: Mapping[str, str] = {
    "cooperative": "specialty",
    "family_farm": "specialty",
    "household": "specialty",
    "company": "firm",
    "workshop": "craft",
    "publisher": "publisher",
    "belt": "belt",
}
"""The type of producer that the model knows, by what partners call theirs."""
TYPE_OF_ENDING = {
    "合作社": "cooperative",
    "联合社": "cooperative",
    "家庭农场": "family_farm",
    "出版社": "publisher",
    "有限公司": "company",
    "有限责任公司": "company",
    "工坊": "workshop",
    "作坊": "workshop",
}
"""What the end of a producer's name says of its type."""
NO_CERTIFICATE = frozenset({"无", "没有", "暂无", "none", "no", "否", "/", "-", "未认证", "尚未认证"})
_LOOSE = re.compile(r"[\s_\-·.。、]+")
_SPLIT = re.compile(r"[、,;/+&|\n]|及|以及|和(?!田)")
_NUMBERED = re.compile(
    r"(?P<name>.*?)[\s(:\[【]*(?P<number>[a-z]{0,8}[-\s]?[a-z]{0,6}[-]?\d[\w\-/.]{3,40})?[)\]】]*"
)
_TAIL = re.compile(r"(?:认证|证书|标志|产品认证|体系认证|管理体系|体系|已认证)+$")


def read_producer_type(text: str) -> Read:
    """Read what kind of producer it is."""
    return _one("producer_type", text, endings=("类", "型"))


def read_cold_chain(text: str) -> Read:
    """Read how a product must be kept on its way."""
    return _one("cold_chain", text, endings=("储存", "保存", "运输", "储运", "发货"))


def read_coordinate_system(text: str) -> Read:
    """Read which datum coordinates are in."""
    return _one("coordinate_system", text, endings=("坐标系", "坐标", "地图"))


def read_category(text: str) -> Read:
    """Read what kind of goods it is; one we have no name for is kept as ``{said}``."""
    found = _one("category", text, endings=("产品", "制品", "类", "业"))
    if isinstance(found, Reading):
        return found
    return Reading({"said": text}, doubts=(Issue("category_unknown", params=found.params),))


def read_yes_no(text: str) -> Read:
    """Read a yes or a no."""
    reading = _one("yes_no", text)
    return reading._replace(value=reading.value == "yes") if isinstance(reading, Reading) else reading


def read_certificates(text: str) -> Read:
    """Read certificates as a list of ``{kind, number?}``; one that we have no name for keeps its text."""
    if not _fold(text) or text.strip().casefold() in NO_CERTIFICATE:
        return Reading([])
    found = [_certificate(part.strip()) for part in _SPLIT.split(normalize("NFKC", text)) if part.strip()]
    unknown = [str(each["text"]) for each in found if each["kind"] == "other"]
    steps = tuple(Step("certificate_unknown", {"value": text}) for text in unknown)
    return Reading([dict(each) for each in found], steps)


def name_of(family: str, choice: str, lang: str) -> str:
    """Name a choice as exports write it."""
    return _sets()[family][choice][0 if lang == "zh" else 1]


def choices(family: str) -> tuple[str, ...]:
    """List what may be chosen, by our names."""
    return tuple(_sets()[family])


@lru_cache
def words_of(family: str) -> Mapping[str, str]:
    """Look a set's choices up by any of their words, each without spaces and case."""
    members = _sets()[family]
    words = {_fold(word): choice for choice, all_words in members.items() for word in all_words}
    return words | {_fold(choice): choice for choice in members}


def type_of_name(producer: str) -> str | None:
    """Tell a producer's type by how its name ends, None where it does not say."""
    for ending, kind in TYPE_OF_ENDING.items():
        if producer.endswith(ending):
            return kind
    return None


def _one(family: str, text: str, endings: tuple[str, ...] = ()) -> Read:
    words, plain = words_of(family), _fold(text)
    found = words.get(plain)
    for ending in endings if found is None else ():
        found = found or words.get(plain.removesuffix(ending))
    if found is None:
        return Issue("not_a_choice", params={"value": text, "known": _shown(family)})
    exact = text in {found, *_sets()[family][found][:2]}
    return (
        Reading(found) if exact else Reading(found, (Step("taken_as", {"family": family, "value": found}),))
    )


def _shown(family: str) -> str:
    """List words that would be understood, in both languages: a partner may write either."""
    few = choices(family)[:SHOWN]
    return ", ".join(f"{name_of(family, choice, 'zh')} {name_of(family, choice, 'en')}" for choice in few)


def _certificate(part: str) -> dict[str, str]:
    words = words_of("certificate")
    whole = words.get(_fold(part))
    if whole:
        return {"kind": whole}
    match = _NUMBERED.fullmatch(part.casefold())
    name, number = (match["name"], match["number"]) if match else (part, None)
    kind = words.get(_fold(name)) or words.get(_TAIL.sub("", _fold(name)))
    if kind is None and number:
        kind = _kind_by_number(number)
    if kind is None:
        return {"kind": "other", "text": part}
    return {"kind": kind, "number": number.strip().upper()} if number else {"kind": kind}


def _kind_by_number(number: str) -> str | None:
    """A certificate's number often begins with the letters of its kind: LB, SC, AGI, WGH."""
    kinds = {"lb": "green", "sc": "sc", "agi": "gi", "wgh": "pollution_free", "caqs": "quality_specialty"}
    return next((kind for start, kind in kinds.items() if number.startswith(start)), None)


def _fold(text: str) -> str:
    return _LOOSE.sub("", normalize("NFKC", text).casefold())


@lru_cache(maxsize=1)
def _sets() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Read the sets: family → choice → its words, names first."""
    text = resources.files(__package__).joinpath(CHOICES).read_text("utf-8")
    return {
        family: {choice: tuple(words) for choice, words in members.items()}
        for family, members in tomllib.loads(text).items()
    }
