"""What cannot be meant in a programme is refused at its field, with what may be; what stood stays."""

import re
from datetime import timedelta
from html import unescape

import pytest
from services import send
from web.programmes.changes import GOAL, WHY, change, document, fields_of, page_of

from impact.access import SYSTEM
from impact.i18n import LANGS, words
from impact.store.decisions import programmes
from impact.web.programmes.filled import today


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("盐原县", "513423 四川省凉山彝族自治州盐源县"),  # a slip of the hand
        ("朝阳区", "220104 吉林省长春市朝阳区"),  # two of one name
        ("513499", "513429"),  # a code that nobody bears
    ],
)
def test_what_is_no_region_is_refused_with_the_nearest_and_stays_in_its_field(client, lang, typed, told):
    rows = re.findall(r'name="(c\d+)\.kind" value="(\w+)"', client.get(page_of("criteria")).text)
    row = next(row for row, each in rows if each == "region")
    filled = fields_of(client.get(page_of("criteria", lang)).text)
    filled |= {f"{row}.asked": ["1"], f"{row}.text": [f"云南 {typed}"], "reason": [WHY]}

    answer = send(client, page_of("criteria", lang), **filled | {"csrf_token": ""})

    said = unescape(answer.text)
    assert answer.status_code == 422
    assert re.search(rf'<a href="#{row}\.text">[^<]*{typed}[^<]*{told}', said)
    assert f'value="云南 {typed}"' in said


@pytest.mark.parametrize(
    ("part", "fields", "field"),
    [
        ("milestones", {"m2.due": "2020-02-01", "m2.first": "2020-01-01"}, "m2.due"),  # it is over
        ("milestones", {"m1.gone": "1", "m2.target": "-20"}, "m2.target"),  # it would become worse
        ("milestones", {"m2.target": "400"}, "m2.target"),  # no net promoter score
        ("milestones", {"m0.baseline": "-1"}, "m0.baseline"),  # no count
        ("method", {"first": "2020-01-01", "last": "2020-02-01"}, "last"),  # it is over, too
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(app, client, part, fields, field):
    before = document(app)

    answer = change(client, part, **fields)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert document(app) == before


def test_where_a_day_has_passed_all_else_can_still_be_changed(app, client):
    kept, told = app.extensions["database"], document(app)
    gone = today() - timedelta(1)
    steps = tuple(each.model_copy(update={"due": gone}) for each in told.milestones)
    over = told.model_copy(update={"milestones": steps, "goal": told.goal.model_copy(update={"by": gone})})
    programmes.change(kept, "hills", over.model_dump(mode="json"), SYSTEM, expected=1)

    assert change(client, "milestones", **{"m0.target": "250"}).status_code == 303
    assert change(client, "method", **{"budget.field": "1"}).status_code == 303
    assert document(app).milestones[0].target == 250


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"by": "2020-12-31"}, "by"),  # it is over
        ({"baseline": "2500"}, "target"),  # 2,000 would be less
        ({"baseline": "2000"}, "target"),  # nothing would change
        ({"metric": "nps_goods"}, "target"),  # 2,000 is no net promoter score
        ({"baseline": "-1"}, "baseline"),  # nobody earns less than nothing more
    ],
)
def test_a_goal_that_cannot_be_meant_is_refused_at_its_field(app, client, fields, field):
    before = document(app)

    answer = send(client, "/en/programmes/hills", **GOAL | fields)

    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    assert document(app) == before


@pytest.mark.parametrize("lang", LANGS)
def test_a_programme_does_not_begin_with_days_that_have_passed(app, client, lang):
    page, start = f"/{lang}/programmes/new", (today() - timedelta(40)).isoformat()

    answer = send(client, page, template="mountain_goods", start=start, programme_id="late")

    passed = (today() - timedelta(10)).isoformat()
    said = words("issue.start_too_early", lang, value=start, day=passed, today=today().isoformat())
    assert answer.status_code == 422
    assert f'<a href="#start">{said}</a>' in answer.text
    assert programmes.get(app.extensions["database"], "late") is None
