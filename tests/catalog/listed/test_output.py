"""What a partner states becomes exposures a month by stated steps, or stays unsaid."""

from shutil import copytree

import pytest

from impact.catalog.listed.norms import Norms, read_norms
from impact.catalog.listed.output import output_of
from impact.errors import BadInput
from impact.model import ALL_YEAR

NORMS = Norms(
    exposures_per_order=70.0,
    kg_per_order={"tea": 0.25},
    online_share=0.1,
    organic_share=0.25,
    organic_power=1.75,
    tier_of={},
    cold_counties=frozenset(),
)
KG = {"amount": 1200.0, "unit": "kg"}


@pytest.mark.parametrize(
    ("values", "orders", "by"),
    [
        ({"monthly_capacity": KG}, 4800, "monthly_capacity"),  # a quarter of a kilogram an order
        (
            {"monthly_capacity": KG, "pack": {"amount": 2.0, "unit": "kg", "per": "case"}},
            600,
            "monthly_capacity",
        ),
        ({"monthly_capacity": KG, "pack": {"amount": 12.0, "unit": "bottle"}}, 4800, "monthly_capacity"),
        ({"monthly_capacity": KG, "pack": {"said": "大包装"}}, 4800, "monthly_capacity"),
        ({"monthly_capacity": {"amount": 300.0, "unit": "box"}}, 300, "monthly_capacity"),
        ({"monthly_capacity": {"amount": 50.0, "unit": "litre"}}, 200, "monthly_capacity"),
        ({"annual_output": KG}, 240, "annual_output"),  # a tenth of it online, in two months
        ({"annual_output": KG, "monthly_capacity": {"amount": 9.0, "unit": "piece"}}, 9, "monthly_capacity"),
        ({"stock": {"amount": 10.0, "unit": "kg"}}, 40, "stock"),
    ],
)
def test_what_is_stated_becomes_orders(values, orders, by):
    output = output_of(values, "tea", frozenset({3, 4}), NORMS)

    assert (output.orders, output.by) == (pytest.approx(orders), by)
    assert output.exposures == pytest.approx(orders * 70)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"monthly_capacity": {"amount": 5.0, "unit": "mu"}},
        {"monthly_capacity": {"unit": "kg"}},
        {"annual_output": "很多"},
        {"price": {"yuan": 20.0, "per": "kg"}},
    ],
)
def test_what_cannot_be_turned_is_unsaid(values):
    assert output_of(values, "tea", ALL_YEAR, NORMS) is None


def test_an_order_of_an_unknown_category_weighs_a_kilogram():
    assert output_of({"stock": KG}, "moon dust", ALL_YEAR, NORMS).orders == 1200


def test_norms_come_with_the_sample(data):
    norms = read_norms(data)

    assert norms.exposures_per_order == pytest.approx(73.8, abs=0.1)
    assert norms.tier_of["621026"] in {"1", "2"}
    assert len(norms.cold_counties) > 150
    assert 0 < norms.online_share < 1


def test_every_category_says_what_an_order_weighs(data, sample):
    assert set(read_norms(data).kg_per_order) == {category.category_id for category in sample.categories}


@pytest.mark.parametrize(
    ("pack", "orders", "why"),
    [
        ({"amount": 2.0, "unit": "kg"}, 600, "what an item holds"),
        ({"amount": 2.0, "unit": "kg", "per": "piece"}, 600, "what a piece holds"),
        ({"amount": 2.0, "unit": "kg", "per": "mu"}, 4800, "no order is an acre"),
        ({"amount": 0.0, "unit": "kg", "per": "case"}, 4800, "an empty case says nothing"),
        ({"amount": "2", "unit": "kg", "per": "case"}, 4800, "a text is no amount"),
        (None, 4800, "nothing is said"),
    ],
)
def test_an_order_is_what_a_pack_holds_where_that_is_said(pack, orders, why):
    output = output_of({"monthly_capacity": KG, "pack": pack}, "tea", frozenset({3}), NORMS)

    assert output.orders == pytest.approx(orders), why


def test_assumptions_that_are_missing_are_named_together(data, tmp_path):
    folder = copytree(data, tmp_path / "data")
    file = folder / "demo" / "assumptions.csv"
    kept = [
        line
        for line in file.read_text("utf-8").splitlines()
        if not line.startswith(("organic_p", "online_s"))
    ]
    file.write_text("\n".join(kept) + "\n", "utf-8")

    with pytest.raises(BadInput) as refusal:
        read_norms(folder)

    assert [(issue.code, issue.file, issue.params["name"]) for issue in refusal.value.issues] == [
        ("assumption_missing", "demo/assumptions.csv", "organic_power"),
        ("assumption_missing", "demo/assumptions.csv", "online_share"),
    ]
