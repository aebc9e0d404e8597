"""A small program by hand: two stalls at two corners, each row its own rule."""

import numpy as np
from scipy import sparse

from impact.arrays import floats, ints
from impact.matching.large.boxes import Boxed, boxed
from impact.matching.large.market import Market, market_of
from impact.matching.question.rows import LinearProgram

INF = float("inf")
LINK_OF = ints([0, 1, 2, 3])
"""Links ash–east, ash–west, birch–east, birch–west, a piece each."""
ROWS = np.array(
    [
        [1, 1, 0, 0],  # ash serves 50 at most
        [0, 0, 1, 1],  # birch serves 40 at most
        [1, 0, 1, 0],  # there are 60 in the east
        [0, 1, 0, 1],  # and 30 in the west
        [1, 1, 0, 0],  # ash was promised 10
        [0, 0, 0, 2],  # twice birch–west is 20 at most
    ],
    float,
)
BLOCKS = (slice(0, 2), slice(2, 4), slice(4, 5), slice(5, 6))


def program() -> LinearProgram:
    return LinearProgram(
        worth=floats([4, 3, 2, 1]),
        ceiling=floats([45, INF, 100, 100]),
        matrix=sparse.csr_array(ROWS),
        lower=floats([-INF, -INF, -INF, -INF, 10, -INF]),
        upper=floats([50, 40, 60, 30, INF, 20]),
    )


def box() -> Boxed:
    return boxed(program(), LINK_OF)


def market() -> Market:
    return market_of(box(), BLOCKS)
