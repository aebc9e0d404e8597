"""Every page there is, as axe and a ruler see it: in both languages, light and dark, wide and at 320 px.

Pages are found by their addresses, so that a new one is looked at without being listed here.
"""

import gzip
from urllib.parse import urlsplit

import pytest
from gate.addresses import admitted, asked, populated
from journeys.conftest import serving
from journeys.looks import LOOKS, wrong_in
from services import signed_in, user_of

from impact.access import SYSTEM, Role
from impact.gate.table import ACCESS
from impact.i18n import LANGS
from impact.store.people.links import Purpose, make_link

pytestmark = pytest.mark.browser

PARTS = 6
"""So many tests share the pages of a language."""
WEIGHT_KB = 300
WEIGHT_WITH_CHARTS_KB = 700
SPILT = """() => [...document.querySelectorAll("table, .card, .strip dl")]
    .filter((one) => getComputedStyle(one.parentElement).overflowX === "visible" &&
        one.getBoundingClientRect().right > one.parentElement.getBoundingClientRect().right + 1)
    .map((one) => one.outerHTML.slice(0, 120))"""
TORN = """() => [...document.querySelectorAll("time, .masthead a")]
    .filter((one) => one.checkVisibility() &&
        (one.getClientRects().length > 1 || one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0))
    .map((one) => one.outerHTML.slice(0, 120))"""
"""Moments and ways of the masthead that do not stand whole on one line."""


@pytest.fixture(scope="module")
def app():
    return populated()


@pytest.fixture(scope="module")
def site(app):
    with serving(app) as address:
        yield address


def viewer(endpoint):
    """Who sees most of a page, and of which partner; nobody where it is for all."""
    if ACCESS[endpoint].scope is None:
        return None
    posts = admitted(ACCESS[endpoint])
    return next((post for post in posts if post[0] is Role.ADMIN), posts[-1])


def pages_of(app, lang):
    """The addresses of what answers with a page, and who looks at each."""
    for endpoint, _, address in sorted(asked(app, {"GET"}, lang)):
        if not endpoint.startswith("web."):
            continue
        post = viewer(endpoint)
        client = signed_in(app, *post) if post else app.test_client()
        answer = client.get(address)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            yield address, client.get_cookie("impact")
    who = user_of(app, Role.COORDINATOR)
    key = make_link(app.extensions["database"], who.user_id, Purpose.PASSWORD, who=SYSTEM)
    yield f"/{lang}/password?key={key}", None
    yield f"/{lang}/plans/valley-1/producers/P03", signed_in(app).get_cookie("impact")  # it reaches nobody


def opened(browser, site, address, cookie):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    if cookie:
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    page = context.new_page()
    loaded = []
    page.on("response", lambda response: loaded.append((response.url, response.body())))
    page.complaints = []
    page.on("console", lambda said: said.type in {"error", "warning"} and page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(site + address, wait_until="networkidle")
    page.loaded = loaded
    return page


def found_on(page, site):
    """What is to be mended on a page."""
    yield from page.complaints
    sizes = {url: len(gzip.compress(body)) / 1000 for url, body in page.loaded}
    yield from (f"loads {url}" for url in sizes if urlsplit(url).netloc != urlsplit(site).netloc)
    if sum(sizes.values()) > (WEIGHT_WITH_CHARTS_KB if any("echarts" in url for url in sizes) else WEIGHT_KB):
        yield f"weighs {sum(sizes.values()):.0f} kB"
    for look in LOOKS:
        yield from wrong_in(page, [look])
        yield from (f"{look[0]} px: spills {what}" for what in page.evaluate(SPILT))
        yield from (f"{look[0]} px: tears {what}" for what in page.evaluate(TORN))


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_to_be_mended_on_any_page(browser, app, site, lang, part):
    found, pages = [], list(pages_of(app, lang))[part::PARTS]
    for address, cookie in pages:
        page = opened(browser, site, address, cookie)
        found += [f"{address}: {what}" for what in found_on(page, site)]
        page.context.close()

    assert not found, "\n".join(found)
    assert len(pages) > 3
