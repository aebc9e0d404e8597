"""Pooled: who got what, told so that no producer can be made out: small groups are told together."""

from collections.abc import Sequence
from dataclasses import replace

from impact.reports.breakdown import Breakdown, Slice

FEWEST = 5
"""A group of fewer producers, or one in which fewer got anything, would tell of each of them."""
POOLED = ""
"""The value of what is told together."""


def pooled(found: Breakdown, fewest: int = FEWEST) -> Breakdown:
    """Return a breakdown of producers in which no group is so small that it tells of single ones.

    Smaller groups are told as one; where they are too small together, so that the rest would tell of them,
    the next larger ones go with them.
    """
    by_size = sorted(
        found.slices, key=lambda one: (not _is_small(one, fewest), one.num_reached, one.num_members)
    )
    small = [one for one in by_size if _is_small(one, fewest)]
    while small and len(small) < len(by_size) and _is_small(_together(small), fewest):
        small.append(by_size[len(small)])
    if not small:
        return found
    rest = [one for one in found.slices if one not in small]
    return replace(found, slices=(*rest, _together(small)))


def _is_small(one: Slice, fewest: int) -> bool:
    """Tell whether a group has few members, or few of them got anything."""
    return one.num_members < fewest or 0 < one.num_reached < fewest


def _together(slices: Sequence[Slice]) -> Slice:
    return Slice(
        POOLED,
        sum(one.num_members for one in slices),
        sum(one.num_reached for one in slices),
        sum(one.exposure for one in slices),
        sum(one.exposure_share for one in slices),
        sum(one.yardstick_share for one in slices),
    )
