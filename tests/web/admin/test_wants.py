"""The table of interests is replaced by one that was checked, by an admin, for a reason."""

import csv
import io
from dataclasses import replace

import pytest
from services import VOUCHER, database, send, service, signed_in
from shelves import valley

from impact.access import Role
from impact.i18n import words
from impact.model import Affinity
from impact.store.audit import Sought, log_page
from impact.store.catalogs import load_catalog, save_catalog
from impact.store.wants import mark_of

HEADER = "category,interest,strength\n"
BEFORE = (Affinity("tea", "tea", 1.0), Affinity("fruit", "fresh_fruit", 0.8))
AFTER = HEADER + "tea,tea,0.5\ncraft,tea,0.25\n"
PAGE = "/en/interests"


@pytest.fixture
def app():
    kept = database()
    save_catalog(kept, replace(valley().graph.catalog, lexicon=BEFORE))
    return service(kept=kept)


@pytest.fixture
def kept(app):
    return app.extensions["database"]


@pytest.fixture
def admin(app):
    return signed_in(app, Role.ADMIN)


def saved(admin, **changed):
    fields = {"table": AFTER, "mark": mark_of(BEFORE), "reason": "a survey of October"} | changed
    return send(admin, PAGE, f"{PAGE}/save", **fields)


def test_a_table_is_checked_before_anything_changes(admin, kept):
    page = send(admin, PAGE, table=AFTER).text

    assert words("wants.new", "en", count=1) in page
    assert words("wants.changed", "en", count=1) in page
    assert words("wants.gone", "en", count=1) in page
    assert mark_of(BEFORE) in page
    assert load_catalog(kept).lexicon == BEFORE


def test_what_was_checked_is_saved_for_a_reason_that_the_log_keeps(admin, kept):
    assert saved(admin).status_code == 303

    assert [one.strength for one in load_catalog(kept).lexicon] == [0.5, 0.25]
    (entry,) = log_page(kept, Sought("", "interests.change", ""), before=None, limit=9)
    assert entry.reason == "a survey of October"


@pytest.mark.parametrize(
    ("changed", "issue"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"mark": "0" * 64}, "wants_moved"),
        ({"table": HEADER + "gold,tea,1\n"}, "want_category_unknown"),
    ],
)
def test_what_cannot_be_saved_is_told_and_nothing_is_lost(admin, kept, changed, issue):
    answer = saved(admin, **changed)

    told = words(f"issue.{issue}", "en", value="gold" if "table" in changed else "interests")
    assert answer.status_code == 422
    assert told in answer.text
    assert (changed.get("table") or AFTER).splitlines()[-1] in answer.text
    assert load_catalog(kept).lexicon == BEFORE


def test_a_file_of_a_chinese_spreadsheet_is_read_too(admin):
    voucher = VOUCHER.search(admin.get(PAGE).text)[1]
    content = "category,interest,strength,备注\ntea,tea,0.5,估计\n".encode("gb18030")
    form = {"csrf_token": voucher, "file": (io.BytesIO(content), "wants.csv")}

    answer = admin.post(PAGE, data=form, content_type="multipart/form-data")

    assert words("wants.changed", "en", count=1) in answer.text


def test_what_is_taken_away_can_be_sent_back_and_changes_nothing(admin):
    text = admin.get(f"{PAGE}.csv").data.decode("utf-8-sig")

    assert next(csv.reader(io.StringIO(text))) == ["category", "interest", "strength"]
    assert words("wants.nothing", "en") in send(admin, PAGE, table=text).text


def test_who_only_reads_sees_the_table_and_no_form(app):
    page = signed_in(app, Role.VIEWER).get("/zh/interests").text

    assert "<textarea" not in page
    assert words("wants.lines", "zh", count=2) in page
