"""Pages speak the words of the glossary, in both languages, and judge nobody."""

import re
from pathlib import Path

import pytest

from impact.i18n.wording import entries

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
HEADINGS = [
    "column.producer",
    "column.product",
    "column.placement",
    "column.channel",
    "column.interest",
    "column.macro_region",
    "column.exposure",
    "column.baseline",
    "column.threshold",
    "column.worth",
    "column.tier",
    "figure.lorenz.title",
    "strip.gini",
    "site.plans",
    "step.scenario",
    "column.programme",
    "basis.real",
    "basis.derived",
    "basis.assumed",
]
JARGON = re.compile(r"\b(dual|slack|simplex|LP|shadow price|RHS)\b|对偶|松弛|影子价格|单纯形", re.IGNORECASE)
VERDICT = re.compile(r"\bfair(ly|er|est|ness)?\b|公平", re.IGNORECASE)
DISCLAIMER = "site.footer"
"""The one sentence that says what the pages do not judge."""


def _terms():
    rows = [line.split("|") for line in GLOSSARY.read_text("utf-8").splitlines() if line.startswith("| ")][1:]
    return {cells[1].strip().casefold(): cells[2].strip() for cells in rows}


@pytest.mark.parametrize("code", HEADINGS)
def test_headings_are_terms_of_the_glossary(code):
    terms, en, zh = _terms(), entries("en")[code].casefold(), entries("zh")[code]

    assert terms.get(en) == zh or terms.get(en.removesuffix("s")) == zh


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_use_no_jargon_and_call_nothing_by_a_verdict(lang):
    said = {code: str(entry) for code, entry in entries(lang).items() if code != DISCLAIMER}

    assert {
        code for code, sentence in said.items() if JARGON.search(sentence) or VERDICT.search(sentence)
    } == set()
