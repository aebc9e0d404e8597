"""The portal in a real browser: axe finds nothing, it fits, and a partner finds out what to do next."""

import pytest
from journeys.conftest import serving
from journeys.looks import LOOKS, wrong_in
from services import signed_in
from web.portal.theirs import MADE_BY, SHOWN, UNSEEN, ids, portal

from impact.access import Role
from impact.i18n import LANGS, words

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def kept():
    return portal()


@pytest.fixture(scope="module")
def address(kept):
    with serving(kept) as at:
        yield at


@pytest.fixture
def look(browser, kept, address):
    """Open a page as the partner called anji."""
    cookie, contexts = signed_in(kept, Role.PARTNER, "anji").get_cookie("impact"), []

    def _look(path, *, scripts=True):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
        page = context.new_page()
        page.goto(address + path.format(**paths(kept)), wait_until="networkidle")
        return page

    yield _look
    for context in contexts:
        context.close()


def paths(kept):
    known = ids(kept)
    return {"shown": known[SHOWN][0], "unseen": known[UNSEEN][0]}


PAGES = ("/portal/anji", "/portal/anji/producers/{shown}", "/portal/anji/producers/{unseen}")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_to_mend_and_nothing_scrolls_sideways(look, path, lang):
    assert list(wrong_in(look(f"/{lang}{path}"), LOOKS)) == []


def test_a_partner_finds_out_what_to_do_next_without_scripts(look):
    page = look("/zh/portal", scripts=False)

    page.get_by_label("找商家").fill("鱼干")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name=MADE_BY[UNSEEN]).click()

    assert page.get_by_text(words("portal.told.not_shown", "zh")).is_visible()
    assert page.get_by_text(words("rung_change.listing", "zh")).is_visible()
