"""Arbitrary small problems, and a set of rules that fits each."""

from collections.abc import Iterator

import numpy as np
from hypothesis import strategies as st

from impact.arrays import floats, ints
from impact.matching.question.problem import Problem
from impact.matching.question.published import Published
from impact.matching.question.saturation import Saturation

INF = float("inf")
CURVES = (Saturation(), Saturation((0.4, 1.0), (1.0, 0.3)), Saturation((0.1, 0.6, 1.0), (0.9, 0.9, 0.0)))
TYPES = ("rural", "urban")


@st.composite
def problems(draw: st.DrawFn, *, promising: bool = True) -> Problem:
    """Draw a problem of up to 6 producers, 8 products and 5 placements, ugly numbers included."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    num_producers, num_placements = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    num_products = num_producers + draw(st.integers(0, 2))
    linked = rng.random((num_products, num_placements)) < draw(st.sampled_from([0.3, 0.7, 1.0]))
    linked[0, 0] = True
    product_of, placement_of = np.nonzero(linked)
    size = len(product_of)
    scale = draw(st.sampled_from([1.0, 1e6]))
    return Problem(
        producer_ids=tuple(f"producer-{number}" for number in range(num_producers)),
        product_ids=tuple(f"product-{number}" for number in range(num_products)),
        placement_ids=tuple(f"placement-{number}" for number in range(num_placements)),
        producer_of_product=ints(
            np.concatenate([np.arange(num_producers), rng.integers(0, num_producers, 8)])[:num_products]
        ),
        capacity=floats(rng.choice([INF, 0.0, 10.0, 37.5, 200.0], num_producers) * scale),
        promised=floats(rng.choice([0.0, 0.0, 3.0, 500.0], num_producers) * scale * promising),
        product_capacity=floats(rng.choice([INF, INF, 20.0], num_products) * scale),
        supply=floats(rng.choice([0.0, 15.0, 100.0, 333.3], num_placements) * scale),
        product_of=ints(product_of),
        placement_of=ints(placement_of),
        value=floats(rng.choice([0.0, 0.5, 1.0, 1e-3, 2.7], size)),
        quality=floats(rng.random(size)),
        baseline=floats(rng.choice([0.0, 0.0, 8.0, 400.0], size) * scale),
        max_exposure=floats(rng.choice([INF, INF, 12.0], size) * scale),
        saturation=draw(st.sampled_from(CURVES)),
        producer_attributes={"type": tuple(rng.choice(TYPES, num_producers).tolist())},
        placement_attributes={"channel": tuple(rng.choice(["live", "mall"], num_placements).tolist())},
        published=Published(floats(rng.choice([0.0, 5.0, 60.0], size) * scale)),
        owed=floats(rng.choice([0.0, 0.0, 2.0, -3.0], num_producers) * scale),
    )


def specs_for(problem: Problem) -> list[dict[str, object]]:
    """State rules of every kind that fit `problem`, strict or slack depending on its numbers."""
    kind = problem.producer_attributes["type"][problem.producer_of[0]]
    channel = problem.placement_attributes["channel"][problem.placement_of[0]]
    tight = 0.3 + 0.6 * float(problem.quality[0])
    return [
        {"id": "floor", "kind": "group_floor", "group": {"type": kind}, "share": tight / 2, "of": "supply"},
        {"id": "share", "kind": "group_floor", "group": {"channel": channel}, "share": tight},
        {"id": "cap", "kind": "group_cap", "group": {"type": kind}, "share": 0.95},
        {"id": "everyone", "kind": "producer_floor", "of_capacity": tight / 10},
        {"id": "dominance", "kind": "placement_cap", "share": 0.8},
        {"id": "quality", "kind": "quality_floor", "minimum": tight / 2},
        *_where_they_apply(problem, tight),
        {
            "id": "lock",
            "kind": "lock",
            "product": problem.product_ids[problem.product_of[0]],
            "placement": problem.placement_ids[problem.placement_of[0]],
            "at_most": 5,
        },
    ]


def _where_they_apply(problem: Problem, tight: float) -> Iterator[dict[str, object]]:
    """State what not every problem can be asked: to change little, to serve groups alike."""
    if problem.published and problem.published.whole > 0:
        yield {"id": "close", "kind": "churn", "share": 2 * tight}
    if np.isfinite(problem.capacity).all():
        yield {"id": "parity", "kind": "group_ratio", "by": "type", "minimum": tight / 3}
