"""Pooled: who got what, told so that no producer can be made out: small groups are told together."""

from collections.abc import Sequence
from dataclasses import replace

from impact.reports.breakdown import Breakdown, Slice

FEWEST = 5
"""A group of fewer producers would tell of each of them."""
POOLED = ""
"""The value of what is told together."""


def pooled(found: Breakdown, fewest: int = FEWEST) -> Breakdown:
    """Return a breakdown of producers in which every group has at least `fewest` members.

    Smaller groups are told as one; where they are too few together, so that the rest would tell of them,
    the next larger ones go with them.
    """
    by_size = sorted(found.slices, key=lambda one: (one.num_members, one.exposure))
    small = [one for one in by_size if one.num_members < fewest]
    while small and sum(one.num_members for one in small) < fewest and len(small) < len(by_size):
        small.append(by_size[len(small)])
    if not small:
        return found
    rest = [one for one in found.slices if one not in small]
    return replace(found, slices=(*rest, _together(small)))


def _together(slices: Sequence[Slice]) -> Slice:
    return Slice(
        POOLED,
        sum(one.num_members for one in slices),
        sum(one.num_reached for one in slices),
        sum(one.exposure for one in slices),
        sum(one.exposure_share for one in slices),
        sum(one.yardstick_share for one in slices),
    )
