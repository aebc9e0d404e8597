from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from instances import problems
from scipy import sparse
from worlds import two_valleys

from impact.arrays import floats
from impact.matching.question.pieces import pieces_of
from impact.matching.question.published import Published
from impact.matching.question.rows import rows_at_most
from impact.matching.question.saturation import Saturation


def test_a_link_worth_the_same_throughout_is_one_piece():
    pieces = pieces_of(two_valleys(), turning=False)

    assert pieces.link_of.tolist() == [0, 1]
    assert pieces.length.tolist() == [100, 100]


def test_a_link_is_cut_where_it_saturates_and_at_what_was_published():
    curved = replace(two_valleys(), saturation=Saturation((0.5, 1), (1, 0.2)))
    problem = replace(curved, published=Published(floats([30, 70])))

    pieces = pieces_of(problem, turning=True)

    def of(link):
        own = pieces.link_of == link
        return sorted(zip(pieces.worth[own], pieces.length[own], pieces.kept[own], strict=True))

    assert of(0) == [(0.1, 50, False), (0.5, 20, False), (0.5, 30, True)]
    assert of(1) == [(0.2, 20, True), (0.2, 30, False), (1.0, 50, True)]


@given(problem=problems(), seed=st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_pieces_add_up_to_what_a_link_carries_and_rows_to_what_they_say(problem, seed):
    rng = np.random.default_rng(seed)
    before = floats(problem.box * rng.choice([0.0, 0.5, 1.0, 2.0], problem.num_links))
    problem = replace(problem, published=Published(before))
    matrix, turn = (sparse.csr_array(rng.normal(size=(2, problem.num_links))) for _ in range(2))
    rows = replace(rows_at_most(matrix, np.zeros(2), np.zeros(2), ["a", "b"]), turn=turn)
    exposure = problem.box * rng.random(problem.num_links)

    pieces = pieces_of(problem, turning=True)
    filled = np.zeros(len(pieces.length))
    for link in range(problem.num_links):  # by hand: what was published first, the dearest first
        left = exposure[link]
        for piece in sorted(
            np.flatnonzero(pieces.link_of == link), key=lambda i: (-pieces.worth[i], not pieces.kept[i])
        ):
            filled[piece] = min(left, pieces.length[piece])
            left -= filled[piece]

    assert np.bincount(pieces.link_of, pieces.length, problem.num_links) == pytest.approx(problem.box)
    assert float(pieces.worth @ filled) == pytest.approx(float(problem.worth(exposure).sum()))
    said = matrix @ exposure + turn @ np.minimum(exposure, before)
    assert pieces.matrix(rows) @ filled == pytest.approx(said, rel=1e-9, abs=1e-3)
