"""Quotas and rules of a programme are sentences whose numbers are set in place; scenarios start from them."""

import pytest
from services import send
from web.programmes.changes import WHY, change, document, fields_of, page_of

from impact.i18n import LANGS, words
from impact.store.decisions import scenarios

QUOTAS = {
    "new-floor.group": "type=craft",
    "new-floor.share": "12.5",
    "new-most.group": "size=head",
    "new-most.at_most": "2,000,000",
    "new-quality.minimum": "70",
}


@pytest.mark.parametrize("lang", LANGS)
def test_quotas_and_rules_are_sentences_with_their_numbers_in_them(client, lang):
    page = client.get(page_of("quotas", lang)).text

    fields = fields_of(page)
    assert fields["priority-counties.share"] == ["40"]
    assert fields["everyone.of_capacity"] == ["3"]
    assert fields["new-least.at_least"] == [""]
    assert words("scenario.add_lede", lang) in page


def test_quotas_change_are_taken_away_and_added_as_quotas_and_rules_as_rules(app, client):
    answer = change(client, "quotas", **{"priority-counties.share": "45", "remove": ["everyone"], **QUOTAS})

    assert answer.location == "/en/programmes/hills#quotas"
    told = document(app)
    assert [(quota.id, quota.least_share, quota.most) for quota in told.quotas] == [
        ("priority-counties", 0.45, None),
        ("floor", 0.125, None),
        ("most", None, 2e6),
    ]
    assert told.quotas[1].group == {"type": ("craft",)}
    assert [rule["id"] for rule in told.rules] == ["dominance", "no-giants", "quality"]
    page = client.get("/en/programmes/hills").text
    assert words("programme_part.quotas", "en") in page
    assert WHY in page


def test_a_new_scenario_starts_from_the_quotas_as_they_are_by_then(app, client):
    change(client, "quotas", **{"priority-counties.share": "45"})

    location = send(
        client, "/en/programmes/hills", "/en/programmes/hills/scenarios", period="2026-12"
    ).location

    made = scenarios.get(app.extensions["database"], location.rpartition("/")[2])
    assert made.asked.programme.rules[0] == {
        "id": "priority-counties",
        "kind": "group_floor",
        "group": {"tier": ["1", "2"]},
        "share": 0.45,
    }


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"priority-counties.share": "120"}, "priority-counties.share"),  # more than all
        ({"priority-counties.share": ""}, "priority-counties.share"),  # it would be no quota
        ({"new-least.group": "tier=1", "new-least.at_least": "many"}, "new-least.at_least"),
        ({"new-floor.share": "10"}, "new-floor.group"),  # for nobody
        ({"new-floor.share": "10", "new-floor.group": "tier=9"}, "new-floor.group"),  # for nobody known
    ],
)
def test_a_quota_that_cannot_be_is_refused_at_its_field_and_nothing_typed_is_lost(app, client, fields, field):
    before = document(app)

    answer = change(client, "quotas", **fields | {"new-dominance.share": "33"})

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}"' in answer.text
    assert fields_of(answer.text)["new-dominance.share"] == ["33"]
    assert document(app) == before
