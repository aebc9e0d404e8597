"""A list of 20,000 rows in GBK from drop to commit: progress, errors by what to do, rejected rows, undo."""

import csv
import io
import os
import re
import subprocess
import sys

import pytest

from bench.partner_rows import HEADER, partner_rows
from impact.access import SYSTEM, Role
from impact.i18n import words
from impact.store.database import open_database
from impact.store.partners import Partner, create
from impact.store.people.links import Purpose, make_link
from impact.store.people.users import Post, add_user

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROWS = 20_000
LONG = 300_000
"""Milliseconds that a job may take on a busy machine."""
MENDED = {"月产能": "3万斤", "价格": "10元/斤", "县（市、区）": "", "带动农户数": "12"}
"""What is put in place of cells that cannot be read; a row without a name gets one."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The service with its worker over a database that has one partner; gives its address and that."""
    url = f"sqlite:///{tmp_path_factory.mktemp('large') / 'impact.sqlite3'}"
    kept = open_database(url)
    create(kept, Partner("big", "大合作方", "Big"), SYSTEM)
    command = (sys.executable, "-m", "impact", "serve", "--port", "0")
    heard = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    served = subprocess.Popen(command, env=os.environ | {"IMPACT_DATABASE_URL": url}, **heard)
    yield next(found[0] for line in served.stdout if (found := re.search(r"http://[\d.:]+", line))), kept
    served.terminate()
    served.wait()


@pytest.fixture
def page(browser, site):
    """The list of a partner's imports, as a coordinator has it."""
    address, kept = site
    user = add_user(kept, "coordinator", Post(Role.COORDINATOR), who=SYSTEM)
    page = browser.new_context(accept_downloads=True).new_page()
    page.set_default_timeout(LONG)
    page.goto(f"{address}/zh/enter?key={make_link(kept, user.user_id, Purpose.ENTER, who=SYSTEM)}")
    page.wait_for_url(lambda url: "/enter" not in url)
    page.goto(f"{address}/zh/imports/of/big")
    return page


def test_a_large_list_goes_in_is_mended_and_is_taken_back(page):
    checked(page, written([HEADER, *partner_rows(ROWS)]))
    tasks = page.locator(".tasks > li").count()
    assert 0 < tasks < 30  # two hundred rows, told by what is to be done
    with page.expect_download() as taken:
        page.locator('a[href$="rejected.csv"]').first.click()
    rejected = rows_of(taken.value.path())
    assert 0 < len(rejected) - 1 < ROWS / 50
    saved(page)

    page.goto(page.url.partition("/imports/")[0] + "/imports/of/big")
    checked(page, written(mended(rejected)))
    saved(page)
    page.locator(".because summary").click()
    page.locator(".because input[name=reason]").fill("上错了")
    page.get_by_role("button", name=words("imports.undo_all", "zh")).click()
    page.wait_for_url("**/imports/of/*")

    assert words("imports.undone", "zh") in page.locator("main").inner_text()


def checked(page, content):
    """Drop a file and have it checked: how far it is shows meanwhile, and what was found shows by itself."""
    page.set_input_files("#file", {"name": "名单.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name=words("imports.check", "zh"), exact=True).click()
    if "/jobs/" in page.url:
        page.locator("progress").wait_for()
    page.wait_for_url("**/imports/checks/*")


def saved(page):
    page.get_by_role("button", name=re.compile(r"^保存\s*[\d,]+\s*行")).click()
    page.wait_for_url("**/imports/receipts/*")


def written(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("gb18030")


def rows_of(path):
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    return list(csv.reader(io.StringIO(text)))


def mended(rejected):
    """The rejected rows with everything that was wrong in them put right."""
    head, *rows = rejected
    for number, row in enumerate(rows):
        told = dict(zip(head, row, strict=True))
        wrong = {name: value for name, value in MENDED.items() if is_wrong(name, told[name])}
        named = {} if told["产品名称"] else {"产品名称": f"山里的好东西{number}"}
        rows[number] = list({**told, **wrong, **named}.values())
    return [head, *rows]


def is_wrong(name, value):
    return value in {"看情况", "面谈后定，量大从优", "没有这个县", "很多"} and name in MENDED
