"""Ids stay from file to file, differ from partner to partner, and cannot be worked out."""

import pytest
from listings import NAMING, listing

from impact.catalog.listed.names import Naming, seller_of


def test_ids_stay_the_same():
    assert NAMING.product("县农业局", "k") == Naming(b"a secret of the tests").product("县农业局", "k")


@pytest.mark.parametrize(
    "other",
    [
        NAMING.product("邻县农业局", "k"),
        NAMING.product("县农业局", "k2"),
        NAMING.producer("县农业局", "k"),
        Naming(b"another").product("县农业局", "k"),
        NAMING.product("县农业局k", ""),
    ],
)
def test_another_partner_key_kind_or_secret_gives_another_id(other):
    assert NAMING.product("县农业局", "k") != other


@pytest.mark.parametrize("secret", [b"", b"x" * 65])
def test_a_secret_that_is_none_or_too_long_is_refused(secret):
    with pytest.raises(ValueError, match="secret"):
        Naming(secret)


@pytest.mark.parametrize(
    ("values", "seller"),
    [
        ({"producer_code": "AJ001", "producer": "溪龙合作社"}, "#AJ001"),
        ({"producer": "溪龙 合作社"}, "330523:溪龙合作社"),
        ({"town": "溪龙乡", "village": "黄杜村"}, "330523:溪龙乡黄杜村"),
        ({}, "=330523:/安吉白茶"),
    ],
)
def test_who_sells_is_told_by_code_then_name_then_village(values, seller):
    assert seller_of(listing(**values)) == seller


@pytest.mark.parametrize("length", [1, 64])
def test_a_secret_has_one_to_sixty_four_bytes(length):
    assert len(Naming(b"x" * length).product("p", "k")) == 17  # a letter, and sixteen of eighty bits
