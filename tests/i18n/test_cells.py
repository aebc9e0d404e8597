"""Every conversion of a cell can be said, in both languages."""

import re
from pathlib import Path

import pytest
from catalog.values.cells import settled

import impact
from impact.catalog.cells import read_cell
from impact.catalog.columns import BY_NAME, COLUMNS
from impact.catalog.values.reading import Step
from impact.catalog.values.units import MEASURES, PIECES, WORDS
from impact.i18n.cells import step_told
from impact.i18n.issues import say
from impact.i18n.wording import entries

TAKEN = re.compile(r"""Step\(\s*["']([a-z_]+)["']""")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_step_has_words_and_every_word_a_step(lang):
    package = Path(impact.__file__).parent
    sources = [*(package / "catalog").rglob("*.py"), package / "siting.py"]
    taken = {code for path in sources for code in TAKEN.findall(path.read_text("utf-8"))}
    said = {code.removeprefix("reading.") for code in entries(lang) if code.startswith("reading.")}

    assert taken == said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_partners_write_is_told_in_words(lang):
    for column in COLUMNS:
        for text in (column.example_zh, *column.written):
            assert all(step_told(step, lang) for step in read_cell(column, text).steps)
    odd = {"price": "免费", "season": "2024-09-11", "year": "24", "latitude": "999", "category": "那个"}
    assert all(
        say(issue, lang) for name, text in odd.items() for issue in read_cell(BY_NAME[name], text).issues
    )


def test_units_and_periods_are_named_as_people_do():
    assert step_told(Step("per_period", {"of": "year", "to": "month"}), "zh") == "写的是每年，折算为每月。"
    assert step_told(Step("converted", {"to": 12000.0, "unit": "kg"}), "zh") == "换算为 12,000 千克。"
    assert step_told(Step("converted", {"to": 12000.0, "unit": "kg"}), "en") == "Makes 12,000 kg."
    assert step_told(Step("taken_as", {"family": "category", "value": "herb"}), "zh") == "当作“药材”。"


def test_every_unit_has_a_word_in_both_languages():
    bases = {base for base, _ in MEASURES} | PIECES.keys()

    assert WORDS["zh"].keys() == WORDS["en"].keys() == bases


def test_what_a_pack_did_is_told():
    cells = {name: read_cell(BY_NAME[name], text) for name, text in [("pack", "5斤/箱"), ("stock", "100箱")]}

    told = [step_told(step, "zh") for step in settled(cells)["stock"].steps]

    assert told == ["按规格每份 2.5 千克 换算。"]
