"""Who wants what: the lexicon first, keywords by the last word, likeness second."""

import pytest
from valleys import market, tea

from impact.matching.graph.interest import interest_strengths, words_in
from impact.model import Affinity, Keyword

BOTH = ("tea", "gifts")


def _strengths(product, **known):
    return interest_strengths(market([product], interests=BOTH, **known), 0.3)[0].tolist()


def test_the_longest_word_hides_the_words_within_it():
    words = {"茶": 1, "油茶": 1, "油": 1}

    assert list(words_in("常山油茶", words, 2)) == ["油茶"]
    assert list(words_in("茶与油", words, 2)) == ["茶", "油"]


def test_the_lexicon_says_what_a_category_is_wanted_for():
    assert _strengths(tea("x")) == pytest.approx([1.0, 0.4])


def test_a_keyword_speaks_where_the_category_says_nothing():
    keywords = [Keyword("杯", "gifts", 0.9), Keyword("杯", "tea", 0.2)]

    assert _strengths(tea("瓷杯", category="other"), keywords=keywords) == pytest.approx([0.2, 0.9])


def test_the_last_word_of_a_name_counts():
    keywords = [Keyword("茶", "tea", 1.0), Keyword("芹菜", "gifts", 0.7)]

    assert _strengths(tea("茶坡芹菜", category="other"), keywords=keywords)[1] == pytest.approx(0.7)
    assert _strengths(tea("茶坡芹菜", category="other"), keywords=keywords)[0] < 0.3


def test_what_the_lexicon_and_keywords_say_is_never_lowered_by_the_other():
    keywords = [Keyword("绿", "tea", 0.1)]

    assert _strengths(tea("绿"), keywords=keywords)[0] == 1.0


def test_likeness_of_characters_speaks_at_most_up_to_its_ceiling():
    strength = _strengths(tea("礼品", category="other"), lexicon=[])

    assert strength == pytest.approx([0.0, 0.3])


def test_the_likest_word_counts_not_how_many_are_alike():
    keywords = [Keyword(word, "gifts", 1.0) for word in ("礼盒", "礼包", "礼袋", "礼篮", "礼券")]

    strength = _strengths(tea("礼", category="other"), lexicon=[], keywords=keywords)[1]

    assert 0.0 < strength < 0.3


def test_likeness_never_outranks_what_somebody_wrote():
    written = [Affinity("cup", "tea", 0.2)]

    assert _strengths(tea("礼品", category="cup"), lexicon=written) == pytest.approx([0.2, 0.2])


def test_a_name_like_nothing_is_wanted_by_nobody():
    assert _strengths(tea("齿轮", category="other"), lexicon=[]) == [0.0, 0.0]
