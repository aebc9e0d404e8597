"""The page of a programme says how each milestone stands, by what figure, and which nothing measures yet."""

from datetime import timedelta

import pytest
from services import database, service, signed_in
from store.decisions.offices import scenario, solved

from impact.access import SYSTEM, Role
from impact.i18n import LANGS, words
from impact.i18n.figures import compact
from impact.programmes.document import MilestoneDocument, Names
from impact.programmes.templates import blank
from impact.store.decisions import enrolling
from impact.store.happened import deliveries
from impact.store.happened.deliveries import Delivery
from impact.store.happened.readings import MEASURED
from impact.web.programmes.filled import today


def milestone(name, metric, target, *, due):
    named = Names(zh=f"{name}步", en=f"{name} step")
    first, last = today() - timedelta(20), today() + timedelta(due)
    return MilestoneDocument(
        milestone_id=name, name=named, metric=metric, target=target, first=first, due=last
    )


@pytest.fixture(scope="module")
def app():
    """A programme whose plan had 40,000 exposures delivered ten days ago, and no sale counted."""
    kept = database()
    plan = solved(kept, SYSTEM, scenario(kept, SYSTEM))
    steps = (
        milestone("near", MEASURED, 30_000, due=10),
        milestone("far", MEASURED, 900_000, due=10),
        milestone("past", MEASURED, 50_000, due=-1),
        milestone("sales", "first_sales", 100, due=100),
    )
    document = blank(plan.programme_id, Names(zh="山货", en="Hills"), today())
    enrolling.keep(kept, document.model_copy(update={"milestones": steps}), SYSTEM)
    day = (today() - timedelta(10)).isoformat()
    deliveries.put(kept, [Delivery("one", day, plan.plan_id, "P01-1", "330000-tea-mall", 40_000.0)], SYSTEM)
    return service(kept=kept)


@pytest.fixture(params=LANGS)
def told(app, request):
    """What the page says of each milestone, by its id, and its language."""
    lang = request.param
    page = signed_in(app, Role.VIEWER).get(f"/{lang}/programmes/valley").text
    rows = page.partition('id="milestones"')[2].partition("</section>")[0].split("<tr")
    names = {"zh": "{}步", "en": "{} step"}[lang]
    return lang, {
        name: next(row for row in rows if names.format(name) in row)
        for name in ("near", "far", "past", "sales")
    }


@pytest.mark.parametrize(
    ("name", "standing", "why"),
    [
        ("near", "met", "target_reached"),
        ("far", "at_risk", "pace_too_slow"),
        ("past", "missed", "target_not_reached"),
    ],
)
def test_a_milestone_stands_where_deliveries_put_it(told, name, standing, why):
    lang, rows = told

    assert words(f"milestone.{standing}", lang) in rows[name]
    assert words(f"milestone_why.{why}", lang) in rows[name]
    assert compact(40_000, lang) in rows[name]


def test_who_is_at_risk_is_told_what_it_comes_to_at_its_pace(told):
    lang, rows = told

    assert words("programme.forecast", lang, value=120_000) in rows["far"]


def test_a_metric_that_nothing_measures_is_said_to_have_no_reading(told):
    lang, rows = told

    assert words("programme.no_readings", lang) in rows["sales"]
    assert words("milestone.met", lang) not in rows["sales"]
