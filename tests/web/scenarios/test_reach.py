"""A lock on a pair that nothing links is refused at the form, with why, and with what to lock instead."""

import re
from dataclasses import replace

import numpy as np
import pytest
from services import send

from impact.i18n import LANGS, words
from impact.jobs.queue import Queue
from impact.model import Programme
from impact.pipeline import link
from impact.web.scenarios.reach import HARD, unreached

ASKED = Programme("hills", "山货", "Hills", 10, ())


@pytest.fixture(scope="module")
def graph(inputs):
    return link(inputs, ASKED.month)


@pytest.fixture(scope="module")
def reached(graph):
    """What each product is linked with."""
    catalog, found = graph.catalog, {}
    for product, placement in zip(graph.links.product_of, graph.links.placement_of, strict=True):
        of = found.setdefault(catalog.products[product].product_id, set())
        of.add(catalog.placements[placement].placement_id)
    return found


@pytest.fixture(scope="module")
def unwanted(inputs, graph, reached):
    """A product, and a placement whose consumers do not want its kind."""
    number = next(i for i, count in enumerate(graph.refused["no_interest"]) if count)
    product = inputs.products[number].product_id
    for placement in (each.placement_id for each in inputs.placements):
        found = unreached(inputs, ASKED, product, placement)
        if found and found.reason == "no_interest" and product in reached:
            return product, placement
    raise AssertionError("everybody wants everything")


@pytest.fixture(scope="module")
def outranked(inputs, graph, reached):
    """A product, and a placement that it fits while neither is among what the other fits best."""
    number = int(np.argmax(graph.refused["outranked"]))
    product = inputs.products[number].product_id
    assert graph.refused["outranked"][number] and reached[product]
    for placement in (each.placement_id for each in inputs.placements):
        found = unreached(inputs, ASKED, product, placement)
        if found and found.reason == "outranked":
            return product, placement
    raise AssertionError("nobody is outranked")


def page_of(made, lang="en"):
    return f"/{lang}/scenarios/{made.scenario_id}"


def typed(product, placement):
    return {"lock.product": product, "lock.placement": placement, "lock.at_most": "0", "lock.reason": "why"}


def test_whatever_is_linked_is_said_to_be_reached(inputs, reached):
    for product, placements in list(reached.items())[:5]:
        assert all(unreached(inputs, ASKED, product, each) is None for each in sorted(placements)[:5])


def test_what_it_can_reach_is_named_the_best_first(inputs, graph, unwanted):
    found = unreached(inputs, ASKED, *unwanted)

    assert found.instead
    assert all(unreached(inputs, ASKED, unwanted[0], each) is None for each in found.instead)


def test_what_fits_but_is_outranked_is_told_from_what_cannot_be(inputs, reached, outranked):
    product, placement = outranked

    found = unreached(inputs, ASKED, product, placement)

    assert placement not in reached[product]
    assert set(found.instead) <= reached[product]


def test_who_is_not_eligible_reaches_nothing(inputs, reached):
    product, placements = next(iter(reached.items()))
    asked = replace(ASKED, excluded={product: ("type_out",)})

    found = unreached(inputs, asked, product, min(placements))

    assert (found.reason, found.instead) == ("ineligible", ())


@pytest.mark.parametrize("lang", LANGS)
def test_a_lock_of_what_nothing_links_is_refused_at_its_field(hills, coordinator, asking, unwanted, lang):
    made = asking()

    answer = send(coordinator, page_of(made, lang), **typed(*unwanted))

    assert answer.status_code == 422
    assert words("lock_unreached.no_interest", lang) in answer.text
    assert 'href="#lock.placement"' in answer.text
    assert re.search(r"（[\w|@.-]+）", answer.text)  # what to type instead
    assert not Queue(hills.extensions["database"]).list()


def test_a_lock_of_what_is_outranked_is_refused_at_its_field(hills, coordinator, asking, outranked):
    answer = send(coordinator, page_of(asking()), **typed(*outranked))

    assert answer.status_code == 422
    assert words("lock_unreached.outranked", "en") in answer.text
    assert 'href="#lock.placement"' in answer.text
    assert not Queue(hills.extensions["database"]).list()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("reason", [*HARD, "outranked", "saturated"])
def test_every_reason_has_words(reason, lang):
    assert words(f"lock_unreached.{reason}", lang)
