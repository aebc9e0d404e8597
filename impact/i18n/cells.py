"""Conversions in words: what was done to a cell on its way from text to value."""

from impact.catalog.values.choices import name_of
from impact.catalog.values.reading import Step
from impact.catalog.values.units import WORDS
from impact.i18n.wording import Param, words


def step_told(step: Step, lang: str) -> str:
    """Say one conversion."""
    params = {name: _named(name, value, lang) for name, value in step.params.items() if name != "family"}
    if "family" in step.params:
        params["value"] = name_of(str(step.params["family"]), str(step.params["value"]), lang)
    return words(f"reading.{step.code}", lang, **params)


def _named(name: str, value: Param, lang: str) -> Param:
    """Name a unit or a period as people of the language do; every other parameter is as it was written."""
    if name == "unit":
        return WORDS[lang].get(str(value), value)
    if name in {"of", "to"} and isinstance(value, str):
        return words(f"period.{value}", lang)
    return value
