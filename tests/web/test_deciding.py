"""A plan goes from solved to withdrawn on its page; each step is offered to who may take it."""

from html import unescape

import pytest
from services import database, send, service, signed_in, user_of
from store.decisions.offices import bare, scenario, solved

from impact.access import Role
from impact.i18n import words
from impact.store.audit import Sought, log_page
from impact.store.decisions import standing
from impact.store.decisions.steps import State
from impact.web.deciding import REACHED


@pytest.fixture
def app():
    return service(kept=database())


@pytest.fixture
def plan(app):
    kept, maker = app.extensions["database"], user_of(app, Role.COORDINATOR).acting()
    return solved(kept, maker, scenario(kept, maker)).plan_id


@pytest.fixture
def coordinator(app):
    return signed_in(app, Role.COORDINATOR)


@pytest.fixture
def approver(app):
    return signed_in(app, Role.APPROVER)


def state(app, plan):
    return standing.get(app.extensions["database"], plan).state


def step(client, plan, name, **fields):
    page = f"/en/plans/{plan}"
    return send(client, page, f"{page}/{name}", **fields)


def test_a_plan_is_proposed_approved_published_and_withdrawn(app, plan, coordinator, approver):
    for client, name, reached in (
        (coordinator, "propose", State.PROPOSED),
        (approver, "approve", State.APPROVED),
        (approver, "publish", State.PUBLISHED),
        (approver, "withdraw", State.WITHDRAWN),
    ):
        assert step(client, plan, name, reason="no harvest").status_code == 303
        assert state(app, plan) is reached

    page = approver.get(f"/en/plans/{plan}").text
    assert "no harvest" in page
    assert words("deciding.done.publish", "en") in page


@pytest.mark.parametrize(
    ("lang", "name"), [("zh", "山谷示例 · 第 1 次求解 · "), ("en", "Valley sample · run 1 · ")]
)
def test_a_plan_goes_by_one_name_wherever_it_is_shown_or_chosen(app, plan, approver, coordinator, lang, name):
    step(coordinator, plan, "propose")
    address = f"/{lang}/plans/{plan}"

    for page in ("", "/print", "/spread", "/locks"):
        assert name in approver.get(address + page).text, page
    for page in (f"/{lang}/plans", f"/{lang}/compare?plan={plan}", f"/{lang}/"):
        text = approver.get(page).text
        assert name in text, page
        assert f">{plan}<" not in text, page
    log = signed_in(app, Role.ADMIN).get(f"/{lang}/log?what=plan.propose").text
    assert name in log
    assert approver.get(f"{address}/allocation.json").get_json()["name"].startswith(name)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_agreed_to_may_be_said_more_of_and_the_page_and_the_log_tell_it(
    app, plan, coordinator, approver, lang
):
    said = {"propose": "县里看过初稿", "approve": "赞成，下月再放宽", "publish": "按例会决定"}
    for name, note in said.items():
        client = coordinator if name == "propose" else approver
        assert words("form.note", lang) in client.get(f"/{lang}/plans/{plan}").text
        step(client, plan, name, reason=note)

    page = approver.get(f"/{lang}/plans/{plan}").text
    logged = {entry.reason for entry in log_page(app.extensions["database"], Sought(subject=plan))}
    assert all(note in page for note in said.values())
    assert logged >= set(said.values())


def test_what_was_typed_stands_in_the_form_that_was_refused(plan, coordinator, approver):
    step(coordinator, plan, "propose")

    answer = step(approver, plan, "withdraw", version="1", reason="no harvest")

    field = answer.text[answer.text.index('id="reason-withdraw"') :]
    assert 'value="no harvest" aria-invalid="true"' in field[: field.index(">")]
    assert answer.text.count("no harvest") == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_step_is_offered_to_who_may_take_it(app, plan, coordinator, approver, lang):
    proposing = words("deciding.step.propose", lang)
    address = f"/{lang}/plans/{plan}"

    assert f">{proposing}<" in coordinator.get(address).text
    assert f">{proposing}<" not in approver.get(address).text
    assert words("deciding.none", lang) in signed_in(app, Role.VIEWER).get(address).text


@pytest.mark.parametrize("name", ["reject", "withdraw"])
def test_turning_down_and_taking_back_want_a_reason(app, plan, coordinator, approver, name):
    step(coordinator, plan, "propose")

    answer = step(approver, plan, name)

    assert answer.status_code == 409
    assert words("issue.reason_missing", "en", value=plan) in answer.text
    assert state(app, plan) is State.PROPOSED


def test_publishing_without_a_baseline_says_why_nobody_sees_the_products(app, coordinator, approver):
    kept, maker = app.extensions["database"], user_of(app, Role.COORDINATOR).acting()
    plan = solved(kept, maker, scenario(kept, maker), bare()).plan_id
    step(coordinator, plan, "propose"), step(approver, plan, "approve")
    assert words("deciding.reason.publish", "en") in approver.get(f"/en/plans/{plan}").text

    answer = step(approver, plan, "publish")

    assert answer.status_code == 409
    assert words("issue.baseline_missing", "en", value=plan).split(":")[0] in unescape(answer.text)
    assert step(approver, plan, "publish", reason="new products").status_code == 303


def test_publishing_asks_for_no_reason_where_there_is_a_baseline(plan, coordinator, approver):
    step(coordinator, plan, "propose"), step(approver, plan, "approve")

    assert words("deciding.reason.publish", "en") not in approver.get(f"/en/plans/{plan}").text
    assert step(approver, plan, "publish").status_code == 303


def test_a_step_that_cannot_be_taken_now_says_how_the_plan_stands(plan, approver):
    for lang in ("zh", "en"):
        page = f"/{lang}/plans/{plan}"
        answer = send(approver, page, f"{page}/publish")

        stands = words(
            "issue.plan_stands_otherwise", lang, value=plan, state=words("plan_state.solved", lang)
        )
        assert (answer.status_code, stands in answer.text) == (409, True)


def test_a_decision_on_a_page_that_is_out_of_date_is_refused(app, plan, coordinator, approver):
    step(coordinator, plan, "propose")

    assert step(approver, plan, "approve", version="1").status_code == 409
    assert state(app, plan) is State.PROPOSED


def test_the_page_shows_how_far_a_plan_has_come(app, plan, coordinator):
    page = coordinator.get(f"/en/plans/{plan}").text
    here = page[page.index('aria-current="step"') :]

    assert here.index(words("step.compare", "en")) < here.index("</li>")
    assert set(REACHED) == set(State)


def test_a_plan_that_is_not_there_is_decided_by_nobody(approver, plan):
    page = f"/en/plans/{plan}"

    assert send(approver, page, "/en/plans/none/approve").status_code == 404
