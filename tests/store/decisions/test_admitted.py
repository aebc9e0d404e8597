"""Who is in a scenario is counted from what it froze; one that nobody is in is not solved."""

from dataclasses import replace
from gc import collect
from weakref import ref

import pytest
from shelves import valley
from store.decisions.offices import PERIOD, scenario, staff

from impact.access import Role
from impact.errors import BadInput
from impact.store.database import open_database
from impact.store.decisions import scenarios
from impact.store.decisions.admitted import Admitted, admitted, refuse_if_nobody
from impact.store.decisions.scenario import Asked, Inputs
from impact.store.decisions.scenarios import Origin

CATALOG = valley().graph.catalog
PRODUCTS = tuple(product.product_id for product in CATALOG.products)


@pytest.fixture
def maker(engine):
    return staff(engine, "Lin", Role.COORDINATOR)


@pytest.fixture
def leaving_out(engine, maker):
    """Makes a scenario of the valley that leaves products out."""

    def make(excluded):
        return scenario(engine, maker, Asked(replace(valley().programme, excluded=excluded), PERIOD))

    return make


def test_who_is_in_is_counted_and_who_is_out_by_each_reason(engine, leaving_out):
    first, second, *rest = PRODUCTS

    found = admitted(engine, leaving_out({first: ("region_out", "shop_missing"), second: ("shop_missing",)}))

    assert found == Admitted(len(rest), len(PRODUCTS), (("shop_missing", 2), ("region_out", 1)))
    assert not [*found.issues()]


def test_with_everybody_in_nobody_is_out(engine, leaving_out):
    assert admitted(engine, leaving_out({})) == Admitted(len(PRODUCTS), len(PRODUCTS), ())


def test_a_scenario_that_nobody_is_in_is_refused_with_the_most_frequent_reason(engine, leaving_out):
    with pytest.raises(BadInput) as refused:
        refuse_if_nobody(engine, leaving_out(dict.fromkeys(PRODUCTS, ("region_out",))))

    (issue,) = refused.value.issues
    assert issue.code == "nobody_eligible"
    assert issue.params == {"count": len(PRODUCTS), "code": "region_out", "most": len(PRODUCTS)}


def test_so_is_one_of_a_catalog_without_products(engine, maker):
    asked, empty = Asked(valley().programme, PERIOD), replace(CATALOG, products=())
    made = scenarios.create(engine, Origin("valley", 1), asked, Inputs(empty), maker)

    with pytest.raises(BadInput) as refused:
        refuse_if_nobody(engine, made)

    assert [issue.code for issue in refused.value.issues] == ["nothing_listed"]


def test_what_is_remembered_of_a_database_does_not_hold_it(database_url):
    kept = open_database(database_url)
    admitted(kept, scenario(kept, staff(kept, "Lin", Role.COORDINATOR), Asked(valley().programme, PERIOD)))
    seen = ref(kept)
    kept.dispose()

    del kept
    collect()

    assert seen() is None
