import numpy as np
import pytest
from matching.large.stalls import BLOCKS, box, market, program

from impact.matching.large.market import market_of


def test_the_rule_of_most_rows_that_cross_nothing_owns():
    found = market()

    assert found.length.tolist() == [2, 2]
    assert sorted(found.owner_row.tolist()) == sorted({box().kept_of[0], box().kept_of[1]})
    assert len(found.lower) == 2  # the two corners are shared


def test_owners_know_what_they_may_serve_and_were_promised():
    found = market()
    ash = int(np.flatnonzero(found.most == 50)[0])

    assert found.least[ash] == 10
    assert found.most[1 - ash] == 40


def test_places_are_columns_sorted_by_owner_and_their_shared_rows_go_with_them():
    found = market()
    rows = box().program.matrix[box().row[found.shared_row]].toarray()

    assert found.worth == pytest.approx(program().worth[found.order])
    assert (found.shared.toarray() == rows.T[found.order]).all()


def test_whatever_is_given_goes_back_to_the_columns_it_came_from():
    found = market()
    given = np.arange(4.0)

    assert found.columns(given)[found.order] == pytest.approx(given)


def test_a_place_without_a_ceiling_has_room_for_what_its_rows_let_through():
    found = market()
    place = found.order.tolist().index(1)  # ash–west

    assert found.unlimited.tolist().count(True) == 1
    assert found.unlimited[place]
    assert found.room[place] == 30  # the west has no more


def test_where_no_rule_is_large_enough_every_column_owns_itself():
    crossing = market_of(box(), (slice(0, 6),))  # all rows are one rule: they cross, and own nothing

    assert crossing.length.tolist() == [1, 1, 1, 1]
    assert crossing.owner_row.tolist() == [-1, -1, -1, -1]
    assert np.isinf(crossing.most).all()
    assert market_of(box(), BLOCKS).length.tolist() == [2, 2]
