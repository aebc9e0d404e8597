"""From signing in to an approved plan by Tab, Enter and the space bar alone; where one is can be seen."""

from datetime import date

import pytest
from journeys.conftest import serving
from journeys.hills import hills
from services import database, do_jobs, service

from impact.access import SYSTEM, Role
from impact.gate.passwords import hash_password
from impact.i18n import LANGS, words
from impact.programmes.document import Names
from impact.programmes.templates import blank
from impact.store.catalogs import save_catalog
from impact.store.decisions import enrolling
from impact.store.people.sessions import set_password
from impact.store.people.users import Post, add_user

pytestmark = pytest.mark.browser

PASSWORD = "山高水长-2026-年年有余"
HILLS = {"zh": "山货", "en": "Hills"}
MOST_STOPS = 80
HERE = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const label = one.labels && one.labels[0] ? one.labels[0].innerText : "";
    const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return {
        name: (one.getAttribute("aria-label") || label || one.innerText || one.value || "").trim(),
        seen: ringed || style.boxShadow !== "none",
        shown: box.width > 0 && box.height > 0,
    };
}"""


@pytest.fixture
def desk(sample):
    made = service(kept=database())
    kept = made.extensions["database"]
    save_catalog(kept, hills(sample))
    enrolling.keep(kept, blank("hills", Names(**HILLS), date(2026, 10, 1)), SYSTEM)
    for role in (Role.COORDINATOR, Role.APPROVER):
        user = add_user(kept, str(role), Post(role), who=SYSTEM)
        set_password(kept, user.user_id, hash_password(PASSWORD), who=SYSTEM)
    return made


class Keys:
    """Somebody who has a keyboard and no mouse."""

    def __init__(self, browser, site, lang):
        self.site, self.lang = site, lang
        self.page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        self.unseen = []

    def said(self, code, **params):
        return words(code, self.lang, **params)

    def to(self, name):
        """Press Tab until what is in focus is called so, noting whatever cannot be seen on the way."""
        seen = []
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(HERE)
            if here is None:
                continue
            seen.append(here["name"])
            if not (here["seen"] and here["shown"]):
                self.unseen.append((self.page.url, here["name"]))
            if here["name"].split("\n")[0].startswith(name):
                return self
        raise AssertionError(f"{name} cannot be reached on {self.page.url}: {seen}")

    def enter(self):
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press("Enter")
        return self

    def type(self, text):
        self.page.keyboard.type(text)
        return self

    def comes_in(self, name):
        self.page.goto(f"{self.site}/{self.lang}/sign-in")
        self.to(self.said("users.name")).type(name)
        self.to(self.said("sign_in.password")).type(PASSWORD)
        self.to(self.said("sign_in.do")).enter()


@pytest.mark.parametrize("lang", LANGS)
def test_keys_alone_lead_from_signing_in_to_a_plan_that_is_approved(browser, desk, lang):
    with serving(desk) as site:
        maker, boss = Keys(browser, site, lang), Keys(browser, site, lang)

        maker.comes_in("coordinator")
        maker.to(maker.said("programme.list")).enter()
        maker.to(HILLS[lang]).enter()
        maker.to(maker.said("scenario.begin")).enter()
        maker.to(maker.said("scenario.note")).type("只用键盘")
        maker.to(maker.said("scenario.run")).enter()
        do_jobs(desk)
        maker.page.wait_for_url("**/scenarios/*")
        maker.to(maker.said("scenario.whole_plan")).enter()
        maker.to(maker.said("deciding.step.propose")).enter()
        plan = maker.page.url.partition("#")[0]

        boss.comes_in("approver")
        boss.to(boss.said("site.plans")).enter()
        boss.page.goto(plan)
        boss.to(boss.said("deciding.step.approve"))
        with boss.page.expect_navigation():
            boss.page.keyboard.press("Space")

        assert boss.said("plan_state.approved") in boss.page.locator("#deciding").inner_text()
        assert maker.unseen + boss.unseen == []


def test_the_first_stop_skips_to_what_the_page_is_about(visit):
    page = visit("/zh/plans/valley-1")

    page.keyboard.press("Tab")
    assert page.evaluate(HERE)["name"] == words("site.skip", "zh")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_no_stop_of_a_page_holds_one_fast_and_they_come_in_the_order_of_the_page(visit):
    page = visit("/zh/plans/valley-1")
    stops = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
            .filter((one) => one.checkVisibility() && !one.disabled).length"""
    )
    places = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        places.append(
            page.evaluate("""() => [...document.querySelectorAll("*")].indexOf(document.activeElement)""")
        )

    assert places == sorted(set(places))
