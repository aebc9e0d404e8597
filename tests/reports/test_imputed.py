"""What of a catalog nobody observed is named noun by noun."""

from dataclasses import replace

from shelves import valley

from impact.model import Catalog
from impact.reports.imputed import imputed_fields

CATALOG = valley().graph.catalog


def test_each_noun_names_the_fields_that_any_of_it_imputes():
    one, *others = CATALOG.products
    named = replace(one, imputed=frozenset({"season"}))

    assert imputed_fields(replace(CATALOG, products=(named, *others))) == {
        "producers": ["capacity", "size"],
        "products": ["quality", "season", "shelf_life_days"],
        "placements": ["supply"],
    }


def test_demand_and_supply_count_too():
    segment, placement = CATALOG.segments[0], CATALOG.placements[0]
    guessed = Catalog(
        **vars(CATALOG)
        | {
            "segments": (replace(segment, imputed=frozenset({"demand"})),),
            "placements": (replace(placement, imputed=frozenset({"supply"})),),
        }
    )

    found = imputed_fields(guessed)

    assert found["segments"] == ["demand"]
    assert found["placements"] == ["supply"]


def test_where_all_was_observed_nothing_is_named():
    assert imputed_fields(Catalog((), (), (), (), (), (), (), (), ())) == {}
