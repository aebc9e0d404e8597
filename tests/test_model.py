"""Nouns that cannot be are refused at birth."""

import pytest
from valleys import tea

from impact.model import Affinity, Keyword, Place, Placement


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: tea(quality=1.1), "quality"),
        (lambda: tea(quality=float("nan")), "quality"),
        (lambda: tea(fame=-0.1), "fame"),
        (lambda: tea(popularity=-1.0), "popularity"),
        (lambda: Affinity("tea", "gifts", 1.5), "strength"),
        (lambda: Keyword("茶", "tea", -0.5), "strength"),
        (lambda: Keyword("", "tea", 0.5), "word"),  # it would be found in every name
        (lambda: Placement("p", "s", "live", -1.0), "supply"),
        (lambda: Place(116.4, 39.9), "degrees"),  # longitude and latitude swapped
    ],
)
def test_a_noun_out_of_range_is_refused_by_name(make, told):
    with pytest.raises(ValueError, match=told):
        make()
