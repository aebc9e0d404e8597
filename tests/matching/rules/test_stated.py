"""What a rule may state: ranges with both their ends, and nothing it does not know."""

from dataclasses import asdict

import pytest
from pydantic import ValidationError
from worlds import rules

from impact.matching.rules import ALWAYS

INF, NAN = float("inf"), float("nan")
GROUP = {"group": {"type": "rural"}}
LOCK = {"kind": "lock", "product": "tea", "placement": "live"}

# each rule with one limit left open, the key of that limit, and the largest it may be
LIMITS = [
    ({"kind": "group_floor", **GROUP}, "share", 1),
    ({"kind": "group_floor", **GROUP}, "at_least", None),
    ({"kind": "group_cap", **GROUP}, "share", 1),
    ({"kind": "group_cap", **GROUP}, "at_most", None),
    ({"kind": "producer_floor"}, "of_capacity", 1),
    ({"kind": "placement_cap"}, "share", 1),
    ({"kind": "quality_floor"}, "minimum", 1),
    ({"kind": "group_ratio", "by": "type"}, "minimum", 1),
    ({"kind": "churn"}, "share", 2),
    ({"kind": "max_min"}, "share", 1),
    (LOCK, "at_least", None),
    (LOCK, "at_most", None),
]


@pytest.mark.parametrize(("spec", "key", "largest"), LIMITS)
def test_a_limit_may_lie_at_either_end_of_its_range(spec, key, largest):
    for limit in (0, 0.3, largest or 1e12):
        (rule,) = rules({**spec, key: limit})
        assert getattr(rule, key) == limit


@pytest.mark.parametrize(("spec", "key", "largest"), LIMITS)
def test_a_limit_beyond_its_range_is_refused(spec, key, largest):
    for limit in (-1e-9, NAN, INF, -INF, "much", "0.5", True, *([] if largest is None else [largest + 1e-9])):
        with pytest.raises(ValidationError, match=key):
            rules({**spec, key: limit})


@pytest.mark.parametrize(("spec", "key", "_"), LIMITS)
def test_a_rule_needs_a_name_and_knows_its_own_words_only(spec, key, _):
    stated = {**spec, key: 0.5}

    assert rules({**stated, "id": "r"})[0].id == "r"
    with pytest.raises(ValidationError, match="at least 1 character"):
        rules({**stated, "id": ""})
    with pytest.raises(ValidationError, match="Unexpected keyword"):
        rules({**stated, "fair": True})


@pytest.mark.parametrize(
    "floors", [{"live": 1.1}, {"live": -0.1}, {"live": NAN}, {"live": "good"}, {"live": False}]
)
def test_floors_by_name_keep_the_same_range(floors):
    with pytest.raises(ValidationError, match=r"minimum.*live"):
        rules({"kind": "quality_floor", "minimum": floors})


@pytest.mark.parametrize(
    ("spec", "key", "known"),
    [
        ({"kind": "group_floor", **GROUP, "share": 0.1}, "of", ("exposure", "supply")),
        ({"kind": "quality_floor", "minimum": 0.1}, "by", ("channel", "segment")),
        ({"kind": "group_ratio", "by": "type", "minimum": 0.1}, "of", ("capacity",)),
        ({"kind": "churn", "share": 0.1}, "to", ("published",)),
        ({"kind": "max_min"}, "of", ("capacity",)),
    ],
)
def test_of_what_there_are_few_kinds_the_first_is_meant_where_none_is_stated(spec, key, known):
    assert getattr(rules(spec)[0], key) == known[0]
    for word in known:
        assert getattr(rules({**spec, key: word})[0], key) == word
    with pytest.raises(ValidationError, match=key):
        rules({**spec, key: "luck"})


@pytest.mark.parametrize("kind", ["group_floor", "group_cap"])
def test_a_group_is_held_to_a_share_or_to_an_amount(kind):
    amount = {"group_floor": "at_least", "group_cap": "at_most"}[kind]

    for stated in ({}, {"share": 0.5, amount: 5}, {"share": 0, amount: 0}):
        with pytest.raises(ValidationError, match="either a share or an amount"):
            rules({"kind": kind, **GROUP, **stated})


def test_a_lock_leaves_open_what_it_does_not_state():
    (lock,) = rules({**LOCK, "at_least": 3, "at_most": 3})
    (free,) = rules(LOCK)

    assert (lock.at_least, lock.at_most) == (3, 3)
    assert (free.at_least, free.at_most) == (0, None)


def test_a_kind_nobody_knows_is_refused():
    with pytest.raises(ValidationError, match="fair_share"):
        rules({"kind": "fair_share"})


@pytest.mark.parametrize(("spec", "key", "_"), LIMITS)
def test_a_rule_made_without_naming_its_kind_is_of_its_kind(spec, key, _):
    (read,) = rules({**spec, key: 0.5})
    stated = {name: value for name, value in asdict(read).items() if name != "kind"}

    assert type(read)(**stated) == read
    assert read.kind == spec["kind"]


def test_what_comes_with_the_tables_is_of_the_kind_it_is_called():
    kinds = ["supply", "capacity", "product_capacity", "promised"]

    assert [limit.id for limit in ALWAYS] == [limit.kind for limit in ALWAYS] == kinds
