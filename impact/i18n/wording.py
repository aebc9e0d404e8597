"""From a code and its parameters to a sentence in one language."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from string import Formatter

from impact.i18n.figures import LOCALES, compact, exact, number, seconds, share

LANGS = tuple(LOCALES)
STYLES = {"number": number, "compact": compact, "exact": exact, "share": share, "seconds": seconds}
PLURALS = {"zero", "one", "two", "few", "many", "other"}

_CALLED: dict[str, str] = {}
"""Names that came with the data, by code."""
_CLOSED = "\0"
"""Ends a number with a unit of its own until the sentence is said: 711 次, but 7.1万次."""
_SPACED = re.compile(rf"{_CLOSED}( (?=\w))?")
Param = str | int | float
Entry = str | Mapping[str, str]
"""A sentence, or one for each plural form of the parameter `count`."""


class NoWords(LookupError):
    """A code nobody gave words to in a language."""


def words(code: str, lang: str, /, **params: Param) -> str:
    """Say `code` in `lang`.

    Sentences name their parameters in braces, with a style where it matters: ``{share:share}``,
    ``{exposure:compact}``. Numbers without a style are written in full.

    Raises
    ------
    NoWords
        There is no such code in that language.
    KeyError
        The sentence names a parameter that was not given.
    """
    entry = entries(lang).get(code)
    if entry is None:
        raise NoWords(f"No words for {code!r} in {lang!r}.")
    if not isinstance(entry, str):
        entry = entry.get(LOCALES[lang].plural_form(float(params["count"])), entry["other"])
    return _SPACED.sub("", _Speaker(lang).vformat(entry, (), params))


def label(family: str, value: str, lang: str) -> str:
    """Name a `value` of an open set (a category, a type): as itself where nobody named it."""
    code = f"{family}.{value}"
    return words(code, lang) if code in entries(lang) else _CALLED.get(code, value)


def call(family: str, names: Mapping[str, str]) -> None:
    """Name values of an open set that no catalog of words holds, in every language the same."""
    _CALLED.update((f"{family}.{value}", name) for value, name in names.items())


@cache
def entries(lang: str) -> Mapping[str, Entry]:
    """Read all catalogs of one language, codes joined by dots."""
    found: dict[str, Entry] = {}
    for file in sorted(resources.files(__package__).joinpath(lang).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            found.update(flat(tomllib.loads(file.read_text("utf-8"))))
    return found


def flat(table: Mapping[str, object], prefix: str = "") -> dict[str, Entry]:
    """Join the keys of nested tables by dots; a table of plural forms is one entry."""
    found: dict[str, Entry] = {}
    for key, value in table.items():
        if isinstance(value, str) or (isinstance(value, Mapping) and _is_plural(value)):
            found[f"{prefix}{key}"] = value
        elif isinstance(value, Mapping):
            found.update(flat(value, f"{prefix}{key}."))
        else:
            raise TypeError(f"Expected words for {prefix}{key}, got {value!r}.")
    return found


def _is_plural(table: Mapping[str, object]) -> bool:
    return "other" in table and PLURALS.issuperset(table)


class _Speaker(Formatter):
    def __init__(self, lang: str) -> None:
        self._lang = lang

    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, int | float):
            said = STYLES[format_spec or "number"](value, self._lang)
            return said + _CLOSED if said.endswith(("万", "亿")) else said
        return str(super().format_field(value, format_spec))
