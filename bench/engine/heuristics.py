"""Heuristics of the literature, written from their papers and adapted to allocating exposure.

All obey supply, capacity and links' own limits, and know no other rule. Where a paper speaks of a user's
list, read an arrival (see `giving`); of a provider's size, read capacity K; of its exposure, X.
"""

from collections.abc import Callable

import numpy as np

from bench.engine.giving import Market, arrivals, chunks
from impact.arrays import Floats, Ints, ratio
from impact.matching.question.problem import Problem

ROUNDS = 40
"""How many arrivals a placement's supply is cut into."""
BATCH = 64
"""How many arrivals share one price: updating after each would cost a pass over all producers."""
MOMENTUM = 0.5
"""How much of P-MMF's last step goes on."""
GUARANTEE = 0.5
"""FairRec's α: the share of an equal split that everybody is guaranteed."""
SPREAD_WEIGHT, GAP_WEIGHT = 3.0, 1.0
"""How min-regulariser and CPFair weigh spread beside value, in mean values: of 1, 3 and 10 what kept most."""
POPULAR_SHARE = 0.2
"""The share of producers, the largest, that CPFair takes for the short head."""
Heuristic = Callable[[Problem, int], Floats]


def fairrec(problem: Problem, seed: int) -> Floats:
    """Guarantee everyone a minimum in turns, then follow value (Patro 2020, doi:10.1145/3366423.3380196).

    Phase 1 lets users pick in turns among products that have guaranteed copies left; here each producer's
    copies are α·K_i·ΣS/ΣK. Phase 2 fills what supply is left by value. Envy among users has no meaning
    for placements and is left out.
    """
    rng, market = np.random.default_rng(seed), Market(problem)
    copies = GUARANTEE * _equal_split(problem)
    piece = problem.supply / ROUNDS
    for placement in arrivals(rng, len(problem.supply), ROUNDS):
        market.serve(placement, piece[placement], market.value, copies)
    for placement in arrivals(rng, len(problem.supply), ROUNDS):
        market.serve(placement, piece[placement], market.value)
    return market.exposure


def p_mmf(problem: Problem, seed: int) -> Floats:
    """Price producers by mirror descent on the dual of max-min (Xu 2023, doi:10.1145/3543507.3583296).

    Maximises Σ v·x + λ·min_i X_i/γ_i online: arrivals go by v − μ_i; after each batch μ moves along its
    subgradient with momentum and is projected onto {Σ γ_i·max(−μ_i, 0) ≤ λ}, in the norm weighted by γ.
    Here γ_i is an equal split of supply by capacity, λ the worth of all supply at the mean value; a step is
    λ/n by how far a producer fell behind its pace, over the square root of the number of steps.
    """
    rng, market = np.random.default_rng(seed), Market(problem)
    piece, gamma = problem.supply / ROUNDS, _equal_split(problem)
    steps = max(1, ROUNDS * len(problem.supply) // BATCH)
    weight = float(problem.value.mean() * problem.supply.sum())
    length = weight / len(gamma) / np.sqrt(steps)
    scaled, slope = np.zeros(len(gamma)), np.zeros(len(gamma))  # γ·μ, and the momentum of its slope
    for batch in chunks(arrivals(rng, len(problem.supply), ROUNDS), BATCH):
        price, before = scaled / gamma, market.given.copy()
        for placement in batch:
            market.serve(placement, piece[placement], _priced(problem, price))
        behind = 1.0 - (market.given - before) / gamma * steps
        slope = MOMENTUM * slope + (1 - MOMENTUM) * behind
        scaled = _onto_dual(scaled - length * slope, weight)
    return market.exposure


def tfrom(problem: Problem, seed: int) -> Floats:
    """Keep providers within a fair share of exposure (TFROM, Wu 2021, doi:10.1145/3404835.3462882).

    Users whose list has lost most go first; each takes the best item whose provider stays within its fair
    exposure, and places still empty go to the providers that have least. Here the fair exposure is an
    equal split of supply by capacity, and users are placements, round by round.
    """
    market, piece = Market(problem), problem.supply / ROUNDS
    fair = np.minimum(_equal_split(problem), problem.capacity)
    for _ in range(ROUNDS):
        for placement in np.argsort(market.kept_share(), kind="stable").tolist():
            market.serve(placement, piece[placement], market.value, fair)
    rest = (problem.supply - market.served) / ROUNDS
    for placement in arrivals(np.random.default_rng(seed), len(rest), ROUNDS):
        market.serve(placement, rest[placement], _least_filled(market))
    return market.exposure


def cpfair(problem: Problem, seed: int) -> Floats:
    """Penalise the gap between popular and other producers.

    CPFair, Naghiaei 2022, doi:10.1145/3477495.3531959. The paper's greedy re-ranks by
    score − λ·|exposure of the short head − of the long tail|, and a like term for active and inactive
    users. Here the short head is the largest fifth by capacity and exposure is relative to capacity.
    Supply of every placement is given out anyway, so the users' term changes no order and is left out.
    """
    rng, market = np.random.default_rng(seed), Market(problem)
    popular = problem.capacity >= np.quantile(problem.capacity, 1 - POPULAR_SHARE)
    capacity = np.array([problem.capacity[~popular].sum(), problem.capacity[popular].sum()])
    piece, weight = problem.supply / ROUNDS, GAP_WEIGHT * float(problem.value.mean())
    for placement in arrivals(rng, len(problem.supply), ROUNDS):
        given = np.array([market.given[~popular].sum(), market.given[popular].sum()])
        given = ratio(given, capacity)
        ahead = np.where(popular, np.sign(given[1] - given[0]), np.sign(given[0] - given[1]))
        market.serve(placement, piece[placement], _priced(problem, weight * ahead))
    return market.exposure


def min_regulariser(problem: Problem, seed: int) -> Floats:
    """Favour who is filled least (the baseline of Xu 2023, doi:10.1145/3543507.3583296).

    Scores are v − λ·(X_i/K_i − min_k X_k/K_k); the minimum is the same for all links and cancels.
    """
    rng, market = np.random.default_rng(seed), Market(problem)
    piece, weight = problem.supply / ROUNDS, SPREAD_WEIGHT * float(problem.value.mean())
    for placement in arrivals(rng, len(problem.supply), ROUNDS):
        market.serve(placement, piece[placement], _filled_penalty(market, weight))
    return market.exposure


HEURISTICS: dict[str, Heuristic] = {
    "FairRec": fairrec,
    "P-MMF": p_mmf,
    "TFROM": tfrom,
    "CPFair": cpfair,
    "min-regulariser": min_regulariser,
}


def _equal_split(problem: Problem) -> Floats:
    return problem.capacity * min(1.0, float(problem.supply.sum() / problem.capacity.sum()))


def _priced(problem: Problem, price: Floats) -> Callable[[Ints], Floats]:
    return lambda links: problem.value[links] - price[problem.producer_of[links]]


def _least_filled(market: Market) -> Callable[[Ints], Floats]:
    producer_of, capacity = market.problem.producer_of, market.problem.capacity
    return lambda links: -market.given[producer_of[links]] / capacity[producer_of[links]]


def _filled_penalty(market: Market, weight: float) -> Callable[[Ints], Floats]:
    least = _least_filled(market)
    return lambda links: market.problem.value[links] + weight * least(links)


def _onto_dual(scaled: Floats, most: float) -> Floats:
    """Project γ·μ onto the dual's domain: its negative parts sum up to at most `most`."""
    debts = np.maximum(-scaled, 0.0)
    if debts.sum() <= most:
        return scaled
    falling = np.sort(debts)[::-1]
    excess = (np.cumsum(falling) - most) / np.arange(1, len(falling) + 1)
    cut = excess[np.flatnonzero(falling > excess)[-1]]
    return np.where(scaled < 0, -np.maximum(debts - cut, 0.0), scaled)
