"""Every producer is found beside what it had before, by what it gains or loses."""

from dataclasses import replace

import pytest
from reports.hamlets import N_GIFTS, goods, hamlet, shown
from reports.test_comparing import shifted
from shelves import valley

from impact.reports.affected import ORDERS, WHOM, Sought, affected, affected_by


def names(found):
    return [each.row.producer.producer_id for each in found.shown.rows]


def test_who_loses_most_comes_first_and_all_is_accounted_for():
    after, rich, poor, amount = shifted(0.5)
    ids = valley().problem.producer_ids

    found = affected(valley(), after, Sought())

    assert names(found) == [ids[rich], ids[poor]]
    assert (found.num_losing, found.num_gaining) == (1, 1)
    assert (found.lost, found.gained) == (pytest.approx(amount), pytest.approx(amount))
    assert found.shown.rows[0].change == pytest.approx(-amount)
    assert found.shown.rows[0].change_share == pytest.approx(-0.5)


@pytest.mark.parametrize(("whom", "which"), [("losing", 0), ("gaining", 1)])
def test_they_are_found_by_what_became_of_them(whom, which):
    after, rich, poor, _ = shifted(0.5)

    found = affected(valley(), after, Sought(whom=whom))

    assert names(found) == [valley().problem.producer_ids[(rich, poor)[which]]]


def test_they_are_found_by_name_and_place():
    after, *_ = shifted(0.5)

    found = affected(valley(), after, Sought(text="永德", whom="all"))

    assert {"P08", "P09"} <= set(names(found))
    assert affected(valley(), after, Sought(text="nowhere", whom="all")).shown.rows == ()


def test_a_plan_beside_itself_affects_nobody():
    assert affected(valley(), valley(), Sought()).shown.num_found == 0
    assert affected(valley(), valley(), Sought(whom="all")).shown.num_found == len(
        valley().problem.producer_ids
    )


def test_who_is_given_nothing_any_more_has_lost_all():
    kept = valley().problem.producer_of != int(valley().problem.producer_of[valley().plan.exposure.argmax()])
    after = replace(valley(), plan=replace(valley().plan, exposure=valley().plan.exposure * kept))

    found = affected(valley(), after, Sought(whom="losing"))

    assert found.lost == pytest.approx((valley().plan.exposure * ~kept).sum())


@pytest.mark.parametrize("order", list(ORDERS))
def test_any_order_pages_through_everybody_once(order):
    after, *_ = shifted(0.5)
    pages = [
        affected(valley(), after, Sought(whom="all", order=order, page=page, page_size=5))
        for page in (1, 2, 3)
    ]

    found = [name for page in pages for name in names(page)]
    assert sorted(found) == sorted(valley().problem.producer_ids)
    assert {page.shown.num_pages for page in pages} == {3}


def test_a_page_past_the_last_is_the_last():
    assert affected(valley(), valley(), Sought(whom="all", page=99, page_size=5)).shown.page == 3


def test_every_choice_has_a_test():
    assert set(WHOM) == {"changed", "losing", "gaining", "all"}


BEFORE, AFTER = shown(green=100, black=60), shown(green=40, black=90, lantern=10)


@pytest.mark.parametrize(
    ("order", "products"),
    [
        ("lost", ["green", "lantern", "black"]),  # -60, +10, +30
        ("gained", ["black", "lantern", "green"]),
        ("lost_share", ["green", "black", "lantern"]),  # -60 %, +50 %, and of nothing there is no share
        ("had", ["green", "black", "lantern"]),  # 100, 60, 0
    ],
)
def test_they_stand_in_the_order_asked_for(order, products):
    found = affected(BEFORE, AFTER, Sought(order=order))

    assert names(found) == [f"maker of {product}" for product in products]


def test_what_all_gain_and_lose_is_counted_whoever_is_looked_for():
    found = affected(BEFORE, AFTER, Sought(text="lantern", page_size=1))

    assert (found.num_losing, found.num_gaining) == (1, 2)
    assert (found.lost, found.gained) == pytest.approx((60, 40))


def test_of_nothing_there_is_no_share():
    (lantern,) = affected(BEFORE, AFTER, Sought(text="lantern")).shown.rows

    assert (lantern.before, lantern.change, lantern.change_share) == (0, 10, None)


def test_who_stands_in_one_plan_alone_has_nothing_in_the_other():
    catalog = replace(goods(), products=goods().products[:2], producers=goods().producers[:2])
    two = hamlet({("black", f"{N_GIFTS}-live"): 90}, catalog)

    (gone,) = affected(shown(lantern=10), two, Sought(whom="losing")).shown.rows
    (come,) = affected(two, shown(black=90, lantern=10), Sought()).shown.rows

    assert (gone.row.producer.producer_id, gone.before) == ("maker of lantern", 10)
    assert (gone.row.exposure, gone.row.worth, gone.change) == (0, 0, -10)
    assert (come.row.producer.producer_id, come.before, come.row.exposure) == ("maker of lantern", 0, 10)


def test_a_list_of_all_is_that_of_the_pages():
    sought = Sought(order="gained", page_size=1, page=2)

    assert affected_by(BEFORE, AFTER, sought)[1] == affected(BEFORE, AFTER, sought).shown.rows[0]
    assert len(affected_by(BEFORE, AFTER, sought)) == 3
