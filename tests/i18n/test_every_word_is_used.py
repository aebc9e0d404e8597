"""Codes and words match: nothing asked for is missing, nothing written is unused."""

import re
from functools import cache
from pathlib import Path

import pytest

from impact.i18n.wording import entries
from impact.matching.graph.links import PARTS
from impact.matching.plan import Status

PACKAGE = Path(__file__).parents[2] / "impact"
SOURCES = {path: path.read_text("utf-8") for path in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]}
ASKED = re.compile(r"""\b(?:t|words)\(\s*f?["']([^"'{]*)(["'{])""")
LABELLED = re.compile(r"""\blabel\(\s*["'](\w+)["']""")
QUOTED = re.compile(r"""["']([a-z_]+\.(?:[\w-]+\.?)*)["'{]""")
DATA = {"cold_chain", "economic_region", "macro_region", "category", "programme"}
"""Families that rules and figures name by the attribute they are about."""


@cache
def _used():
    return {code for text in SOURCES.values() for code in QUOTED.findall(text)}


@cache
def _families():
    """Families of words for the values of catalogs: used whenever a catalog has such a value."""
    return {family for text in SOURCES.values() for family in LABELLED.findall(text)} | DATA


@pytest.mark.parametrize("path", sorted(SOURCES), ids=lambda path: path.name)
def test_every_code_that_is_asked_for_has_words(path):
    missing = []
    for code, end in ASKED.findall(SOURCES[path]):
        if end == "{" or code.endswith("."):
            found = any(known.startswith(code) for known in entries("zh"))
        else:
            found = code in entries("zh")
        if not found:
            missing.append(code)

    assert missing == []


@pytest.mark.parametrize("code", sorted(entries("zh")))
def test_every_word_is_used(code):
    used, families = _used(), _families()
    parents = {code[: match.end()] for match in re.finditer(r"\.", code)}

    assert code in used or parents & used or code.split(".")[0] in families


def test_every_status_and_every_part_of_evidence_has_words():
    for status in Status:
        assert f"status.{status}" in entries("zh")
        assert f"status_note.{status}" in entries("zh")
    for part in PARTS:
        assert f"part.{part}" in entries("zh")


def test_every_caution_of_a_rule_has_words():
    rules = (text for path, text in SOURCES.items() if path.parent.name == "rules")
    bodies = (
        body for text in rules for body in re.findall(r"def \w*cautions\(.*?(?=\n\S|\Z)", text, re.DOTALL)
    )

    codes = {code for body in bodies for code in re.findall(r'Issue\("(\w+)"', body)}

    assert codes
    assert {f"caution.{code}" for code in codes} <= set(entries("zh"))
