"""The list of plans is read a page at a time, without loading what plans are made of."""

from dataclasses import replace

import pytest
from services import database, service, signed_in
from shelves import MemoryShelf, valley
from store.decisions.offices import bare, scenario, solved

from impact.access import SYSTEM, Role
from impact.i18n import words
from impact.store.decisions import plans
from impact.store.solved.plans import PlanShelf
from impact.web.plan_list import AT_ONCE


@pytest.fixture
def kept():
    return database()


@pytest.fixture
def client(kept):
    return signed_in(service(kept=kept), Role.COORDINATOR)


def test_plans_say_what_they_are_worth_and_how_they_stand(kept, client):
    plan = solved(kept, SYSTEM, scenario(kept, SYSTEM))

    page = client.get("/en/plans").text

    assert f"/en/plans/{plan.plan_id}" in page
    assert words("plan_state.solved", "en") in page and "Valley sample" in page


def test_only_plans_that_stand_as_one_wants_are_listed(kept, client):
    made = scenario(kept, SYSTEM)
    proposed, left = solved(kept, SYSTEM, made), solved(kept, SYSTEM, made, bare())
    plans.propose(kept, proposed.plan_id, SYSTEM)

    page = client.get("/en/plans?state=proposed").text

    assert f'value="{proposed.plan_id}"' in page and f'value="{left.plan_id}"' not in page
    assert words("plans.none_so", "en") in client.get("/en/plans?state=published").text
    assert client.get("/en/plans?state=dreamt").status_code == 404


def test_many_plans_come_page_by_page_each_once(kept):
    many = tuple(replace(valley(), plan_id=f"plan-{i:03}") for i in range(2 * AT_ONCE + 1))
    client = signed_in(service(MemoryShelf(many), kept=kept), Role.COORDINATOR)

    pages = [client.get(f"/zh/plans{after}").text for after in ("", "?after=plan-024", "?after=plan-049")]

    counts = [page.count('name="plan"') for page in pages]
    assert counts == [AT_ONCE, AT_ONCE, 1]
    assert [('rel="next"' in page) for page in pages] == [True, True, False]
    assert "after=plan-024" in pages[0]


def test_no_plan_is_loaded_for_the_list(kept, client, monkeypatch):
    solved(kept, SYSTEM, scenario(kept, SYSTEM))

    def loaded(self, plan_id):
        raise AssertionError(plan_id)

    monkeypatch.setattr(PlanShelf, "get", loaded)

    assert client.get("/zh/plans").status_code == 200
