"""A page as axe and a ruler see it, at some widths and in some colours."""

from axe_playwright_python.sync_playwright import Axe
from journeys.conftest import RULES

LOOKS = [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")]
"""All pairs of width and colour scheme that a page is looked at in."""
OUTSIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def wrong_in(page, looks):
    """What is to be mended on a page, all its details open; `looks` are pairs of width and colour scheme."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
        for broken in Axe().run(page, options=RULES).response["violations"]:
            where = ", ".join(str(node["target"][0]) for node in broken["nodes"])
            yield f"{width} px, {scheme}: {broken['id']} at {where}"
        if page.evaluate(OUTSIDE) > 0:
            yield f"{width} px: scrolls sideways"
