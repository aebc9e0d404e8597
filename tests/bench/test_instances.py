from typing import get_args

import numpy as np
import pytest

from bench.engine.instances import SUPPLY_SHARE, instance_of
from impact.matching.check import audit
from impact.matching.rules import Rule
from impact.matching.solve import specs_of


def test_the_same_size_and_seed_give_the_same_instance():
    one, other = instance_of(2_000, seed=3), instance_of(2_000, seed=3)

    assert one.rules == other.rules
    assert one.reference.tobytes() == other.reference.tobytes()
    for name in ("value", "quality", "capacity", "supply", "promised", "product_of", "placement_of"):
        assert getattr(one.problem, name).tobytes() == getattr(other.problem, name).tobytes(), name


def test_another_seed_gives_another_instance():
    one, other = instance_of(2_000, seed=3), instance_of(2_000, seed=4)

    assert not np.array_equal(one.problem.capacity, other.problem.capacity)


@pytest.mark.parametrize("num_links", [300, 3_000, 30_000])
def test_the_reference_obeys_every_rule(num_links):
    instance = instance_of(num_links)

    found = audit(instance.problem, specs_of(instance.rules), instance.reference, {})

    assert found.broken == ()
    assert found.worth > 0


def test_rules_of_every_kind_are_demanded_but_max_min_whose_levels_are_measured_apart():
    kinds = {rule.kind for rule in instance_of(3_000).rules}

    assert kinds == {rule.kind for rule in get_args(get_args(Rule)[0])} - {"max_min"}


def test_a_few_have_much_and_supply_is_short():
    problem = instance_of(30_000).problem
    largest = np.sort(problem.capacity)[-len(problem.capacity) // 10 :]

    assert 0.8 * 30_000 < problem.num_links < 1.2 * 30_000
    assert largest.sum() > 0.4 * problem.capacity.sum()
    assert problem.supply.sum() == pytest.approx(SUPPLY_SHARE * problem.capacity.sum())
