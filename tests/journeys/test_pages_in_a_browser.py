"""Stories in a real browser: pages draw, read well, fit, and need no script."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from services import user_of

from impact.access import SYSTEM, Role
from impact.store.people.links import Purpose, link_user, make_link

pytestmark = pytest.mark.browser

PLAN = "/plans/valley-1"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("tab", "num_charts"), [("map", 1), ("flow", 2), ("spread", 1), ("producers/P01", 1)]
)
def test_every_chart_is_drawn(visit, scheme, tab, num_charts):
    page = visit(f"/zh{PLAN}/{tab}", scheme=scheme)
    page.wait_for_function(f"document.querySelectorAll('.canvas canvas').length === {num_charts}")

    assert page.locator("[data-chart]").count() == num_charts


def test_charts_follow_a_change_of_the_colour_scheme(visit):
    page = visit(f"/zh{PLAN}/spread")
    canvas = page.locator("#lorenz canvas").first
    light = canvas.screenshot()

    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(200)

    assert canvas.screenshot() != light


def test_the_table_behind_a_chart_opens_by_keyboard(visit):
    page = visit(f"/en{PLAN}/spread")

    page.locator("#lorenz summary").focus()
    page.keyboard.press("Enter")

    assert page.locator("#lorenz td").first.is_visible()


def test_searching_and_paging_work_without_scripts(visit):
    page = visit(f"/zh{PLAN}", scripts=False)

    page.get_by_label("找商家").fill("盐源")
    page.get_by_role("button", name="查找").click()

    assert page.get_by_role("rowheader", name="盐源苹果").is_visible()
    assert not page.get_by_role("rowheader", name="安吉白茶").is_visible()


def test_the_way_from_the_list_to_a_reason_and_to_the_other_language(visit):
    page = visit("/zh/plans")

    page.get_by_role("link", name="山谷示例").click()
    page.get_by_role("link", name="电白水产集团").click()
    assert page.get_by_text("没有一条可行的匹配边").is_visible()

    page.get_by_role("link", name="English").click()
    assert page.get_by_text("it has no feasible link").is_visible()
    assert page.locator("h1").inner_text() == "电白水产集团"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_lets_its_user_in_once(visit, app, scripts):
    kept, user = app.extensions["database"], user_of(app, Role.COORDINATOR)
    link = f"/en/enter?key={make_link(kept, user.user_id, Purpose.ENTER, who=SYSTEM)}"

    page = visit(link, scripts=scripts, role=None)
    if not scripts:
        page.get_by_role("button", name="Sign in").click()

    assert page.locator("h1").inner_text() == "Desk"
    assert link_user(kept, link.partition("=")[2], Purpose.ENTER) is None


def test_moments_are_told_by_the_clock_of_whoever_reads(browser, site, cookies):
    context = browser.new_context(timezone_id="Asia/Shanghai")
    context.add_cookies(cookies(Role.ADMIN))
    page = context.new_page()
    page.goto(f"{site}/zh/log", wait_until="networkidle")

    told = page.locator("main time").first
    written = datetime.strptime(told.inner_text(), "%Y-%m-%d %H:%M:%S").replace(
        tzinfo=timezone(timedelta(hours=8))
    )

    assert abs(written - datetime.now(UTC)) < timedelta(minutes=10)
    assert told.get_attribute("title").endswith("UTC")
    context.close()


def test_a_keyboard_reaches_the_content_first(visit):
    page = visit(f"/zh{PLAN}")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
