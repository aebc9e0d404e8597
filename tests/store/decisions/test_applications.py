"""An application goes from applied to reviewed step by step; every step is kept, and nobody judges twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from impact.access import SYSTEM, Actor, Role
from impact.errors import BadInput, Conflict
from impact.programmes.dossier import Stage
from impact.store.audit import Sought, entries
from impact.store.database import reading
from impact.store.decisions.applications import ApplicationStep, Move, applied, move

BUREAU = Actor("bureau", "县农业农村局", Role.PARTNER, "anji")
AN = Actor("an", "An", Role.COORDINATOR)
BO = Actor("bo", "Bo", Role.COORDINATOR)
MONDAY, TUESDAY, FRIDAY = (date(2026, 10, day) for day in (5, 6, 9))


def apply(engine, *names, who=BUREAU, on=MONDAY):
    move(engine, names, Move(ApplicationStep.APPLY, on), who)


def recommend(engine, *names, who=BUREAU, on=MONDAY, **how):
    move(engine, names, Move(ApplicationStep.COUNTY, on, **how), who)


def review(engine, *names, who=AN, on=MONDAY, **how):
    move(engine, names, Move(ApplicationStep.PLATFORM, on, **how), who)


def stage(engine, name, on=FRIDAY):
    return applied(engine)[name].stage(on)


def test_it_goes_from_applied_to_recommended_to_accepted(engine):
    apply(engine, "tea", "nuts")
    assert stage(engine, "tea") is Stage.WAITS_FOR_COUNTY

    recommend(engine, "tea")
    assert stage(engine, "tea") is Stage.WAITS_FOR_PLATFORM
    assert stage(engine, "nuts") is Stage.WAITS_FOR_COUNTY

    review(engine, "tea")
    assert stage(engine, "tea") is Stage.ACCEPTED


def test_what_is_decided_later_does_not_count_before(engine):
    apply(engine, "tea")
    recommend(engine, "tea", on=TUESDAY)

    assert stage(engine, "tea", MONDAY) is Stage.WAITS_FOR_COUNTY
    assert stage(engine, "tea", TUESDAY) is Stage.WAITS_FOR_PLATFORM


@pytest.mark.parametrize(
    ("refuse", "stood"), [(recommend, Stage.REFUSED_BY_COUNTY), (review, Stage.REFUSED_BY_PLATFORM)]
)
def test_a_refusal_says_why_and_one_may_apply_anew(engine, refuse, stood):
    apply(engine, "tea")
    if refuse is review:
        recommend(engine, "tea")
    with pytest.raises(BadInput, match="application_reason_missing"):
        refuse(engine, "tea", accepted=False, reason=" ")
    refuse(engine, "tea", accepted=False, reason="检测报告过期")
    assert stage(engine, "tea") is stood

    apply(engine, "tea", on=TUESDAY)
    assert stage(engine, "tea") is Stage.WAITS_FOR_COUNTY


@pytest.mark.parametrize("step", [recommend, review])
def test_no_step_is_taken_before_its_turn(engine, step):
    with pytest.raises(Conflict, match="application_moved"):
        step(engine, "tea")
    assert applied(engine) == {}


def test_nobody_applies_twice(engine):
    apply(engine, "tea")
    with pytest.raises(Conflict, match="application_moved"):
        apply(engine, "tea")

    recommend(engine, "tea")
    review(engine, "tea")
    with pytest.raises(Conflict, match="application_moved"):
        apply(engine, "tea")


def test_a_step_is_taken_for_all_that_are_asked_or_for_none(engine):
    apply(engine, "tea")
    with pytest.raises(Conflict) as refused:
        recommend(engine, "tea", "nuts")

    assert [issue.params["value"] for issue in refused.value.issues] == ["nuts"]
    assert stage(engine, "tea") is Stage.WAITS_FOR_COUNTY


def test_who_recommends_does_not_review(engine):
    apply(engine, "tea", who=AN)
    recommend(engine, "tea", who=AN)
    with pytest.raises(Conflict, match="application_own"):
        review(engine, "tea", who=AN)

    review(engine, "tea", who=BO)
    assert stage(engine, "tea") is Stage.ACCEPTED


def test_of_two_who_decide_at_once_one_is_told(engine):
    apply(engine, "tea")

    def attempt(who):
        try:
            recommend(engine, "tea", who=who)
        except Conflict as conflict:
            return conflict.issues[0].code
        return "done"

    with ThreadPoolExecutor(2) as two:
        assert sorted(two.map(attempt, (AN, BO))) == ["application_moved", "done"]


def test_each_step_stands_in_the_log_with_its_reason(engine):
    apply(engine, "tea", who=SYSTEM)
    recommend(engine, "tea", reason="县推荐函 2026-17")
    with reading(engine) as connection:
        logged = {entry.what: entry.reason for entry in entries(connection, Sought())}

    assert logged["application.county"] == "县推荐函 2026-17"
    assert "application.apply" in logged
