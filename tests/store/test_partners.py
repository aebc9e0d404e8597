"""Partners are kept by version; whom one writes to is kept apart, in no log, and can be forgotten."""

from dataclasses import replace

import pytest

from impact.access import SYSTEM
from impact.catalog.listing import Listing
from impact.errors import Conflict, Unknown
from impact.store import partners
from impact.store.audit import Sought, entries
from impact.store.database import reading
from impact.store.lists.listings import Listings, all_imports, all_listings
from impact.store.paging import Part
from impact.store.partners import Contact, Partner

ANJI = Partner("anji", "安吉县农业农村局", "Anji bureau of agriculture", "330523")
TEA = Listing("白茶", "330523", {"product": "白茶"}, {}, {})
LI = Contact("李主任", "13800000000", "li@example.org")


@pytest.fixture
def kept(engine):
    partners.create(engine, ANJI, SYSTEM)
    return engine


def test_a_partner_comes_back_as_it_was_kept_and_as_it_was_changed(kept):
    assert partners.get(kept, "anji") == ANJI

    after = partners.change(kept, replace(ANJI, name_en="Anji"), SYSTEM)

    assert (after.version, partners.get(kept, "anji")) == (2, after)
    assert partners.get(kept, "deqing") is None


def test_a_change_of_what_was_changed_meanwhile_is_refused(kept):
    partners.change(kept, replace(ANJI, name_en="Anji"), SYSTEM)

    with pytest.raises(Conflict, match="version_moved"):
        partners.change(kept, replace(ANJI, name_en="Other"), SYSTEM)


def test_ids_are_given_once(kept):
    with pytest.raises(Conflict, match="partner_taken"):
        partners.create(kept, replace(ANJI, name_en="Other"), SYSTEM)
    assert partners.get(kept, "anji") == ANJI


def test_partners_are_listed_page_by_page(kept):
    partners.create(kept, replace(ANJI, partner_id="deqing", region=None), SYSTEM)

    first = partners.listed(kept, Part(limit=1))
    assert [each.partner_id for each in first.items] == ["anji"]
    assert [each.partner_id for each in partners.listed(kept, Part(1, first.next)).items] == ["deqing"]


def test_whom_to_write_to_is_kept_changed_and_forgotten(kept):
    assert partners.contact_of(kept, "anji") is None
    for contact in (LI, replace(LI, phone="")):
        partners.set_contact(kept, "anji", contact, SYSTEM)
        assert partners.contact_of(kept, "anji") == contact

    partners.set_contact(kept, "anji", None, SYSTEM)
    assert partners.contact_of(kept, "anji") is None


def test_the_log_says_that_a_contact_changed_and_not_who_it_is(kept):
    partners.set_contact(kept, "anji", LI, SYSTEM)
    partners.set_contact(kept, "anji", None, SYSTEM)

    with reading(kept) as connection:
        told = entries(connection, Sought(subject="anji"))
    assert [entry.what for entry in told] == ["partner.forget", "partner.contact", "partner.create"]
    assert not any(part in str(told) for part in ("李", "13800000000", "example.org"))


def test_a_retired_partner_stays_as_it_was_and_changes_no_more(kept):
    after = partners.retire(kept, "anji", SYSTEM, expected=1)

    assert (after.version, after.retired_at is not None) == (2, True)
    assert partners.get(kept, "anji") == after
    for attempt in (
        lambda: partners.change(kept, replace(after, name_en="Other"), SYSTEM),
        lambda: partners.retire(kept, "anji", SYSTEM, expected=None),
        lambda: partners.keep_active(kept, "anji", SYSTEM),
    ):
        with pytest.raises(Conflict, match="partner_retired"):
            attempt()
    with reading(kept) as connection:
        assert entries(connection, Sought(subject="anji"))[0].what == "partner.retire"


def test_what_retired_partners_list_is_left_out(kept):
    partners.create(kept, replace(ANJI, partner_id="deqing"), SYSTEM)
    with kept.begin() as connection:
        for partner in ("anji", "deqing"):
            Listings(connection, partner).put([TEA], f"import-of-{partner}")

    partners.retire(kept, "anji", SYSTEM, expected=None)

    assert [partner for partner, _ in all_listings(kept)] == ["deqing"]
    assert all_imports(kept) == ("import-of-deqing",)


def test_whom_the_operator_names_first_is_kept_under_the_id_alone(kept):
    partners.keep_active(kept, "deqing", SYSTEM)
    partners.keep_active(kept, "anji", SYSTEM)

    assert partners.get(kept, "deqing") == Partner("deqing", "deqing", "deqing")
    assert partners.get(kept, "anji") == ANJI


@pytest.mark.parametrize(
    "attempt",
    [
        lambda engine: partners.change(engine, ANJI, SYSTEM),
        lambda engine: partners.retire(engine, "anji", SYSTEM, expected=None),
        lambda engine: partners.set_contact(engine, "anji", LI, SYSTEM),
    ],
)
def test_an_unknown_partner_is_said_to_be_unknown(engine, attempt):
    with pytest.raises(Unknown, match="partner_unknown"):
        attempt(engine)
