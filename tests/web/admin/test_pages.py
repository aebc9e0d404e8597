"""Who runs the service keeps partners, channels and webhooks on pages; every change is in the log."""

from dataclasses import replace

import pytest
from services import send, signed_in

from impact.access import SYSTEM, Role
from impact.i18n import words
from impact.store import partners
from impact.store.audit import Sought, log_page
from impact.store.browsing import Wanted as Sifted
from impact.store.catalogs import load_catalog
from impact.store.edits.desk import NounDesk
from impact.store.partners import Partner
from impact.store.webhooks.hooks import Hooks, News, Wanted
from impact.store.webhooks.postings import PostingStatus, PostOffice

ADDRESS = "https://example.org/in"


@pytest.fixture
def app(stocked):
    return stocked


@pytest.fixture
def kept(app):
    return app.extensions["database"]


@pytest.fixture
def admin(app):
    return signed_in(app, Role.ADMIN)


def done(kept):
    return [entry.what for entry in log_page(kept, Sought("", "", ""), before=None, limit=3)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_partner_is_added_seen_and_retired(admin, kept, lang):
    page = f"/{lang}/partners"

    assert send(admin, page, partner_id="anji", name_zh="安吉县农业农村局").status_code == 303
    assert partners.get(kept, "anji").name_en == "安吉县农业农村局"
    assert f"/{lang}/portal/anji" in admin.get(page).text

    refused = send(admin, page, f"{page}/anji/retire")
    assert words("issue.decision_reason_missing", lang) in refused.text
    assert not partners.get(kept, "anji").retired_at

    assert send(admin, page, f"{page}/anji/retire", reason="并入市局").status_code == 303
    assert partners.get(kept, "anji").retired_at
    assert words("partners.retired", lang) in admin.get(page).text
    assert "并入市局" in admin.get(page).text
    assert done(kept)[:2] == ["partner.retire", "partner.create"]


@pytest.mark.parametrize(
    ("fields", "issue"),
    [
        ({"partner_id": "安吉", "name_zh": "安吉"}, "partner_id_not_valid"),
        ({"partner_id": "a/b", "name_zh": "安吉"}, "partner_id_not_valid"),
        ({"partner_id": "anji"}, "partner_name_missing"),
        ({"partner_id": "known", "name_en": "Known"}, "partner_taken"),
    ],
)
def test_a_partner_that_cannot_be_kept_is_told_and_what_was_typed_stays(admin, kept, fields, issue):
    partners.create(kept, Partner("known", "已有", "Known"), SYSTEM)

    answer = send(admin, "/en/partners", **fields)

    assert answer.status_code == 422
    assert words(f"issue.{issue}", "en", value=fields["partner_id"]) in answer.text.replace("&#39;", "'")
    assert f'value="{fields["partner_id"]}"' in answer.text


@pytest.mark.parametrize(("partner", "status"), [("none", 404), ("gone", 409)])
def test_who_is_none_or_one_no_more_is_not_retired(admin, kept, partner, status):
    partners.create(kept, Partner("gone", "已走", "Gone"), SYSTEM)
    partners.retire(kept, "gone", SYSTEM, expected=None)

    assert send(admin, "/en/partners", f"/en/partners/{partner}/retire", reason="left").status_code == status


def test_many_partners_come_page_by_page(admin, kept):
    for number in range(51):
        partners.create(kept, Partner(f"p{number:02}", f"伙伴{number}", f"Partner {number}"), SYSTEM)

    assert "after=p49" in admin.get("/en/partners").text
    assert "Partner 50" in admin.get("/en/partners?after=p49").text


def test_who_only_reads_sees_partners_and_channels_and_no_form(app, kept):
    partners.create(kept, Partner("anji", "安吉", "Anji"), SYSTEM)
    viewer = signed_in(app, Role.VIEWER)

    for page in ("/en/partners", "/en/channels"):
        text = viewer.get(page).text
        assert 'name="name_zh"' not in text
        assert words("partners.retire", "en") not in text


def channel(kept, name="mall"):
    (found,) = [each for each in load_catalog(kept).channels if each.channel_id == name]
    return found


FIELDS = {"name_zh": "商城", "name_en": "Mall", "value_per_exposure": "1.4", "version": "1"}


def test_what_an_exposure_is_worth_is_changed_in_a_version_of_its_own(admin, kept):
    assert send(admin, "/en/channels", "/en/channels/mall", **FIELDS).status_code == 303

    assert channel(kept).value_per_exposure == 1.4
    assert done(kept)[0] == "channel.change"
    (edition,) = [
        each for each in NounDesk(kept).page("channels", Sifted()) if each.noun.channel_id == "mall"
    ]
    assert edition.version == 2


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"value_per_exposure": "much"}, 422),
        ({"value_per_exposure": "-1"}, 422),
        ({"value_per_exposure": "inf"}, 422),
        ({"value_per_exposure": "nan"}, 422),
        ({"name_zh": " "}, 422),
        ({"version": "7"}, 422),  # somebody else changed it meanwhile
        ({"version": "x"}, 400),
    ],
)
def test_a_channel_that_cannot_be_kept_stays_as_it_was(admin, kept, changed, status):
    before = channel(kept)

    assert send(admin, "/en/channels", "/en/channels/mall", **FIELDS | changed).status_code == status
    assert channel(kept) == before


@pytest.mark.parametrize(
    ("changed", "version"),
    [
        ({"value_per_exposure": "much"}, "7"),  # a newer version was not told of yet
        ({}, "1"),  # it was, and can be gone on from
    ],
)
def test_what_was_typed_of_a_channel_stays(admin, changed, version):
    typed = FIELDS | {"name_zh": "大商城", "version": "7"} | changed

    page = send(admin, "/en/channels", "/en/channels/mall", **typed).text

    assert 'value="大商城"' in page
    assert f'name="version" value="{version}"' in page


def test_a_channel_that_is_not_there_is_not_there(admin):
    assert send(admin, "/en/channels", "/en/channels/none", **FIELDS).status_code == 404


def test_channels_tell_how_much_there_is_and_that_nobody_observed_it(admin):
    page = admin.get("/zh/channels").text

    assert words("channels.field_of.content", "zh") in page
    assert words("imputed.mark", "zh") in page


def test_a_secret_is_shown_once(admin, kept):
    shown = send(admin, "/en/hooks", address=ADDRESS, kind=[News.PLAN_PUBLISHED]).text

    (hook,) = Hooks(kept).page(None, "", 9)
    assert "whsec_" in shown
    assert "whsec_" not in admin.get(f"/en/hooks/{hook.hook_id}").text
    assert "whsec_" not in admin.get("/en/hooks").text


@pytest.mark.parametrize(
    ("fields", "issue"),
    [
        ({"address": "ftp://example.org", "kind": ["job.ended"]}, "hook_address_not_valid"),
        ({"address": "https://example.org/a b", "kind": ["job.ended"]}, "hook_address_not_valid"),
        ({"address": ADDRESS}, "hook_without_news"),
        ({"address": ADDRESS, "kind": ["everything"]}, "hook_without_news"),
    ],
)
def test_a_hook_that_cannot_be_kept_is_told(admin, kept, fields, issue):
    answer = send(admin, "/en/hooks", **fields)

    assert answer.status_code == 422
    assert words(f"issue.{issue}", "en", value=fields["address"]) in answer.text
    assert Hooks(kept).page(None, "", 9) == ()


@pytest.fixture
def hook(kept):
    made, _ = Hooks(kept).add(Wanted(ADDRESS, (News.JOB_ENDED,)), SYSTEM)
    return made.hook_id


def test_a_test_is_posted_to_this_hook_alone_and_told_on_its_page(admin, kept, hook):
    other, _ = Hooks(kept).add(Wanted(ADDRESS, (News.JOB_ENDED,)), SYSTEM)
    page = f"/en/hooks/{hook}"

    assert send(admin, page, f"{page}/test").status_code == 303

    (letter,) = PostOffice(kept).take(9)
    assert (letter.hook_id, letter.kind) == (hook, "hook.test")
    assert words("news.hook.test", "en") in admin.get(page).text
    assert words("hooks.nothing", "en") in admin.get(f"/en/hooks/{other.hook_id}").text


def test_what_was_given_up_is_sent_again(admin, kept, hook):
    office, page = PostOffice(kept), f"/en/hooks/{hook}"
    office.try_out(hook, SYSTEM)
    (letter,) = office.take(9)
    office.settle(replace(letter, attempt=1), arrived=True, answer="200")

    assert send(admin, page, f"{page}/{letter.news_id}/again").status_code == 303
    assert office.page(hook, "", 9)[0].status is PostingStatus.WAITING


def test_a_hook_that_ended_is_told_nothing_and_tried_no_more(admin, kept, hook):
    page = f"/en/hooks/{hook}"

    refused = send(admin, page, f"{page}/end")
    assert words("issue.decision_reason_missing", "en") in refused.text
    assert not Hooks(kept).get(hook).ended_at

    assert send(admin, page, f"{page}/end", reason="moved to the new server").status_code == 303
    assert Hooks(kept).get(hook).ended_at
    assert words("hooks.ended", "en") in admin.get(page).text
    assert "moved to the new server" in admin.get(page).text
    assert send(admin, "/en/hooks", f"{page}/test").status_code == 409


@pytest.mark.parametrize("address", ["", "/test", "/end", "/n/again"])
def test_a_hook_that_is_not_there_is_not_there(admin, address):
    asked = f"/en/hooks/none{address}"
    answer = send(admin, "/en/hooks", asked) if address else admin.get(asked)

    assert answer.status_code == 404
