"""Chinese and English say the same things, with the same parameters."""

from string import Formatter

import pytest

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
