"""A row laid out as the listing it comes to is the same listing, whoever reads it and whenever."""

import json

import pytest

from impact.catalog.differences import Outcome, difference
from impact.catalog.laid import body_of, brief, folded, laid_out, listing_of, unfolded
from impact.catalog.listing import CLEAR, Draft, Listing, twin_of

TEA = Draft(
    7,
    "330523:云雾社/白茶",
    "330523",
    {
        "product": "白茶",
        "category": "tea",
        "monthly_capacity": {"amount": 12000.0, "unit": "kg"},
        "season": [3, 4],
    },
    {"等级": "特级"},
    {"monthly_capacity": "约12吨"},
)


def test_what_was_laid_out_reads_as_the_row_it_was():
    again = unfolded(7, folded(TEA))

    assert (again.row, again.key, again.region) == (TEA.row, TEA.key, TEA.region)
    assert (dict(again.values), dict(again.attributes), dict(again.written)) == TEA[3:6]
    assert again.applied_to(None) == TEA.applied_to(None)


def test_what_was_laid_out_changes_what_is_known_as_the_row_does():
    known = Listing(TEA.key, TEA.region, {"product": "白茶", "brand": "云雾"}, {"口味": "清香"})

    assert unfolded(7, folded(TEA)).applied_to(known) == TEA.applied_to(known)
    assert difference(unfolded(7, folded(TEA)), TEA.applied_to(None)).outcome is Outcome.UNCHANGED


def test_a_new_listing_is_laid_out_once():
    laid = folded(TEA)

    assert laid_out(unfolded(7, laid).applied_to(None)) is laid
    assert laid == laid_out(TEA.applied_to(None))


def test_nothing_is_read_of_a_new_listing_until_somebody_looks():
    unread = folded(TEA)._replace(body="no JSON")

    after = difference(unfolded(7, unread), None).after

    assert (after.key, after.region, twin_of(after)) == (TEA.key, "330523", "330523/白茶")
    with pytest.raises(ValueError, match="expected"):
        after.values["product"]


def test_a_table_finds_a_listing_by_what_it_is_compared_by():
    laid = folded(TEA)

    assert laid[:-1] == (TEA.key, "330523/白茶", "330523", "tea", 12000.0)
    assert json.loads(laid.body) == body_of(TEA.applied_to(None))
    assert listing_of(json.loads(laid.body)) == TEA.applied_to(None)


@pytest.mark.parametrize(
    "row",
    [
        TEA._replace(region=""),  # may be a product that is known, whose place stays
        TEA._replace(values={"product_code": "A1"}),  # so may one that names no product
        TEA._replace(values={**TEA.values, "season": CLEAR}),  # asks for something to be forgotten
        TEA._replace(attributes={"等级": CLEAR}),
    ],
)
def test_a_row_that_is_no_listing_by_itself_is_not_laid_out(row):
    assert folded(row) is None


def test_a_brief_row_is_of_the_same_product_and_place():
    told = brief(TEA)

    assert (told.row, told.key, told.region, told.values) == (*TEA[:3], {"product": "白茶"})
    assert twin_of(told.applied_to(None)) == twin_of(TEA.applied_to(None))
    assert brief(TEA._replace(values={"product_code": "A1"})).values == {}
