"""Plans beside the published one: what changed in, what changed out, who gains and who loses."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports.hamlets import N_GIFTS, goods, hamlet, shown
from shelves import valley
from valleys import NORTH, SOUTH

from impact.arrays import floats
from impact.errors import BadInput, Issue
from impact.matching.plan import Status
from impact.matching.question.problem import problem_of
from impact.matching.question.published import Published
from impact.matching.rules import RULES
from impact.matching.solve import solve
from impact.reports.comparing import GROUPS, CapacityChange, Gain, compare


def moved(exposure, plan_id="moved"):
    plan = replace(valley().plan, exposure=np.asarray(exposure, float))
    return replace(valley(), plan=plan, plan_id=plan_id)


def shifted(share):
    """The valley with a share of what its busiest producer has given to the least busy that has links."""
    exposure, producer_of = valley().plan.exposure.copy(), valley().problem.producer_of
    held = np.bincount(producer_of, exposure)
    linked = np.bincount(producer_of) > 0
    rich, poor = int(held.argmax()), int(np.where(linked, held, np.inf).argmin())
    taken = share * exposure[producer_of == rich]
    exposure[producer_of == rich] -= taken
    exposure[np.flatnonzero(producer_of == poor)[0]] += taken.sum()
    return moved(exposure), rich, poor, float(taken.sum())


def test_a_plan_beside_itself_has_changed_nothing():
    (found,) = compare(valley(), [valley()])

    assert (found.changed_in.rules, found.changed_in.products_added, found.changed_in.capacities) == (
        (),
        (),
        (),
    )
    assert (found.changed_out.taken, found.changed_out.added, found.changed_out.churn_share) == (0, 0, 0)
    assert set(found.gains) == set(GROUPS)
    assert all(gains == () for gains in found.gains.values())


def test_who_gains_and_who_loses_most_is_named():
    after, rich, poor, amount = shifted(0.5)

    (found,) = compare(valley(), [after])

    winners, losers = found.most("producer", 3)
    ids = valley().problem.producer_ids
    assert [(each.value, each.change) for each in winners] == [(ids[poor], pytest.approx(amount))]
    assert [(each.value, each.change) for each in losers] == [(ids[rich], pytest.approx(-amount))]
    assert (found.changed_out.taken, found.changed_out.added) == (
        pytest.approx(amount),
        pytest.approx(amount),
    )
    assert found.changed_out.churn_share == pytest.approx(2 * amount / valley().plan.exposure.sum())


def test_links_that_begin_and_end_are_counted():
    exposure = valley().plan.exposure.copy()
    used, unused = np.flatnonzero(exposure > 0), np.flatnonzero(exposure == 0)
    exposure[used[:2]] = 0
    exposure[unused[0]] = 10

    (found,) = compare(valley(), [moved(exposure)])

    assert (found.changed_out.links_lost, found.changed_out.links_gained) == (2, 1)


def test_rules_are_matched_by_name():
    before = valley().programme.rules
    raised = {**before[0], "share": 0.7}
    new = {"id": "new", "kind": "placement_cap", "share": 0.9}
    after = replace(
        valley(), programme=replace(valley().programme, rules=(raised, *before[2:], new), month=11)
    )

    (found,) = compare(valley(), [after])

    changes = [(change.before, change.after) for change in found.changed_in.rules]
    assert changes == [(before[0], raised), (None, new), (before[1], None)]
    assert found.changed_in.months == (10, 11)


def test_what_came_into_the_catalog_and_what_left_it_is_named():
    catalog = valley().graph.catalog
    bigger = replace(catalog.producers[0], capacity=catalog.producers[0].capacity + 5)
    fewer = replace(catalog, producers=(bigger, *catalog.producers[1:]), products=catalog.products[1:])
    after = replace(valley(), graph=replace(valley().graph, catalog=fewer))

    (found,) = compare(valley(), [after])
    (back,) = compare(after, [valley()])

    assert (found.changed_in.products_gone, found.changed_in.products_added) == (("P01-1",), ())
    assert (back.changed_in.products_gone, back.changed_in.products_added) == ((), ("P01-1",))
    assert [(each.producer_id, each.after - each.before) for each in found.changed_in.capacities] == [
        ("P01", 5)
    ]


def test_who_was_left_out_and_who_was_let_in_is_named():
    def leaving_out(*ids):
        return replace(
            valley(), programme=replace(valley().programme, excluded=dict.fromkeys(ids, ("shop_missing",)))
        )

    (found,) = compare(leaving_out("P01-1", "P02-1"), [leaving_out("P02-1", "P03-1")])

    assert found.changed_in.products_excluded == ("P03-1",)
    assert found.changed_in.products_admitted == ("P01-1",)


def test_against_a_plan_of_nothing_there_is_no_share_of_change():
    nothing = moved(np.zeros(valley().problem.num_links))

    (found,) = compare(nothing, [valley()])

    assert found.changed_out.churn_share is None


def test_five_plans_are_too_many():
    assert len(compare(valley(), [valley()] * 4)) == 4
    with pytest.raises(BadInput, match="plans_too_many"):
        compare(valley(), [valley()] * 5)


def test_a_real_change_of_a_rule_shows_who_pays_for_it():
    specs = tuple(
        {**spec, "share": 0.75} if spec["id"] == "priority-counties" else spec
        for spec in valley().programme.rules
    )
    problem = problem_of(valley().graph)
    after = replace(
        valley(),
        programme=replace(valley().programme, rules=specs),
        plan=solve(problem, RULES.validate_python(specs)),
    )

    (found,) = compare(valley(), [after])

    assert found.changed_out.status == (Status.OPTIMAL, Status.OPTIMAL)
    assert found.changed_out.worth[1] <= found.changed_out.worth[0]
    tiers = {each.value: each.change for each in found.gains["tier"]}
    assert min(tiers, key=tiers.get) == "0"  # they give way, and nobody takes it up


@given(st.data())
def test_gains_of_every_group_add_up_to_what_changed(data):
    size = valley().problem.num_links
    before, after = (
        moved(data.draw(st.lists(st.sampled_from([0.0, 1.0, 250.0]), min_size=size, max_size=size)))
        for _ in "ab"
    )

    (found,) = compare(before, [after])

    whole = found.changed_out.exposure[1] - found.changed_out.exposure[0]
    assert found.changed_out.added - found.changed_out.taken == pytest.approx(whole)
    for group in GROUPS:
        assert sum(each.change for each in found.gains[group]) == pytest.approx(whole)


BEFORE, AFTER = shown(green=100, black=60), shown(green=40, black=90, lantern=10)


def test_what_moved_is_added_up_by_link():
    (found,) = compare(BEFORE, [AFTER])

    out = found.changed_out
    assert (out.exposure, out.taken, out.added) == ((160, 140), 60, 40)
    assert (out.links_gained, out.links_lost) == (1, 0)
    assert out.churn_share == pytest.approx(100 / 160)


def test_gains_are_told_by_group_the_most_first():
    (found,) = compare(BEFORE, [AFTER])

    assert found.gains["type"] == (
        Gain("type", "firm", 60, 90),
        Gain("type", "craft", 0, 10),
        Gain("type", "farm", 100, 40),
    )
    assert found.gains["region"] == (Gain("region", SOUTH, 60, 90), Gain("region", NORTH, 100, 50))
    assert found.gains["tier"] == (Gain("tier", "0", 160, 140),)


def test_most_names_so_many_of_either_side_the_most_first():
    (found,) = compare(BEFORE, [AFTER])

    winners, losers = found.most("producer", 1)

    assert [each.value for each in winners] == ["maker of black"]
    assert [each.value for each in losers] == ["maker of green"]
    assert [each.value for each in found.most("producer", 3)[0]] == ["maker of black", "maker of lantern"]


def test_of_those_who_gain_the_same_the_first_by_name_is_told_first():
    (found,) = compare(shown(), [shown(green=5, black=5, lantern=5)])

    assert [each.value for each in found.gains["producer"]] == [
        "maker of black",
        "maker of green",
        "maker of lantern",
    ]


def test_links_of_products_that_only_one_plan_knows_are_taken_or_added_whole():
    catalog = replace(goods(), products=goods().products[:2], producers=goods().producers[:2])
    two = hamlet({("green", f"{N_GIFTS}-live"): 20}, catalog)

    (found,) = compare(shown(lantern=10), [two])

    assert (found.changed_out.taken, found.changed_out.added) == (10, 20)
    assert (found.changed_out.links_lost, found.changed_out.links_gained) == (1, 1)
    assert [(each.value, each.change) for each in found.gains["producer"]] == [
        ("maker of green", 20),
        ("maker of lantern", -10),
    ]


def test_what_change_is_measured_against_is_told_where_anything_is():
    again = replace(AFTER, problem=replace(AFTER.problem, published=Published(floats(BEFORE.plan.exposure))))

    (found,) = compare(BEFORE, [again])

    assert found.changed_in.published == (0, 160)
    assert found.changed_in.supply == (800, 800)


def test_a_capacity_that_only_rounding_moves_has_not_changed():
    def able(capacity):
        first, *others = goods().producers
        return hamlet({}, replace(goods(), producers=(replace(first, capacity=capacity), *others)))

    (same,) = compare(able(200.0), [able(200.0 + 1e-9)])
    (less,) = compare(able(200.0), [able(150.0)])

    assert same.changed_in.capacities == ()
    assert less.changed_in.capacities == (CapacityChange("maker of green", 200, 150),)


def test_too_many_plans_are_counted_in_the_refusal():
    with pytest.raises(BadInput) as refusal:
        compare(BEFORE, [AFTER] * 5)

    assert refusal.value.issues == (Issue("plans_too_many", params={"count": 5, "most": 4}),)
