from dataclasses import replace

import numpy as np
import pytest
from worlds import problem_from, three_stalls

from bench.engine.giving import Market, arrivals, chunks
from bench.engine.heuristics import HEURISTICS, ROUNDS
from bench.engine.instances import instance_of
from bench.engine.measuring import kept_share, worst_off
from impact.arrays import floats
from impact.matching.check import audit
from impact.matching.solve import solve

pytestmark = pytest.mark.slow

MARKET = instance_of(3_000).problem
UNPROMISED = replace(MARKET, promised=floats(np.zeros(len(MARKET.promised))))


@pytest.fixture(scope="module")
def best():
    return solve(UNPROMISED, ())


def hill_and_town():
    """A small and a large producer want the same placement of 100; the large one is worth twice as much."""
    return problem_from(
        [("hill", "live", 0.5), ("town", "live", 1.0)], {"hill": 50, "town": 200}, {"live": 100}
    )


@pytest.mark.parametrize("name", HEURISTICS)
def test_a_heuristic_obeys_supply_and_capacity(name):
    exposure = HEURISTICS[name](UNPROMISED, 0)

    found = audit(UNPROMISED, (), exposure, {})

    assert found.broken == ()
    assert exposure.sum() > 0.9 * MARKET.supply.sum()


@pytest.mark.parametrize("name", HEURISTICS)
def test_a_heuristic_never_beats_the_proved_bound(name, best):
    exposure = HEURISTICS[name](UNPROMISED, 0)

    assert 0.5 * best.bound < MARKET.value @ exposure <= best.bound


@pytest.mark.parametrize("name", HEURISTICS)
def test_the_exact_plan_keeps_more_at_the_same_worst_off_exposure(name):
    exposure = HEURISTICS[name](MARKET, 0)

    assert 0.5 < kept_share(MARKET, exposure) < 1


@pytest.mark.parametrize("name", HEURISTICS)
def test_the_same_seed_gives_the_same_exposure(name):
    assert HEURISTICS[name](MARKET, 1).tobytes() == HEURISTICS[name](MARKET, 1).tobytes()


@pytest.mark.parametrize(
    ("name", "expected", "why"),
    [
        ("FairRec", [10, 90], "half of an equal split, 20 and 80, is guaranteed; value takes the rest"),
        ("TFROM", [20, 80], "nobody gets beyond an equal split by capacity"),
        ("CPFair", [20, 80], "exposure relative to capacity is held level between the two groups"),
        ("min-regulariser", [100 / 9, 800 / 9], "value 1 − 2.25·t/200 meets 0.5 − 2.25·h/50"),
    ],
)
def test_two_producers_share_as_the_paper_would_have_it(name, expected, why):
    exposure = HEURISTICS[name](hill_and_town(), 0)

    assert exposure == pytest.approx(expected, abs=100 / ROUNDS), why


def test_prices_of_p_mmf_lift_the_worst_off():
    by_value = Market(MARKET)
    for placement in arrivals(np.random.default_rng(0), len(MARKET.supply), ROUNDS):
        by_value.serve(placement, MARKET.supply[placement] / ROUNDS, by_value.value)

    priced = worst_off(MARKET, HEURISTICS["P-MMF"](MARKET, 0))

    assert np.quantile(priced, 0.1) > 0.3
    assert np.quantile(by_value.filled(), 0.1) < 0.1


def test_a_market_of_producers_with_several_products_is_refused():
    with pytest.raises(ValueError, match="one product"):
        Market(three_stalls())


def test_arrivals_come_in_batches():
    assert list(chunks(range(5), 2)) == [[0, 1], [2, 3], [4]]
