"""From partners' real files to a solved plan: nothing is lost on the way, and what is guessed is named."""

from pathlib import Path

import pytest
from listings import NAMING

from impact.catalog.checking.examine import Findings, Nothing
from impact.catalog.listed.join import with_listings
from impact.catalog.listed.norms import read_norms
from impact.intake import Asked, open_intake
from impact.matching.plan import Status
from impact.pipeline import run
from impact.programmes.reading import read_programme
from impact.reference import read_reference

FILES = sorted((Path(__file__).parent / "data" / "partner_files").iterdir())


@pytest.fixture(scope="module")
def listed(data):
    reference = read_reference(data)
    found = {}
    for file in FILES:
        changes = open_intake(file, Asked(), {}, reference).changes(Nothing(), Findings())
        found[file.name] = [change.after for change in changes if change.after]
    return found


@pytest.mark.parametrize("file", [file.name for file in FILES])
def test_every_listing_of_a_partners_file_becomes_a_product(sample, data, listed, file):
    joined = with_listings(sample, [(file, each) for each in listed[file]], read_norms(data), NAMING)

    assert joined.left_out == ()
    assert {each.key for each in joined.listing_of.values()} == {each.key for each in listed[file]}
    added = [product for product in joined.catalog.products if product.product_id in joined.listing_of]
    assert len(added) == len(listed[file]) > 100
    assert all("quality" in product.imputed for product in added)
    assert sum(product.category == "other" for product in added) < 0.05 * len(added)


@pytest.mark.slow
def test_five_partners_files_come_to_a_plan_that_shows_their_producers(sample, data, listed):
    everything = [(name, each) for name, own in listed.items() for each in own]
    joined = with_listings(sample, everything, read_norms(data), NAMING)

    solved = run(joined.catalog, read_programme(data / "demo" / "programme.json"))

    assert solved.plan.status is Status.OPTIMAL
    products = solved.graph.catalog.products
    shown = {products[i].product_id for i in solved.problem.product_of[solved.plan.exposure > 0].tolist()}
    assert len(shown & joined.listing_of.keys()) > 0.9 * len(joined.listing_of)
