"""A quota is a rule of the engine, stated for a group."""

import pytest
from pydantic import ValidationError

from impact.matching.rules import RULES
from impact.programmes.quotas import Quota, quota_of

GROUP = {"tier": ("1", "2"), "type": "craft"}
WRITTEN = {"tier": ["1", "2"], "type": "craft"}


@pytest.mark.parametrize(
    ("limit", "rule"),
    [
        ({"least_share": 0.3}, {"kind": "group_floor", "share": 0.3}),
        ({"least": 5e5}, {"kind": "group_floor", "at_least": 5e5}),
        ({"most_share": 0.2}, {"kind": "group_cap", "share": 0.2}),
        ({"most": 0.0}, {"kind": "group_cap", "at_most": 0.0}),
    ],
)
def test_a_quota_becomes_a_rule_that_the_engine_knows(limit, rule):
    quota = Quota(id="crafts", group=GROUP, **limit)
    written = quota.rule

    assert written == {"id": "crafts", "group": WRITTEN, **rule}
    (read,) = RULES.validate_python([written])
    assert (read.id, read.kind) == ("crafts", rule["kind"])
    assert quota_of(written) == quota


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"least_share": 0.1, "most_share": 0.2},
        {"least_share": 1.1},
        {"least": -1.0},
        {"least": float("nan")},
        {"least_share": 0.1, "group": {}},
        {"least_share": 0.1, "id": ""},
    ],
)
def test_a_quota_that_means_nothing_is_refused(given):
    with pytest.raises(ValidationError):
        Quota(**{"id": "crafts", "group": GROUP, **given})
