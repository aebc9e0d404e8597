"""From a partner's file to its receipt, as somebody does who has no script: each step a page and a form."""

import csv
import io
import re

import pytest
from services import do_jobs, send, signed_in

from impact.access import SYSTEM, Role
from impact.i18n import LANGS, words
from impact.store.audit import Sought, log_page
from impact.store.lists.imports import history
from impact.store.lists.listings import all_listings
from impact.store.partners import Partner, create

HEADER = "商家,品名,省,市,县,品类,价格,备注\n"
TEA = "安吉茶社,安吉白茶,浙江省,湖州市,安吉县,茶叶,80,明前\n"
SHOOTS = "安吉茶社,笋干,浙江省,湖州市,安吉县,茶叶,很便宜,\n"
PAGE = "/zh/imports/of/anji"


def upload(client, app, content: bytes, name: str = "名单.csv", **fields):
    """Send a file, let the job be done, and follow to what came of it."""
    answer = send(client, PAGE, file=(io.BytesIO(content), name), **fields)
    return followed(client, app, answer)


def followed(client, app, answer):
    """Go from where a form leads to what came of the job."""
    assert answer.status_code == 303, answer.text
    do_jobs(app)
    return client.get(answer.location, follow_redirects=True)


def address(page):
    return page.request.path


def listed(app):
    return [listing.values["product"] for _, listing in all_listings(app.extensions["database"])]


def test_a_gbk_file_is_read_checked_saved_and_undone(app, client):
    check = upload(client, app, (HEADER + TEA).encode("gbk"))

    assert "GB18030" in check.text
    assert "安吉白茶" in check.text
    assert words("imports.ready", "zh") in check.text
    assert listed(app) == []

    receipt = followed(client, app, send(client, address(check), f"{address(check)}/save", absent="keep"))

    assert words("imports.saved", "zh") in receipt.text
    assert words("imports.to_programmes", "zh") in receipt.text
    assert listed(app) == ["安吉白茶"]

    (done,) = history(app.extensions["database"], "anji")
    undone = send(client, address(receipt), f"{PAGE}/{done.import_id}/undo", reason="上错了")

    assert undone.location.endswith("#history")
    assert words("imports.undone", "zh") in client.get(PAGE).text
    assert listed(app) == []


def saved(client, app, content=HEADER + TEA, **fields):
    """Bring a table from upload to receipt."""
    check = upload(client, app, content.encode())
    return followed(client, app, send(client, address(check), f"{address(check)}/save", **fields))


@pytest.mark.parametrize("lang", LANGS)
def test_undoing_wants_a_reason_that_the_history_shows(app, client, lang):
    saved(client, app)
    kept, page = app.extensions["database"], PAGE.replace("zh", lang)
    (done,) = history(kept, "anji")

    refused = send(client, page, f"{page}/{done.import_id}/undo", reason="  ")

    assert refused.status_code == 409
    assert words("issue.decision_reason_missing", lang) in refused.text
    assert 'href="#because"' in refused.text
    assert listed(app) == ["安吉白茶"]

    send(client, page, f"{page}/{done.import_id}/undo", reason="传成了去年的名单")

    assert "传成了去年的名单" in client.get(page).text
    assert log_page(kept, Sought(what="import.undo"))[0].reason == "传成了去年的名单"


def test_the_form_that_was_refused_stands_open_and_the_others_do_not(app, client):
    saved(client, app), saved(client, app, HEADER + TEA.replace("80", "90"))
    newest, first = history(app.extensions["database"], "anji")

    refused = send(client, PAGE, f"{PAGE}/{first.import_id}/undo", reason="改错了")

    form = refused.text[refused.text.index('<details class="because" open>') :]
    assert (refused.status_code, refused.text.count('class="because" open')) == (409, 1)
    assert first.import_id in form[: form.index("</form>")]
    assert 'value="改错了"' in form[: form.index("</form>")]
    assert newest.import_id not in form[: form.index("</form>")]


def test_what_was_said_of_saving_is_told_on_receipt_and_in_the_history(app, client):
    receipt = saved(client, app, reason="县里补报的第二批")

    for page in (receipt, client.get(PAGE)):
        assert "县里补报的第二批" in page.text


def test_taking_products_off_the_list_wants_a_reason_and_loses_nothing_typed(app, client):
    saved(client, app)
    check = upload(client, app, (HEADER + TEA.replace("白茶", "红茶")).encode())

    refused = send(client, address(check), f"{address(check)}/save", absent="retire")

    assert refused.status_code == 422
    assert 'value="retire" checked' in refused.text
    assert words("issue.decision_reason_missing", "zh") in refused.text


def test_every_step_names_the_partner_as_people_do(app, client):
    create(app.extensions["database"], Partner("tea", "安吉茶协", "Tea association"), SYSTEM)
    own = "/zh/imports/of/tea"
    check = followed(client, app, send(client, own, pasted=HEADER + TEA))
    receipt = followed(client, app, send(client, address(check), f"{address(check)}/save", absent="keep"))

    for page in (client.get(own), check, receipt):
        assert "合作方 安吉茶协" in page.text


def test_rows_to_mend_are_told_by_what_to_do_and_come_back_with_the_reason(app, client):
    check = upload(client, app, (HEADER + TEA + SHOOTS).encode())

    assert words("imports.in_column", "zh", column="价格") in check.text
    assert words("imports.some", "zh", count=1) in check.text

    back = client.get(f"{address(check)}/rejected.csv")
    header, row = csv.reader(io.StringIO(back.data.decode("utf-8-sig")))

    assert back.headers["Content-Disposition"].isascii()
    assert header[:-1] == HEADER.strip().split(",")
    assert row[1] == "笋干"
    assert "很便宜" in row[-1]

    receipt = followed(client, app, send(client, address(check), f"{address(check)}/save"))

    assert listed(app) == ["安吉白茶"]
    assert words("imports.rejected_file", "zh", count=1) in receipt.text

    mended = upload(client, app, back.data.replace("很便宜".encode(), b"30", 1))
    followed(client, app, send(client, address(mended), f"{address(mended)}/save"))

    assert sorted(listed(app)) == ["安吉白茶", "笋干"]


def test_what_a_header_means_can_be_put_right_and_is_remembered(app, client):
    check = upload(client, app, (HEADER + TEA).encode())
    place = HEADER.strip().split(",").index("备注")
    told = dict(re.findall(r'name="(means-\d+)".*?<option value="(\w*)" selected', check.text, re.DOTALL))

    again = send(
        client,
        address(check),
        f"{address(check)}/again",
        **{**told, "means-1": "product", f"means-{place}": ""},
    )
    check = followed(client, app, again)
    followed(client, app, send(client, address(check), f"{address(check)}/save"))

    assert words("header_why.remembered", "zh") in upload(client, app, (HEADER + TEA).encode()).text


def test_products_that_are_not_in_the_file_stay_unless_asked_to_go(app, client):
    saved(client, app)
    saved(client, app, HEADER + TEA.replace("白茶", "红茶"))
    assert sorted(listed(app)) == ["安吉白茶", "安吉红茶"]

    receipt = saved(client, app, absent="retire", reason="不再卖了")
    assert listed(app) == ["安吉白茶"]
    assert words("imports.absent_retired", "zh", count=1) in receipt.text


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_found_is_told_in_the_language_of_the_page(app, client, lang):
    check = upload(client, app, (HEADER + TEA + SHOOTS).encode())

    text = client.get(address(check).replace("/zh/", f"/{lang}/")).text

    assert words("imports.errors", lang) in text
    assert words("outcome.rejected", lang) in text


def test_a_table_can_be_pasted(app, client):
    answer = send(client, PAGE, pasted=(HEADER + TEA).replace(",", "\t"))

    check = followed(client, app, answer)

    assert words("imports.pasted_name", "zh") in check.text
    assert words("check_delimiter.tab", "zh") in check.text


def test_nothing_sent_is_said_and_asks_for_no_job(app, client):
    answer = send(client, PAGE)

    assert answer.status_code == 422
    assert words("issue.nothing_sent", "zh") in answer.text


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "leer.csv", "issue.file_empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "bild.csv", "job_status.failed"),
        (b"PK\x03\x04 no book", "buch.xlsx", "job_status.failed"),
    ],
)
def test_a_file_that_is_no_table_ends_with_what_to_do(app, client, content, name, said):
    page = upload(client, app, content, name)

    assert words(said, "zh") in page.text
    assert words("job.again", "zh") in page.text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("kind", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
@pytest.mark.parametrize("of", ["template", "of/anji/list"])
def test_templates_and_lists_come_as_files(client, of, kind, begins, lang):
    answer = client.get(f"/{lang}/imports/{of}.{kind}")

    assert answer.data.startswith(begins)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Disposition"].isascii()


def test_a_partner_begins_at_its_own_page_and_sees_no_other(app):
    client = signed_in(app, Role.PARTNER, "anji")

    assert client.get("/zh/imports").location == PAGE
    assert client.get("/zh/imports/of/yongde").status_code == 404
    assert words("imports.upload", "zh") in client.get(PAGE).text


def test_who_may_only_look_is_offered_nothing_to_send(app):
    text = signed_in(app, Role.VIEWER).get(PAGE).text

    assert 'type="file"' not in text


def test_a_file_full_of_marks_is_shown_as_it_is(app, client):
    check = upload(client, app, (HEADER + TEA.replace("明前", "<script>alert(1)</script>")).encode())

    assert "<script>alert" not in check.text
    assert "&lt;script&gt;" in check.text


@pytest.mark.slow
def test_twenty_thousand_rows_of_gbk_go_from_upload_to_receipt_and_the_rejected_back_in(app, client):
    rows = [
        f"安吉茶社,白茶{n}号,浙江省,湖州市,安吉县,茶叶,{80 if n % 100 else '很便宜'},\n"
        for n in range(20_000)
    ]

    check = upload(client, app, (HEADER + "".join(rows)).encode("gbk"))
    back = client.get(f"{address(check)}/rejected.csv").data
    followed(client, app, send(client, address(check), f"{address(check)}/save"))

    assert len(listed(app)) == 19_800

    mended = upload(client, app, back.replace("很便宜,".encode(), b"80,"))
    followed(client, app, send(client, address(mended), f"{address(mended)}/save"))

    assert len(listed(app)) == 20_000
