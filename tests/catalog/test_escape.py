"""No cell of an export is a formula, and no text is changed on its way out and in again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.catalog.escape import escaped, unescaped

DANGEROUS = "=+-@＝＋－＠\t\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+8613800000000", "-5", "@SUM(A1)", "\t=1", "＝1", "'=1", "''@"])
def test_what_may_be_a_formula_gets_a_quote(text):
    assert escaped(text) == f"'{text}"


@pytest.mark.parametrize("text", ["茶", "1.5", "'茶'", "", "a=b", "12-15吨"])
def test_what_cannot_be_one_stays(text):
    assert escaped(text) == text


@given(st.text() | st.text(alphabet="'=+-@ a\t\r\n＝"))
def test_the_quote_comes_off_again(text):
    assert unescaped(escaped(text)) == text
    assert escaped(text)[:1] not in DANGEROUS or not text
