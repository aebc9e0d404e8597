from dataclasses import replace

import numpy as np
import pytest
from matching.large.stalls import INF, LINK_OF, box, program
from scipy import sparse

from impact.arrays import floats, ints
from impact.matching.large.boxes import boxed
from impact.matching.question.rows import LinearProgram, bound


def test_a_row_of_one_link_is_a_ceiling_and_remembered():
    found = box()

    assert found.ceiling == pytest.approx([45, INF, 100, 10])  # twice the link is 20 at most
    assert found.ceiling_row.tolist() == [-1, -1, -1, 5]
    assert found.floor.tolist() == [0, 0, 0, 0]


def test_rows_that_add_the_same_links_up_are_one_with_two_sides():
    found = box()
    ash = found.kept_of[0]

    assert found.kept_of[4] == ash
    assert (found.lower[ash], found.upper[ash]) == (10, 50)
    assert (found.lower_row[ash], found.upper_row[ash]) == (4, 0)
    assert len(found.row) == 4


def test_rows_of_other_weights_stay_apart():
    twice = replace(program(), matrix=sparse.csr_array(np.diag([1, 1, 1, 1, 2, 1]) @ program().matrix))
    found = boxed(twice, LINK_OF)

    assert found.kept_of[0] != found.kept_of[4]
    assert found.adds_up[found.kept_of[0]]
    assert not found.adds_up[found.kept_of[4]]


def test_what_a_ceiling_row_proves_is_told_by_its_own_unit():
    found = box()
    of_kept = np.zeros(len(found.row))
    of_kept[found.kept_of[0]], of_kept[found.kept_of[3]] = 3.0, 0.5

    duals = found.duals(of_kept)

    assert duals.tolist() == [
        3.0,
        0.0,
        0.0,
        0.5,
        0.0,
        0.25,
    ]  # birch–west earns 0.5 more: half a unit
    assert bound(program(), duals) == pytest.approx(3 * 50 + 0.5 * 30 + 0.25 * 20 + 1 * 45 + 2 * 100)


def test_a_row_over_all_pieces_of_one_link_cuts_the_last_off():
    pieces = LinearProgram(
        worth=floats([3, 2, 1, 5]),
        ceiling=floats([10, 10, 10, 10]),
        matrix=sparse.csr_array(np.array([[1.0, 1, 1, 0], [1, 1, 0, 1]])),
        lower=floats([-INF, -INF]),
        upper=floats([15, 12]),
    )
    found = boxed(pieces, ints([0, 0, 0, 1]))

    assert found.ceiling.tolist() == [10, 5, 0, 10]
    assert found.ceiling_row.tolist() == [-1, 0, 0, -1]
    assert found.kept_of.tolist() == [-1, 0]  # the other row is of two links, and not of all pieces


@pytest.mark.parametrize(
    ("lower", "upper", "empty"),
    [
        ([-INF, -INF, -INF, -INF, 10, -INF], [50, 40, 60, 30, INF, 20], False),
        ([-INF, -INF, -INF, -INF, 51, -INF], [50, 40, 60, 30, INF, 20], True),  # more promised than served
        ([-INF, -INF, -INF, -INF, 10, 300], [50, 40, 60, 30, INF, INF], True),  # a floor above the ceiling
    ],
)
def test_what_is_plainly_impossible_is_seen(lower, upper, empty):
    assert boxed(replace(program(), lower=floats(lower), upper=floats(upper)), LINK_OF).is_empty is empty
