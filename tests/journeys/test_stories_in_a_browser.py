"""Three stories on the demo, told in a real browser, in both languages: coordinator, approver, partner.

The service and its worker are those that `serve` begins. Every step leaves a picture of the whole page in
``out/journeys``, and one of its first screen, from which `make gallery` takes those of docs/gallery.md.
"""

import os
import re
import subprocess
import sys

import pytest
from axe_playwright_python.sync_playwright import Axe
from journeys.conftest import RULES

from impact.access import SYSTEM
from impact.config import ROOT
from impact.i18n import LANGS, words
from impact.store.database import open_database
from impact.store.people.links import Purpose, make_link
from impact.store.people.users import user_named
from impact.web.programmes.filled import today

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PICTURES = ROOT / "out" / "journeys"
KNOB = ".rules input:not([type=checkbox]):not([type=hidden])"
PASSWORD = "山高水长-2026-年年有余"
WIDE, TALLEST = 1280, 6000
SHORT, LONG = 20_000, 120_000
"""Milliseconds that a page and a job may take on a busy machine."""
HEADER = ",,2026年特产名单,,,,,\n商家,产品名称,省,市,县,品类,价格,年产量\n"
ROWS = {
    "zh": "永德茶社,永德古树茶,云南省,临沧市,永德县,茶叶,128元/盒,约12吨\n"
    "盐源果社,盐源苹果,四川省,凉山彝族自治州,盐源县,水果,5-8元/斤,3万斤\n"
    "永德茶社,永德坚果,云南省,临沧市,永德县,坚果,很便宜,800箱\n",
    "en": "安吉茶社,安吉白茶,浙江省,湖州市,安吉县,茶叶,80元/盒,约8吨\n"
    "宁县果社,宁县苹果,甘肃省,庆阳市,宁县,水果,4-6元/斤,2万斤\n"
    "安吉茶社,安吉笋干,浙江省,湖州市,安吉县,蔬菜,很便宜,500箱\n",
}
"""Two good rows, and one to mend, of other goods for each teller."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo as `make demo` makes it, served with its worker; gives its address and database."""
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'impact.sqlite3'}"
    known = os.environ | {"IMPACT_DATABASE_URL": url}
    impact = (sys.executable, "-m", "impact")
    subprocess.run([*impact, "demo", "--no-serve", "--no-open"], env=known, check=True, capture_output=True)
    heard = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    served = subprocess.Popen([*impact, "serve", "--port", "0"], env=known, **heard)
    address = next(found[0] for line in served.stdout if (found := re.search(r"http://[\d.:]+", line)))
    yield address, open_database(url)
    served.terminate()
    served.wait()


class Story:
    """Somebody at work in one language; what they do is looked at and pictured."""

    def __init__(self, browser, demo, lang, name):
        self.site, self.database = demo
        self.lang, self.name, self._count = lang, name, 0
        self.page = browser.new_context(viewport={"width": WIDE, "height": 960}).new_page()
        self.page.set_default_timeout(SHORT)
        self.complaints = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def said(self, code, **params):
        return words(code, self.lang, **params)

    def go(self, path):
        self.page.goto(f"{self.site}/{self.lang}{path}")

    def press(self, code, role="button"):
        self.page.get_by_role(role, name=self.said(code), exact=True).first.click()
        self.page.wait_for_load_state()

    def solves(self):
        """Solve the scenario one is at, and wait until what came of it stands beside its sentences."""
        self.press("scenario.run")
        whole = self.page.get_by_role("button", name=self.said("scenario.whole_plan"), exact=True)
        whole.wait_for(timeout=LONG)

    def picture(self, name, *, look=True):
        """Keep a picture of the page, and `look` at it with axe."""
        self._count += 1
        folder = PICTURES / f"{self.name}-{self.lang}"
        folder.mkdir(parents=True, exist_ok=True)
        self.page.wait_for_load_state("networkidle")
        self._kept(folder / f"{self._count:02d}-{name}.png")
        self.page.screenshot(path=folder / f"{name}.jpg", type="jpeg", quality=80, timeout=LONG)
        if not look:
            return
        broken = [each["id"] for each in Axe().run(self.page, options=RULES).response["violations"]]
        assert (name, broken, self.complaints) == (name, [], [])

    def _kept(self, file):
        """Keep a picture of the whole page, or of the first screens of a very long one."""
        tall = min(self.page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        clip = {"x": 0, "y": 0, "width": WIDE, "height": tall}
        self.page.screenshot(path=file, full_page=True, clip=clip, timeout=LONG)

    def comes_in(self, user):
        """Set a password by the link that the operator hands out, leave, and sign in with it."""
        found = user_named(self.database, user)
        key = make_link(self.database, found.user_id, Purpose.PASSWORD, who=SYSTEM)
        self.go(f"/password?key={key}")
        self.page.fill("#password", PASSWORD)
        self.press("password.do")
        self.page.context.clear_cookies()
        self.go("/sign-in")
        self.page.fill("#name", user)
        self.page.fill("#password", PASSWORD)
        self.press("sign_in.do")


def test_from_catalog_to_published_plan_and_to_the_partner_it_is_for(browser, demo, lang_of_story):
    lang = lang_of_story
    plan = coordinator(Story(browser, demo, lang, "coordinator"))
    approver(Story(browser, demo, lang, "approver"), plan)
    partner(Story(browser, demo, lang, "partner"), f"story-{lang}")


@pytest.fixture(params=LANGS)
def lang_of_story(request):
    return request.param


def coordinator(story):
    """From a partner's file to a plan that is proposed; returns where the plan is."""
    page = story.page
    story.comes_in("demo-coordinator")
    story.go("/imports/of/demo")
    file = (HEADER + ROWS[story.lang]).encode("gb18030")
    page.set_input_files("#file", {"name": "名单.csv", "mimeType": "text/csv", "buffer": file})
    story.press("imports.check")
    page.wait_for_url("**/imports/checks/*", timeout=LONG)
    story.picture("checked")
    page.get_by_role("button", name=re.compile(re.escape(story.said("imports.save", count=2)))).click()
    page.wait_for_url("**/imports/receipts/*", timeout=LONG)
    story.picture("saved")

    story.go("/programmes/new")
    page.locator("input[name=template][value=mountain_goods]").check()
    page.fill("#start", today().isoformat())
    page.fill("#programme_id", f"story-{story.lang}")
    story.press("programme.begin")
    story.picture("programme")
    story.press("programme.see_enrolled")
    story.picture("enrolled")
    page.go_back()

    story.press("scenario.begin")
    begun = page.url
    story.picture("begun")
    story.solves()
    assert page.url == begun

    page.locator(KNOB).first.fill("35")
    story.press("scenario.save")
    assert page.locator(KNOB).first.input_value() == "35"
    story.solves()
    assert page.get_by_text(story.said("scenario.was", before="")).count() > 0
    story.picture("scenario")
    story.press("scenario.whole_plan")
    story.picture("plan")
    plan = page.url.partition(f"/{story.lang}/")[2].partition("#")[0]
    story.go(f"/{plan}/map")
    story.picture("map")
    story.go(f"/{plan}")
    page.locator("#producers ~ table tbody a, section[aria-labelledby=producers] tbody a").first.click()
    page.wait_for_load_state()
    story.picture("why")
    story.press("network.title", "link")
    story.picture("network")
    story.go(f"/{plan}")
    story.press("deciding.step.propose")
    story.picture("proposed")
    return f"/{plan}"


def approver(story, plan):
    """From what was proposed to what is published, with the reasons it wants."""
    page = story.page
    story.comes_in("demo-approver")
    story.go(plan)
    story.press("deciding.step.approve")
    story.picture("approved")
    reason = page.locator("#reason-publish")
    if reason.count():
        reason.fill("第一期，没有可比的已发布计划。")
    story.press("deciding.step.publish")
    assert story.said("plan_state.published") in page.locator("#deciding").inner_text()
    story.picture("published")
    story.go(f"{plan}/print")
    story.picture("printed", look=False)  # of two thousand producers; it is looked at elsewhere


def partner(story, programme):
    """Where one's own producers stand in what was published."""
    story.comes_in("demo-partner")
    assert "/portal/demo" in story.page.url
    story.go(f"/portal/demo?programme={programme}")
    story.picture("portal")
    story.page.locator("main tbody a").first.click()
    story.page.wait_for_load_state()
    assert story.said("portal.standing") in story.page.locator("main").inner_text()
    story.picture("standing")
