"""On the demo somebody is in every template, and what is presumed says so."""

from datetime import date

import pytest
from services import service, signed_in

from impact.access import SYSTEM, Role
from impact.catalog.listed.norms import read_norms
from impact.commands.sample import PARTNER, keep_partner, presume_ready
from impact.config import DATA
from impact.i18n import words
from impact.programmes.templates import drafted, template_names
from impact.store.catalogs import save_catalog
from impact.store.decisions import enrolling
from impact.store.lists.imports import history
from impact.store.lists.listings import own_listings

ON = date(2026, 12, 1)


@pytest.fixture(scope="module")
def app(sample):
    """The service of the demo, without its plan."""
    app = service()
    kept = app.extensions["database"]
    save_catalog(kept, sample)
    keep_partner(kept)
    presume_ready(kept)
    return app


@pytest.fixture(scope="module")
def enrolled(app):
    """Says who is in a template."""
    kept = app.extensions["database"]
    ground = enrolling.ground_of(kept, read_norms(DATA), {})

    def _enrolled(template):
        version = enrolling.keep(kept, drafted(DATA, template, template, ON), SYSTEM)
        return enrolling.enrolled_in(kept, version, ON, ground)

    return _enrolled


@pytest.mark.parametrize("template", template_names(DATA))
def test_somebody_of_the_sample_and_of_its_partner_is_in_every_template(enrolled, template):
    found = enrolled(template)

    own = {name for name in found.joined.listing_of if found.verdicts[name].is_eligible}
    assert len({name for name, verdict in found.verdicts.items() if verdict.is_eligible}) > 0
    assert own or template == "domestic_brands"


def test_every_line_of_the_partners_list_says_that_it_is_made_up(app):
    listings = [listing for _, listing in own_listings(app.extensions["database"], PARTNER.partner_id)]

    assert len(listings) == 10
    assert all("虚构" in str(listing.values["notes"]) for listing in listings)


def test_keeping_it_again_changes_nothing(app):
    kept = app.extensions["database"]

    keep_partner(kept)

    assert len(history(kept, PARTNER.partner_id)) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_of_who_is_in_says_what_is_presumed(app, lang):
    kept = app.extensions["database"]
    enrolling.keep(kept, drafted(DATA, "crafts", f"seen-{lang}", ON), SYSTEM)

    page = signed_in(app, Role.COORDINATOR).get(f"/{lang}/programmes/seen-{lang}/enrolled")

    assert words("programmes.presumed", lang) in page.text
