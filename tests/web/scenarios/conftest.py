"""A service over some producers of the sample, and a scenario of them."""

from dataclasses import replace

import pytest
from services import service, signed_in, user_of
from store.decisions.offices import PERIOD

from impact.access import Role
from impact.model import Programme
from impact.store.catalogs import save_catalog
from impact.store.decisions import scenarios
from impact.store.decisions.scenario import Asked, Inputs
from impact.store.decisions.scenarios import Origin

FLOOR = {"id": "floor", "kind": "group_floor", "group": {"tier": ["1", "2"]}, "share": 0.1}


@pytest.fixture(scope="module")
def inputs(sample):
    """Some producers of the sample."""
    producers = sample.producers[:60]
    known = {producer.producer_id for producer in producers}
    products = tuple(product for product in sample.products if product.producer_id in known)
    return replace(sample, producers=producers, products=products)


@pytest.fixture
def hills(inputs):
    made = service()
    save_catalog(made.extensions["database"], inputs)
    return made


@pytest.fixture
def coordinator(hills):
    return signed_in(hills, Role.COORDINATOR)


@pytest.fixture
def asking(hills, inputs):
    """Makes a scenario of some rules, one floor where none are said."""

    def make(*rules):
        asked = Asked(Programme("hills", "山货", "Hills", 10, rules or (FLOOR,)), PERIOD)
        who = user_of(hills, Role.COORDINATOR).acting()
        return scenarios.create(hills.extensions["database"], Origin("hills", 1), asked, Inputs(inputs), who)

    return make
