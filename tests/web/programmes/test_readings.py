"""A coordinator states readings of a milestone that nothing counts; its page says how it stands by them."""

from datetime import timedelta
from html import unescape

import pytest
from services import database, send, service, signed_in

from impact.access import SYSTEM, Role
from impact.i18n import LANGS, words
from impact.programmes.document import MilestoneDocument, Names
from impact.programmes.templates import blank
from impact.store.decisions import enrolling
from impact.store.happened.readings import MEASURED
from impact.web.programmes.filled import today

SOURCE = "县商务局十月月报，第 3 页"


def milestone(name, metric, *, first=-20):
    begins, due = today() + timedelta(first), today() + timedelta(40)
    return MilestoneDocument(
        milestone_id=name, name=Names(zh=name, en=name), metric=metric, target=90, first=begins, due=due
    )


@pytest.fixture
def app():
    kept = database()
    steps = (
        milestone("sales", "first_sales"),
        milestone("seen", MEASURED),
        milestone("later", "jobs", first=10),
    )
    document = blank("hills", Names(zh="山货", en="Hills"), today())
    enrolling.keep(kept, document.model_copy(update={"milestones": steps}), SYSTEM)
    return service(kept=kept)


@pytest.fixture
def client(app):
    return signed_in(app, Role.COORDINATOR)


def page_of(name="sales", lang="en"):
    return f"/{lang}/programmes/hills/milestones/{name}"


def stating(client, lang="en", **fields):
    told = {"on": today().isoformat(), "value": "60", "source": SOURCE}
    return send(client, page_of(lang=lang), **told | fields)


@pytest.mark.parametrize("lang", LANGS)
def test_a_reading_is_stated_and_shown_with_its_source_and_what_follows(client, lang):
    answer = stating(client, lang)

    assert answer.location == page_of(lang=lang)
    for page in (client.get(answer.location).text, client.get(f"/{lang}/programmes/hills").text):
        assert SOURCE in page
        assert words("milestone_why.on_pace", lang) in page
        assert words("programme.forecast", lang, value=180) in page


def test_the_programme_leads_to_stating_a_reading_of_what_nothing_counts_alone(client):
    page = client.get("/en/programmes/hills").text

    assert page_of() in page
    assert words("programme.no_readings", "en") in page
    assert page_of("seen") not in page
    assert client.get(page_of("seen")).status_code == 404


def test_a_reading_that_is_corrected_stays_and_says_so(client):
    stating(client, value="600")
    stating(client, value="60")

    page = client.get(page_of()).text
    assert words("milestone_readings.replaced", "en") in page
    assert ">600" in page


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"on": ""}, "on"),
        ({"on": "soon"}, "on"),
        ({"on": (today() + timedelta(1)).isoformat()}, "on"),  # yet to come
        ({"on": (today() - timedelta(21)).isoformat()}, "on"),  # before it began
        ({"value": ""}, "value"),
        ({"value": "about 60"}, "value"),
        ({"value": "-1"}, "value"),
        ({"source": " "}, "source"),
    ],
)
def test_what_is_no_reading_is_refused_at_its_field_and_nothing_typed_is_lost(client, lang, fields, field):
    answer = stating(client, lang, **fields)

    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    kept = {"on": today().isoformat(), "value": "60", "source": SOURCE} | fields
    assert all(
        f'value="{typed.strip()}"' in unescape(answer.text) for typed in kept.values() if typed.strip()
    )
    assert words("milestone_readings.none", lang) in answer.text


def test_before_it_begins_there_is_nothing_to_state(client):
    page = client.get(page_of("later")).text

    begins = (today() + timedelta(10)).isoformat()
    assert words("milestone_readings.not_begun", "en", first=begins) in page
    assert 'name="value"' not in page


def test_who_reads_sees_readings_and_states_none(app, client):
    stating(client)
    viewer = signed_in(app, Role.VIEWER)

    page = viewer.get(page_of()).text
    assert SOURCE in page
    assert 'name="value"' not in page


@pytest.mark.parametrize("name", ["none", "seen"])
def test_what_is_not_there_is_not_found(client, name):
    assert client.get(page_of(name)).status_code == 404
