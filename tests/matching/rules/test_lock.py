import pytest
from pydantic import ValidationError
from worlds import rules, two_valleys

from impact.matching.rules import faults
from impact.matching.solve import solve

HILL = {"kind": "lock", "product": "hill", "placement": "live"}


@pytest.mark.parametrize(
    ("lock", "exposure", "price"),
    [
        ({"at_least": 25}, [25, 75], 0.5),
        ({"at_least": 25, "at_most": 40}, [25, 75], 0.5),
        ({"at_most": 40}, [0, 100], 0),
    ],
)
def test_a_lock_holds_one_link(lock, exposure, price):
    plan = solve(two_valleys(), rules({**HILL, **lock}))

    assert plan.exposure == pytest.approx(exposure)
    assert plan.rules[0].price == pytest.approx(price)


def test_a_lock_at_a_number_of_its_own_keeps_it():
    plan = solve(two_valleys(), rules({**HILL, "at_least": 33, "at_most": 33}))

    assert plan.exposure == pytest.approx([33, 67])


@pytest.mark.parametrize("wrong", [{"product": "dale"}, {"placement": "mall"}])
def test_a_lock_on_no_link_is_named(wrong):
    (issue,) = faults(two_valleys(), rules({**HILL, **wrong, "at_least": 1}))

    assert issue.code == "lock_without_link"


def test_a_lock_upside_down_is_refused():
    with pytest.raises(ValidationError, match="at_least not above at_most"):
        rules({**HILL, "at_least": 5, "at_most": 4})
