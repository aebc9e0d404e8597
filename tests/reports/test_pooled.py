"""What is told to everybody shows no group so small that a producer could be made out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.reports.breakdown import Breakdown, Slice
from impact.reports.pooled import FEWEST, POOLED, pooled


def broken(*sizes, reached=None):
    given = reached or sizes
    slices = [Slice(f"g{n}", size, given[n], 10.0 * size, 0.1, 0.2) for n, size in enumerate(sizes)]
    return Breakdown("region", "capacity", tuple(slices))


@pytest.mark.parametrize(
    ("sizes", "told", "why"),
    [
        ((9, 7, 5), (9, 7, 5), "all are large enough"),
        ((9, 3, 2), (9, 5), "small ones are told together"),
        ((9, 7, 1), (9, 8), "one small alone would follow from the rest, so the next goes with it"),
        ((3, 1), (4,), "all together is all there is"),
        ((), (), "nothing"),
    ],
)
def test_small_groups_are_told_together(sizes, told, why):
    assert sorted((one.num_members for one in pooled(broken(*sizes)).slices), reverse=True) == list(told), why


@pytest.mark.parametrize(
    ("reached", "told", "why"),
    [
        ((9, 8, 1), (9, 18), "what one of many got would be told: the next goes with it"),
        ((9, 8, 0), (9, 9, 9), "nobody of a group got anything, which tells no figure"),
        ((9, 3, 2), (9, 18), "together enough got something"),
    ],
)
def test_groups_of_which_few_got_anything_are_told_together(reached, told, why):
    found = pooled(broken(9, 9, 9, reached=reached))

    assert [one.num_members for one in found.slices] == list(told), why


def test_what_is_told_together_comes_last_and_has_no_name():
    found = pooled(broken(9, 3, 2, 6))

    assert [one.value for one in found.slices] == ["g0", "g3", POOLED]
    assert found.slices[-1].exposure == 50


@given(st.lists(st.integers(1, 20), max_size=8))
def test_nothing_is_lost_and_no_group_is_small_unless_all_are(sizes):
    found = pooled(broken(*sizes))

    assert sum(one.num_members for one in found.slices) == sum(sizes)
    assert sum(one.exposure for one in found.slices) == pytest.approx(10.0 * sum(sizes))
    assert all(one.num_members >= FEWEST for one in found.slices) or len(found.slices) == 1
    assert all(one.num_reached >= FEWEST for one in found.slices) or len(found.slices) == 1
