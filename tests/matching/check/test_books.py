from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from instances import problems, specs_for
from worlds import INF, problem_from, rules, three_stalls, two_valleys

from impact.arrays import floats
from impact.matching.check.books import all_books, reach
from impact.matching.check.proof import proved
from impact.matching.pose import pose
from impact.matching.question.rows import bound
from impact.matching.solve import specs_of

STANDING = ("supply", "capacity", "product_capacity", "promised")


def book_of(spec, problem=None, *others):
    """Open the book of one rule beside `others`."""
    books = {book.rule: book for book in all_books(problem or three_stalls(), [spec, *others])}
    return books[spec["id"]]


def columns(book):
    """Lay a book out as people would write it: name, bounds, and the weight of each link."""
    weights = np.zeros((len(book.lower), len(book.account_of)))
    inside = np.flatnonzero(book.account_of >= 0)
    weights[book.account_of[inside], inside] = book.weight[inside]
    return list(book.names), book.lower.tolist(), book.upper.tolist(), weights.tolist()


def test_four_books_are_kept_whatever_the_rules():
    problem = replace(three_stalls(), promised=floats([7, 500]))

    books = {book.rule: columns(book) for book in all_books(problem, ())}

    coop, firm = [1, 1, 1, 0, 0], [0, 0, 0, 1, 1]
    assert books == {
        "supply": (["live", "mall"], [-INF] * 2, [100, 50], [[1, 0, 1, 1, 0], [0, 1, 0, 0, 1]]),
        "capacity": (["coop", "firm"], [-INF] * 2, [60, 200], [coop, firm]),
        "product_capacity": (
            ["coop-tea", "coop-nuts", "firm-tea"],
            [-INF] * 3,
            [INF, 20, INF],
            [[1, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 1]],
        ),
        "promised": (["coop", "firm"], [7, 130], [INF] * 2, [coop, firm]),  # 130 is all the firm can get
    }


def test_the_books_of_rules_follow_in_the_order_stated():
    specs = specs_of(
        rules({"kind": "quality_floor", "minimum": 0.5}, {"kind": "placement_cap", "share": 0.5})
    )

    assert [book.rule for book in all_books(three_stalls(), specs)] == [
        *STANDING,
        "quality_floor",
        "placement_cap",
    ]


RURAL, TEA, MALL = {"type": "rural"}, {"category": "tea"}, {"channel": "mall"}


@pytest.mark.parametrize(
    ("spec", "lower", "upper", "weights"),
    [
        ({"kind": "group_floor", "group": RURAL, "at_least": 7}, 7, INF, [1, 1, 1, 0, 0]),
        ({"kind": "group_cap", "group": TEA, "at_most": 7}, -INF, 7, [1, 1, 0, 1, 1]),
        ({"kind": "group_floor", "group": MALL, "share": 0.2}, 0, INF, [-0.2, 0.8, -0.2, -0.2, 0.8]),
        ({"kind": "group_cap", "group": RURAL, "share": 0.2}, -INF, 0, [0.8, 0.8, 0.8, -0.2, -0.2]),
        (
            {"kind": "group_floor", "group": RURAL, "share": 0.2, "of": "supply"},
            30,
            INF,
            [1, 1, 1, 0, 0],
        ),
        ({"kind": "group_cap", "group": TEA, "share": 0.2, "of": "supply"}, -INF, 30, [1, 1, 0, 1, 1]),
        (
            {"kind": "group_cap", "group": {**TEA, **RURAL}, "at_most": 7},
            -INF,
            7,
            [1, 1, 0, 0, 0],
        ),
        (
            {"kind": "group_floor", "group": {"category": ["tea", "nuts"], **MALL}, "at_least": 0},
            0,
            INF,
            [0, 1, 0, 0, 1],
        ),
    ],
)
def test_a_group_has_one_account(spec, lower, upper, weights):
    names, least, most, rows = columns(book_of({"id": "g", **spec}))

    assert (names, least, most) == (["g"], [pytest.approx(lower)], [pytest.approx(upper)])
    assert rows == [pytest.approx(weights)]


def test_an_attribute_of_products_goes_before_that_of_producers_and_placements():
    problem = replace(
        three_stalls(),
        producer_attributes={"kind": ("a", "b"), "place": ("a", "b")},
        product_attributes={"kind": ("b", "b", "a")},
        placement_attributes={"place": ("b", "a")},
    )

    for name, weights in (("kind", [0, 0, 0, 1, 1]), ("place", [1, 1, 1, 0, 0])):
        spec = {"id": "g", "kind": "group_cap", "group": {name: "a"}, "at_most": 1}
        assert columns(book_of(spec, problem))[3] == [weights]


def test_floors_of_producers_go_as_far_as_rules_on_links_let_them():
    floor = {"id": "all", "kind": "producer_floor", "of_capacity": 0.5}
    cap = {"id": "cap", "kind": "placement_cap", "share": 0.1}
    lock = {"id": "lock", "kind": "lock", "product": "firm-tea", "placement": "live", "at_most": 4}

    assert book_of(floor).lower.tolist() == [30, 100]
    assert book_of(floor, None, cap).lower == pytest.approx([25, 15])  # 10, 5 and 10; 10 and 5
    assert book_of(floor, None, lock).lower == pytest.approx([30, 34])  # 4 and the 30 of the mall
    assert book_of(floor, None, lock, cap).lower == pytest.approx([25, 9])
    names, _, upper, weights = columns(book_of(floor))
    assert (names, upper) == (["coop", "firm"], [INF, INF])
    assert weights == [[1, 1, 1, 0, 0], [0, 0, 0, 1, 1]]


def test_who_has_no_limit_has_no_floor():
    problem = replace(three_stalls(), capacity=floats([60, INF]), ceiling=np.empty(0))

    book = book_of({"id": "all", "kind": "producer_floor", "of_capacity": 0.5}, problem)

    assert book.lower.tolist() == [30, 0]


def test_floors_of_producers_count_what_is_owed():
    problem = replace(
        three_stalls(), capacity=floats([0.5, 200]), owed=floats([0.125, -20]), ceiling=np.empty(0)
    )
    floor = {"id": "all", "kind": "producer_floor", "of_capacity": 0.5}

    assert book_of(floor, problem).lower.tolist() == [0.375, 80]


def test_what_can_be_reached_is_the_least_of_every_limit_on_the_way():
    problem = replace(
        three_stalls(),
        product_capacity=floats([50, 20, INF]),
        capacity=floats([65, 200]),
        ceiling=np.empty(0),
    )

    assert reach(problem, ()) == pytest.approx([65, 130])  # 50 and 20 held by 65; 100 and 30
    open_lock = {"id": "l", "kind": "lock", "product": "firm-tea", "placement": "mall", "at_least": 5}
    shut = {**open_lock, "at_least": 0, "at_most": 0}
    assert reach(problem, [open_lock]) == pytest.approx([65, 130])
    assert reach(problem, [shut]) == pytest.approx([65, 100])


def test_a_product_is_reached_over_all_its_links_and_no_further_than_it_can_serve():
    problem = replace(three_stalls(), product_capacity=floats([INF, INF, 110]), ceiling=np.empty(0))

    assert reach(problem, ()) == pytest.approx([60, 110])  # 100 and 30 in two placements


def test_a_cap_of_placements_has_an_account_for_each_pair_there_is():
    book = book_of({"id": "cap", "kind": "placement_cap", "share": 0.5})

    names, lower, upper, weights = columns(book)

    assert names == ["coop@live", "coop@mall", "firm@live", "firm@mall"]
    assert (lower, upper) == ([-INF] * 4, [50, 25, 50, 25])
    assert weights == [[1, 0, 1, 0, 0], [0, 1, 0, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]]
    assert book.names[1:3] == ["coop@mall", "firm@live"]


def test_pairs_are_told_apart_where_producers_outnumber_placements():
    problem = problem_from(
        [("a", "feed", 1.0), ("b", "feed", 1.0), ("c", "mall", 1.0)],
        {"a": 5, "b": 5, "c": 5},
        {"feed": 10, "mall": 20},
    )

    names, _, upper, weights = columns(book_of({"id": "cap", "kind": "placement_cap", "share": 0.5}, problem))

    assert (names, upper) == (["a@feed", "b@feed", "c@mall"], [5, 5, 10])
    assert weights == np.eye(3).tolist()


@pytest.mark.parametrize(
    ("spec", "names", "weights"),
    [
        (
            {"minimum": 0.5},
            ["livestream", "mall"],
            [[0.3, 0, 0.1, -0.1, 0], [0, 0.3, 0, 0, -0.1]],
        ),
        ({"minimum": {"mall": 0.6}}, ["mall"], [[0, 0.2, 0, 0, -0.2]]),
        ({"minimum": 0.5, "by": "segment"}, ["gd-tea"], [[0.3, 0.3, 0.1, -0.1, -0.1]]),
    ],
)
def test_quality_is_kept_by_channel_or_segment(spec, names, weights):
    found, lower, upper, rows = columns(book_of({"id": "q", "kind": "quality_floor", **spec}))

    assert (found, lower, upper) == (names, [0] * len(names), [INF] * len(names))
    assert rows == [pytest.approx(row) for row in weights]


@pytest.mark.parametrize(
    ("sides", "lower", "upper"),
    [
        ({"at_least": 2}, 2, INF),
        ({"at_most": 9}, 0, 9),
        ({"at_least": 2, "at_most": 9}, 2, 9),
        ({"at_least": None, "at_most": 0}, 0, 0),
    ],
)
def test_a_lock_is_an_account_of_one_link(sides, lower, upper):
    lock = {"id": "l", "kind": "lock", "product": "coop-tea", "placement": "mall", **sides}

    assert columns(book_of(lock)) == (["coop-tea@mall"], [lower], [upper], [[0, 1, 0, 0, 0]])


@given(problem=problems(), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_books_and_rows_find_the_same_room_at_any_plan(problem, seed):
    """Rows leave out what could never be broken; of the rest, both say how far it is from that."""
    obeyed = rules(*specs_for(problem))
    posed = pose(problem, obeyed)
    exposure = np.random.default_rng(seed).random(problem.num_links) * problem.box
    activity = posed.activity(exposure)

    books = {book.rule: book.at(exposure) for book in all_books(problem, specs_of(obeyed))}
    for number, (rule, part) in enumerate(zip(posed.rules, posed.parts, strict=True)):
        book, rows = books[rule.id], posed.rows_of(number)
        read = dict(zip(book.names, _room(book.lower, book.activity(exposure), book.upper), strict=True))
        stated = _nearest(part.labels, _room(part.lower, activity[rows], part.upper))
        told = {name: room for name, room in stated.items() if name in read}
        assert told == pytest.approx({name: read[name] for name in told}, rel=1e-9, abs=1e-6)
        assert {name for name, room in read.items() if room < -1e-6} <= told.keys()


@given(problem=problems(), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_books_and_rows_prove_the_same_bound_at_any_prices(problem, seed):
    obeyed = rules(*(spec for spec in specs_for(problem) if spec["kind"] != "lock"))
    posed = pose(problem, obeyed)
    duals = np.random.default_rng(seed).normal(size=len(posed.program.lower))

    prices = {
        price.rule: dict(zip(price.labels, price.duals.tolist(), strict=True))
        for price in posed.by_rule(posed.told(duals))
    }
    by_books = proved(problem, all_books(problem, specs_of(obeyed)), prices)

    assert by_books == pytest.approx(bound(posed.program, posed.told(duals)), rel=1e-9)


def test_a_price_of_the_wrong_sign_on_each_book_still_proves_a_bound():
    problem = two_valleys()
    specs = specs_of(rules({"id": "g", "kind": "group_floor", "group": RURAL, "at_least": 30}))
    books = all_books(problem, specs)

    assert proved(problem, books, {"g": {"g": 5.0}, "supply": {"live": -5.0}}) == pytest.approx(150)
    assert proved(problem, books, {"supply": {"live": 1.0}, "g": {"g": -0.5}}) == pytest.approx(85)


def _room(lower, activity, upper):
    return np.minimum(activity - lower, upper - activity)


def _nearest(labels, rooms):
    """Keep the least room of each label: the two sides of a lock bear one name."""
    nearest = {}
    for label, room in zip(labels, rooms, strict=True):
        nearest[label] = min(room, nearest.get(label, INF))
    return nearest
