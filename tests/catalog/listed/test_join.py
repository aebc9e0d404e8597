"""What partners list becomes producers and products beside those of a catalog."""

from dataclasses import replace

import pytest
from listings import ANJI, NAMING, NINGXIAN, listing

from impact.catalog.listed.join import with_listings
from impact.catalog.listed.norms import read_norms
from impact.model import ALL_YEAR, ColdChain, Place
from impact.pipeline import link

BUREAU = "宁县农业局"
FULL = {
    "category": "fruit",
    "producer": "宁县红富士合作社",
    "producer_type": "cooperative",
    "latitude": 35.5,
    "longitude": 108.1,
    "monthly_capacity": {"amount": 5000.0, "unit": "kg"},
    "season": [9, 10, 11],
    "shelf_life": {"ambient": 20.0, "chilled": 90.0},
    "cold_chain": "chilled",
    "certificates": [{"kind": "gi", "number": "AGI00001"}],
    "has_shop": False,
    "list": "农产品地理标志",
}


@pytest.fixture(scope="module")
def norms(data):
    return read_norms(data)


@pytest.fixture
def join(sample, norms):
    return lambda *listings, catalog=sample: with_listings(catalog, listings, norms, NAMING)


def only(joined):
    """The one producer and the one product that were listed."""
    (product_id,), (producer_id,) = joined.listing_of, joined.partner_of
    by_id = {noun.product_id: noun for noun in joined.catalog.products}
    return next(p for p in joined.catalog.producers if p.producer_id == producer_id), by_id[product_id]


def test_what_is_stated_is_taken_and_only_the_rest_is_imputed(join, norms):
    producer, product = only(join((BUREAU, listing("宁县红富士", NINGXIAN, **FULL))))

    assert (producer.name, producer.type, producer.place) == (
        "宁县红富士合作社",
        "specialty",
        Place(35.5, 108.1),
    )
    assert producer.capacity == pytest.approx(2000 * norms.exposures_per_order)  # 2.5 kg an order
    assert (producer.tier, producer.source) == (norms.tier_of[NINGXIAN], "农产品地理标志")
    assert producer.imputed == {"size", "programme"}
    assert (product.category, product.season, product.fame) == ("fruit", {9, 10, 11}, 1.0)
    assert (product.cold_chain, product.shelf_life_days) == (ColdChain.CHILLED, 90.0)
    assert product.popularity == 0
    assert product.imputed == {"quality"}


def test_a_name_and_a_county_are_enough(join, sample):
    producer, product = only(join((BUREAU, listing("宁县某某苹果", NINGXIAN))))

    region = next(region for region in sample.regions if region.adcode == NINGXIAN)
    assert (producer.name, producer.place, producer.type) == ("宁县某某苹果", region.place, "specialty")
    assert producer.capacity > 0
    assert producer.imputed == {"name", "place", "type", "capacity", "size", "programme"}
    assert (product.category, product.season) == ("fruit", ALL_YEAR)
    assert product.imputed == {
        "category", "quality", "fame", "cold_chain", "shelf_life_days", "season", "popularity"
    }  # fmt: skip


def test_of_a_province_alone_the_tier_is_a_guess(join):
    producer, _ = only(join((BUREAU, listing("某某苹果", "620000"))))

    assert producer.tier == "0"
    assert "tier" in producer.imputed


def test_one_who_sells_several_things_is_one_producer(join, norms):
    goods = [
        listing(name, NINGXIAN, producer="红富士合作社", monthly_capacity={"amount": 100.0, "unit": "box"})
        for name in ("红富士一级", "红富士二级")
    ]

    joined = join(*((BUREAU, each) for each in goods))

    (producer_id,) = joined.partner_of
    producer = next(p for p in joined.catalog.producers if p.producer_id == producer_id)
    assert len(joined.listing_of) == 2
    assert producer.capacity == pytest.approx(200 * norms.exposures_per_order)


def test_two_partners_that_list_the_same_have_one_each(join):
    joined = join((BUREAU, listing("新苹果", NINGXIAN)), ("庆阳协会", listing("新苹果", NINGXIAN)))

    assert sorted(joined.partner_of.values()) == sorted([BUREAU, "庆阳协会"])
    assert len(joined.listing_of) == 2


def test_a_partners_word_goes_before_that_of_a_public_list(join, sample):
    joined = join(("安吉县茶办", listing("安吉 白茶", ANJI)))

    before = [each for each in sample.products if each.name == "安吉白茶"]
    after = [each for each in joined.catalog.products if each.name in {"安吉白茶", "安吉 白茶"}]
    assert len(before) >= 1
    assert [each.product_id for each in after] == list(joined.listing_of)
    assert after[0].fame == 1.0  # as the list of specialties knows it
    assert "fame" in after[0].imputed
    makers = {product.producer_id for product in joined.catalog.products}
    assert {producer.producer_id for producer in joined.catalog.producers} == makers


def test_nouns_stay_in_the_order_of_their_ids(join):
    catalog = join((BUREAU, listing("新苹果", NINGXIAN)), (BUREAU, listing("新杏", NINGXIAN))).catalog

    ids = [product.product_id for product in catalog.products]
    assert ids == sorted(ids)
    assert [p.producer_id for p in catalog.producers] == sorted(p.producer_id for p in catalog.producers)


def test_the_order_of_listings_changes_nothing(join):
    some = [(BUREAU, listing(name, NINGXIAN)) for name in ("新苹果", "新杏", "新梨")]

    assert join(*some).catalog == join(*reversed(some)).catalog


@pytest.mark.parametrize(
    ("listed", "code"),
    [
        (replace(listing(), values={}), "listing_without_name"),
        (listing("苹果", ""), "listing_without_region"),
        (listing("苹果", "999999"), "listing_without_region"),
        (listing(monthly_capacity={"amount": 0.0, "unit": "kg"}), "listing_sells_nothing"),
    ],
)
def test_what_cannot_be_sold_is_left_out_with_the_reason(join, sample, listed, code):
    joined = join((BUREAU, listed))

    assert [(each.partner, each.key, each.issue.code) for each in joined.left_out] == [
        (BUREAU, listed.key, code)
    ]
    assert joined.catalog == sample


def test_a_county_without_a_seat_stands_at_that_of_its_prefecture(join, sample):
    lost = tuple(replace(r, place=None) if r.adcode == NINGXIAN else r for r in sample.regions)
    prefecture = next(region for region in sample.regions if region.adcode == "621000")

    producer, _ = only(join((BUREAU, listing("新苹果", NINGXIAN)), catalog=replace(sample, regions=lost)))

    assert producer.place == prefecture.place


def test_a_place_nobody_knows_is_said(join, sample):
    lost = tuple(replace(region, place=None) for region in sample.regions)

    joined = join(
        (BUREAU, listing("新苹果", NINGXIAN)),
        catalog=replace(sample, regions=lost, producers=(), products=()),
    )

    assert [each.issue.code for each in joined.left_out] == ["listing_without_place"]


def test_in_an_empty_market_stated_fallbacks_are_taken(join, sample, norms):
    joined = join((BUREAU, listing("新苹果", NINGXIAN)), catalog=replace(sample, producers=(), products=()))

    producer, product = only(joined)
    assert producer.capacity == pytest.approx(500 * norms.exposures_per_order)
    assert (product.quality, product.shelf_life_days, product.popularity) == (0.5, None, 0.0)


def test_a_huge_claim_gets_no_more_organic_exposure_than_it_can_serve(join):
    claim = {"amount": 1e9, "unit": "kg"}

    producer, product = only(join((BUREAU, listing("新苹果", NINGXIAN, monthly_capacity=claim))))

    assert product.popularity == producer.capacity
    assert producer.size == "head"


def test_listed_goods_are_linked_like_any_others(join):
    joined = join((BUREAU, listing("宁县红富士", NINGXIAN, **FULL)))

    graph = link(joined.catalog, 10)

    number = next(i for i, p in enumerate(joined.catalog.products) if p.product_id in joined.listing_of)
    assert (graph.links.product_of == number).sum() > 0
