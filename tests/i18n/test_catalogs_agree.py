"""Chinese and English say the same things, with the same parameters."""

import tomllib
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest

from impact.i18n import wording
from impact.i18n.wording import entries


def _sentences(entry):
    return [entry] if isinstance(entry, str) else list(entry.values())


def _parameters(entry):
    return {name for sentence in _sentences(entry) for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_languages_have_words_for_the_same_codes():
    assert set(entries("zh")) == set(entries("en"))


@pytest.mark.parametrize("code", sorted(entries("zh")))
def test_both_languages_use_the_same_parameters(code):
    zh, en = _parameters(entries("zh")[code]), _parameters(entries("en")[code])

    assert zh - {"count"} == en - {"count"}


def test_no_sentence_is_empty():
    empty = [
        code for lang in ("zh", "en") for code, entry in entries(lang).items() if not all(_sentences(entry))
    ]

    assert empty == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_code_is_worded_in_two_files(lang):
    files = Path(wording.__file__).parent.joinpath(lang).glob("*.toml")
    codes = [code for file in files for code in wording.flat(tomllib.loads(file.read_text("utf-8")))]

    assert [code for code, times in Counter(codes).items() if times > 1] == []
