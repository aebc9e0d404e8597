"""Who adds a lock names its product and placement in the words of the pages, or by id."""

from dataclasses import replace

import pytest
from flask import Flask
from shelves import valley

from impact.errors import BadInput
from impact.web.judging.names import Names
from impact.web.scenarios.locked import lock_by_form

CATALOG = valley().graph.catalog
TEA = next(one for one in CATALOG.products if one.name == "永德古树茶")
LIVE = next(one for one in CATALOG.placements if "live" in one.placement_id)


def meant(product=TEA.product_id, placement=LIVE.placement_id, *, catalog=CATALOG, lang="en"):
    said = {"lock.product": product, "lock.placement": placement, "lock.at_most": "0"}
    with Flask("forms").test_request_context(method="POST", data=said):
        rule = lock_by_form(Names(catalog, (), lang), ()).rule
    return rule["product"], rule["placement"]


def refused(**said):
    with pytest.raises(BadInput) as error:
        meant(**said)
    return error.value.issues


@pytest.mark.parametrize("product", [TEA.product_id, "永德古树茶", " 永德古树茶 ", "古树"])
def test_a_product_is_meant_by_its_id_its_name_or_a_part_that_nothing_else_has(product):
    assert meant(product)[0] == TEA.product_id


def test_a_placement_is_meant_by_region_interest_and_channel_in_either_language():
    zh, en = (Names(CATALOG, (), lang).placement(LIVE.placement_id) for lang in ("zh", "en"))

    assert meant(placement=en.upper())[1] == LIVE.placement_id
    assert meant(placement=en.replace(" · ", " "))[1] == LIVE.placement_id
    assert meant(placement=zh, lang="zh")[1] == LIVE.placement_id


def test_what_may_mean_several_is_refused_with_what_it_may_mean():
    (issue,) = refused(product="茶")

    with_it = [one for one in CATALOG.products if "茶" in one.name]
    assert (issue.code, issue.column) == ("lock_of_several", "lock.product")
    assert issue.params["count"] == len(with_it) > 1
    for one in with_it[:5]:
        assert f"{one.name} ({one.product_id})" in issue.params["known"]


def test_a_whole_name_is_meant_before_others_that_have_it_as_a_part():
    longer = replace(TEA, product_id="gift", name="永德古树茶礼盒")
    more = replace(CATALOG, products=(longer, *CATALOG.products))

    (issue,) = refused(product="古树茶", catalog=more)

    assert issue.params["count"] == 2
    assert meant("永德古树茶", catalog=more)[0] == TEA.product_id


def test_of_many_only_the_first_are_told():
    (issue,) = refused(placement="浙江", lang="zh")

    assert issue.params["count"] > 5
    assert issue.params["known"].count(" · ") == 5 * 2


def test_what_means_nothing_or_is_left_empty_is_refused_at_its_field():
    faults = refused(product="金", placement="")

    assert [(one.code, one.column) for one in faults] == [
        ("lock_of_unknown", "lock.product"),
        ("field_missing", "lock.placement"),
    ]
