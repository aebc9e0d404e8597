"""A file from upload to receipt in a real browser: with a script, without one, and on a small screen."""

from time import sleep

import pytest
from axe_playwright_python.sync_playwright import Axe
from journeys.conftest import RULES
from services import do_jobs, partner_of

from impact.access import Role
from impact.i18n import LANGS, words

pytestmark = pytest.mark.browser

HEADER = "商家,品名,省,市,县,品类,价格,备注\n"
ROWS = (
    "安吉茶社,安吉白茶,浙江省,湖州市,安吉县,茶叶,80,明前\n安吉茶社,笋干,浙江省,湖州市,安吉县,茶叶,很便宜,\n"
)
SLOW_SECONDS = 3.5
"""Longer than the page of a job waits until it asks again."""
FILE = {"name": "名单.csv", "mimeType": "text/csv", "buffer": (HEADER + ROWS).encode("gbk")}


@pytest.mark.parametrize("scripts", [True, False], ids=["with a script", "without"])
@pytest.mark.parametrize("lang", LANGS)
def test_a_gbk_file_goes_from_upload_to_receipt_and_is_undone(visit, app, lang, scripts):
    partner = partner_of(app.extensions["database"], f"{lang}-{scripts}".lower()).partner_id
    page = visit(f"/{lang}/imports/of/{partner}", role=Role.COORDINATOR, scripts=scripts)

    page.set_input_files("#file", FILE)
    page.get_by_role("button", name=words("imports.check", lang), exact=True).click()
    done(page, app, "**/imports/checks/*")
    page.get_by_role("button", name=words("imports.save", lang, count=1)).click()
    done(page, app, "**/imports/receipts/*")
    page.locator(".because summary").click()
    page.locator(".because input[name=reason]").fill("上错了")
    page.get_by_role("button", name=words("imports.undo_all", lang)).click()
    page.wait_for_url("**/imports/of/*")

    assert words("imports.undone", lang) in page.text_content("main")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_to_mend_at_any_step(visit, app, width, scheme):
    partner = partner_of(app.extensions["database"], f"axe-{width}-{scheme}").partner_id
    page = visit(f"/zh/imports/of/{partner}", role=Role.COORDINATOR, width=width, scheme=scheme)
    well(page, width)

    page.fill("#pasted", HEADER + ROWS)
    page.get_by_role("button", name=words("imports.check", "zh"), exact=True).click()
    well(page, width)
    done(page, app, "**/imports/checks/*")
    well(page, width)
    page.get_by_role("button", name=words("imports.save", "zh", count=1)).click()
    done(page, app, "**/imports/receipts/*")
    well(page, width)
    page.goto(page.url.partition("/imports")[0] + "/jobs")
    well(page, width)


def done(page, app, address):
    """Let the job be done that the page follows; the page goes to what came of it by itself."""
    do_jobs(app)
    page.wait_for_url(address)


def well(page, width):
    """Nothing is left to mend on the page, and it does not scroll sideways."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    found = Axe().run(page, options=RULES)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_that_comes_slowly_is_asked_for_once(visit, app, monkeypatch):
    partner = partner_of(app.extensions["database"], "slow").partner_id
    page = visit(f"/zh/imports/of/{partner}", role=Role.COORDINATOR)
    asked, shown = [], app.view_functions["web.import_check"]

    def slowly(**named):
        asked.append(named)
        sleep(SLOW_SECONDS)
        return shown(**named)

    monkeypatch.setitem(app.view_functions, "web.import_check", slowly)
    page.fill("#pasted", HEADER + ROWS)
    page.get_by_role("button", name=words("imports.check", "zh"), exact=True).click()
    done(page, app, "**/imports/checks/*")

    assert len(asked) == 1
