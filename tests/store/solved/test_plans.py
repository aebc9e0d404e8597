from dataclasses import replace

import numpy as np
import pytest
from shelves import valley
from sqlalchemy import func, select, update

from impact.arrays import floats, ints
from impact.matching.question.carrying import measured_against
from impact.matching.question.problem import problem_of
from impact.matching.rules.max_min import MaxMin
from impact.matching.solve import solve
from impact.matching.spread.term import Spread
from impact.store.database import open_database
from impact.store.solved.plans import PLANS, PlanShelf, has_baseline
from impact.store.solved.snapshots import SNAPSHOTS, beside, keep_arrays, kept_arrays


@pytest.fixture
def shelf(engine):
    return PlanShelf(engine)


def test_a_plan_comes_back_with_all_it_was_made_from(shelf):
    solved = valley()

    shelf.keep(solved)
    kept = shelf.get(solved.plan_id)

    assert kept.programme == solved.programme
    assert kept.graph.catalog == solved.graph.catalog
    assert kept.plan.rules == solved.plan.rules
    assert kept.plan.seconds == solved.plan.seconds
    assert kept.plan.exposure.tobytes() == solved.plan.exposure.tobytes()
    assert kept.problem.value.tobytes() == solved.problem.value.tobytes()
    assert kept.problem.producer_attributes == problem_of(solved.graph).producer_attributes
    assert {reason: counts.tolist() for reason, counts in kept.graph.refused.items()} == {
        reason: counts.tolist() for reason, counts in solved.graph.refused.items()
    }
    assert [price.rule for price in kept.plan.prices] == [price.rule for price in solved.plan.prices]
    assert np.array_equal(kept.plan.prices[0].duals, solved.plan.prices[0].duals)


def test_best_levels_come_back_with_their_proof_and_spreads_with_their_welfare(shelf):
    solved = valley()
    even = MaxMin(id="even", share=0.5)
    plan = solve(solved.problem, [even, Spread(weight=5.0, alpha=1.0)])
    shelf.keep(replace(solved, plan=plan))

    kept = shelf.get(solved.plan_id).plan

    assert kept.welfare == plan.welfare != {}
    (told,), (best,) = kept.levels, plan.levels
    assert (told.rule, told.best) == (best.rule, best.best)
    assert told.level.tobytes() == best.level.tobytes()
    assert told.shown.tobytes() == best.shown.tobytes()
    assert [(each.rule, each.labels, each.duals.tolist()) for each in told.weights] == [
        (each.rule, each.labels, each.duals.tolist()) for each in best.weights
    ]


def test_a_plan_kept_before_there_were_levels_has_none(shelf):
    solved = valley()
    shelf.keep(solved)
    with shelf.engine.begin() as connection:
        answer = dict(connection.execute(select(PLANS.c.answer)).scalar_one())
        del answer["levels"], answer["welfare"]
        connection.execute(update(PLANS).values(answer=answer))

    kept = shelf.get(solved.plan_id).plan

    assert (kept.levels, kept.welfare) == ((), {})


def test_what_a_plan_was_measured_against_comes_back_with_it(shelf):
    solved = valley()
    asked = measured_against(solved.problem, solved.problem, solved.plan.exposure)
    before = replace(
        asked.published, gone_product=ints([0]), gone_placement=ints([1]), gone_exposure=floats([5.0])
    )
    shelf.keep(replace(solved, problem=replace(asked, published=before)))

    kept = shelf.get(solved.plan_id).problem.published

    assert kept.exposure.tobytes() == solved.plan.exposure.tobytes()
    assert (kept.gone_product.tolist(), kept.gone_placement.tolist(), kept.gone) == ([0], [1], 5.0)


def test_a_kept_plan_survives_the_process(shelf, database_url):
    shelf.keep(valley())

    assert PlanShelf(open_database(database_url)).ids() == (valley().plan_id,)


def test_a_plan_that_is_kept_never_changes(shelf):
    solved = valley()
    shelf.keep(solved)

    shelf.keep(replace(solved, plan=replace(solved.plan, worth=1.0)))

    assert shelf.get(solved.plan_id).plan.worth == solved.plan.worth


def test_plans_of_the_same_inputs_share_their_snapshots(shelf):
    solved = valley()
    shelf.keep(solved)

    shelf.keep(replace(solved, plan_id="another"))

    assert snapshots(shelf) == 3  # catalog, links, and what both plans say


def test_a_plan_that_went_on_from_another_stands_on_the_inputs_kept_with_that(shelf):
    solved = valley()
    shelf.keep(solved)
    moved = replace(solved.plan, exposure=solved.plan.exposure / 2)

    shelf.keep(replace(solved, plan_id="another", plan=moved, gone_on_from=solved.plan_id))

    kept = shelf.get("another")
    assert snapshots(shelf) == 4
    assert kept.plan.exposure.tobytes() == moved.exposure.tobytes()
    assert kept.problem is shelf.get(solved.plan_id).problem  # read once


def seen_without_it(*first):
    """The valley's plan where so much of its first links would be seen without it."""
    solved, links = valley(), valley().graph.links
    baseline = floats([*first, *np.zeros(len(links.baseline) - len(first))])
    graph = replace(solved.graph, links=replace(links, baseline=baseline))
    return replace(solved, plan_id=f"seen-{len(first)}", graph=graph, problem=problem_of(graph))


def test_each_of_two_plans_stands_on_inputs_of_its_own(shelf):
    for solved in (seen_without_it(1.0), unseen := seen_without_it()):
        shelf.keep(solved)
    shelf.keep(replace(unseen, plan_id="another", gone_on_from=unseen.plan_id))

    with shelf.engine.connect() as connection:
        told = {name: has_baseline(connection, name) for name in shelf.ids()}
    assert told == {"seen-1": True, "seen-0": False, "another": False}


@pytest.mark.parametrize("gone", [True, False], ids=["is there no more", "was kept in one with its inputs"])
def test_where_the_plan_it_went_on_from_has_no_inputs_to_share_they_are_kept_anew(shelf, gone):
    solved = valley()
    if not gone:
        shelf.keep(solved)
        in_one(shelf, solved)

    shelf.keep(replace(solved, plan_id="another", gone_on_from=solved.plan_id))

    assert shelf.get("another").problem.value.tobytes() == solved.problem.value.tobytes()


def test_a_plan_kept_in_one_with_its_inputs_is_read(shelf):
    solved = valley()
    shelf.keep(solved)
    in_one(shelf, solved)

    kept = shelf.get(solved.plan_id)

    assert kept.plan.exposure.tobytes() == solved.plan.exposure.tobytes()
    assert kept.problem.value.tobytes() == solved.problem.value.tobytes()
    with shelf.engine.connect() as connection:
        assert has_baseline(connection, solved.plan_id) == solved.problem.baseline.any()


def snapshots(shelf):
    with shelf.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(SNAPSHOTS)).scalar_one()


def in_one(shelf, solved):
    """Lay the arrays of a plan and of its inputs together, as they were kept before plans shared any."""
    with shelf.engine.begin() as connection:
        name = connection.execute(select(PLANS.c.arrays)).scalar_one()
        both = kept_arrays(connection, beside(connection, name)) | kept_arrays(connection, name)
        connection.execute(update(PLANS).values(arrays=keep_arrays(connection, both)))


def test_the_newest_plan_comes_first(shelf):
    for name in ("b", "a", "c"):
        shelf.keep(replace(valley(), plan_id=name))

    assert shelf.ids() == ("c", "a", "b")


def test_an_unknown_plan_is_none(shelf):
    assert shelf.get("nobody") is None


def test_opening_twice_changes_nothing(database_url, shelf):
    shelf.keep(valley())

    open_database(database_url)

    assert shelf.ids() == (valley().plan_id,)


def test_a_snapshot_that_was_tampered_with_is_not_believed(shelf):
    solved = valley()
    shelf.keep(solved)
    with shelf.engine.begin() as connection:
        connection.execute(update(SNAPSHOTS).values(body=b"something else"))

    with pytest.raises(ValueError, match="sha256"):
        shelf.get(solved.plan_id)


def test_a_list_of_plans_says_what_each_is_for_and_worth_in_the_order_asked_for(shelf):
    other = replace(valley(), plan_id="valley-0")
    shelf.keep(valley()), shelf.keep(other)

    found = shelf.headlines(["valley-0", "dreamt", valley().plan_id])

    assert [each.plan_id for each in found] == ["valley-0", valley().plan_id]
    for each in found:
        assert (each.programme, each.status) == (valley().programme, valley().plan.status)
        assert each.worth == valley().plan.worth
        assert each.made_at


def test_each_plan_is_found_by_its_own_id_with_its_own_headline(shelf):
    first = valley()
    second = replace(first, plan_id="valley-2", plan=replace(first.plan, worth=7.0))
    shelf.keep(first)
    assert shelf.get("valley-2") is None

    shelf.keep(second)

    assert shelf.ids() == ("valley-2", "valley-1")
    assert [shelf.get(each.plan_id).plan.worth for each in (first, second)] == [first.plan.worth, 7.0]
    told = shelf.headlines(["valley-2", "none", "valley-1"])
    assert [(each.plan_id, each.worth) for each in told] == [
        ("valley-2", 7.0),
        ("valley-1", first.plan.worth),
    ]
    assert [each.plan_id for each in shelf.headlines(["valley-1"])] == ["valley-1"]
