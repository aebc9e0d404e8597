"""What is counted in kilograms and mu is compared; what is counted in pieces is not."""

from impact.catalog.checking.figures import figures_of
from impact.catalog.checking.plausible import Figures


def test_kilograms_mu_and_yuan_per_kilogram_are_taken():
    said = {
        "category": "tea",
        "monthly_capacity": {"amount": 500, "unit": "kg"},
        "annual_output": {"amount": 6_000, "unit": "kg", "most": 7_000},
        "area": 20,
        "price": {"yuan": 400, "per": "kg"},
    }

    assert figures_of(said) == Figures("tea", 500.0, 6_000.0, 20.0, 400.0)


def test_pieces_and_what_is_not_said_are_left_out():
    said = {"monthly_capacity": {"amount": 500, "unit": "case"}, "price": {"yuan": 128, "per": "box"}}

    assert figures_of(said) == Figures(None, None, None, None, None)
