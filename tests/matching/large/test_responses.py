import numpy as np
import pytest
from matching.large.stalls import market

from impact.matching.large.responses import respond
from impact.matching.large.sifting import best_response

NO_GUESS = np.zeros(2)
SHARP = 1e-6


def by_column(found, of_place):
    laid_out = np.empty(4)
    laid_out[found.order] = of_place
    return laid_out


def prices_of(found, east, west):
    by_row = {60: east, 30: west}
    return np.array([by_row[int(upper)] for upper in found.upper])


def test_sharp_responses_are_what_earns_most():
    found = market()
    prices = prices_of(found, 1.0, 2.5)  # ash earns 3 and 0.5; birch 1 and -1.5

    given = respond(found, prices, SHARP, NO_GUESS).given

    assert by_column(found, given) == pytest.approx([45, 5, 40, 0], abs=1e-3)


def test_an_owner_held_to_what_it_serves_charges_what_its_last_exposure_earns():
    found = market()
    response = respond(found, prices_of(found, 1.0, 2.5), SHARP, NO_GUESS)
    ash = int(np.flatnonzero(found.most == 50)[0])

    assert response.held.tolist() == [True, True]
    assert response.own[ash] == pytest.approx(0.5, abs=1e-4)
    assert response.own[1 - ash] == pytest.approx(1.0, abs=1e-4)


def test_what_was_promised_is_served_however_dear():
    found = market()
    response = respond(found, prices_of(found, 10.0, 10.0), SHARP, NO_GUESS)
    ash = int(np.flatnonzero(found.most == 50)[0])

    assert found.totals(response.given)[ash] == pytest.approx(10, rel=1e-5)
    assert found.totals(response.given)[1 - ash] == pytest.approx(0, abs=1e-3)
    assert response.own[ash] == pytest.approx(-6, abs=1e-3)  # its dearest link earns 4 - 10


@pytest.mark.parametrize("width", [1.0, 0.1, SHARP])
def test_the_smoothed_dual_is_below_the_dual_and_meets_it_as_it_sharpens(width):
    found = market()
    prices = prices_of(found, 1.5, 1.0)
    sharp = respond(found, prices, 1e-9, NO_GUESS).value

    smooth = respond(found, prices, width, NO_GUESS).value

    assert smooth <= sharp + 1e-6
    assert smooth >= sharp - width * float((found.room * found.typical).sum())


def test_the_slope_of_the_dual_is_what_shared_rows_have_left():
    found = market()
    prices, step = prices_of(found, 1.5, 1.0), 1e-6
    at = respond(found, prices, 0.5, NO_GUESS)

    for row in range(2):
        moved = prices.copy()
        moved[row] += step
        slope = (respond(found, moved, 0.5, NO_GUESS).value - at.value) / step
        assert slope == pytest.approx(found.upper[row] - at.taken[row], rel=1e-3, abs=1e-3)


def test_the_best_response_needs_no_smoothing():
    found = market()
    earned = found.worth - found.shared @ prices_of(found, 1.0, 2.5)

    given, own = best_response(found, earned, np.ones(2, bool))

    assert by_column(found, given) == pytest.approx([45, 5, 40, 0])
    assert sorted(own.tolist()) == pytest.approx([0.5, 1.0])


def test_who_is_not_asked_gives_nothing():
    found = market()
    given, own = best_response(found, found.worth, np.zeros(2, bool))

    assert not given.any()
    assert not own.any()
