"""Each partner's listings are its own; of what others list it is told figures, and not whose."""

import pytest

from impact.access import SYSTEM
from impact.catalog.listing import Listing
from impact.store.lists.listings import Listings, all_imports, all_listings, own_listings
from impact.store.partners import Partner, create, retire


def listing(key, price):
    tea = {"product": key, "category": "tea", "monthly_capacity": {"amount": price, "unit": "kg"}}
    return Listing(key, "330523", tea | {"price": price})


@pytest.fixture
def listed(engine):
    """Two partners that list the same two products at prices of their own; a third lists nothing."""
    for name in ("anji", "deqing"):
        create(engine, Partner(name, name, name), SYSTEM)
    with engine.begin() as connection:
        Listings(connection, "anji").put([listing("茶", 80), listing("笋", 30)], "import-a")
        Listings(connection, "deqing").put([listing("茶", 70)], "import-d")
        Listings(connection, "deqing").put([listing("笋", 20)], "import-e")
    return engine


def prices(listings):
    return {key: each.values["price"] for key, each in listings.items()}


@pytest.mark.parametrize(
    ("partner", "own", "imports"),
    [
        ("anji", {"笋": 30, "茶": 80}, {"笋": "import-a", "茶": "import-a"}),
        ("deqing", {"笋": 20, "茶": 70}, {"笋": "import-e", "茶": "import-d"}),
        ("huzhou", {}, {}),
    ],
)
def test_a_partner_reads_what_it_lists_and_nothing_else(listed, partner, own, imports):
    with listed.connect() as connection:
        mine = Listings(connection, partner)

        assert prices(mine.every()) == own
        assert list(mine.listed()) == list(mine.every()) == sorted(own)
        assert prices(mine.of(["茶", "none"])) == {key: own[key] for key in own if key == "茶"}
        assert mine.origins(["茶", "笋", "none"]) == imports
        assert mine.is_empty() is (not own)
    assert [(name, each.values["price"]) for name, each in own_listings(listed, partner)] == [
        (partner, own[key]) for key in sorted(own)
    ]


def test_what_a_partner_takes_away_others_list_still(listed):
    with listed.begin() as connection:
        Listings(connection, "anji").take_away(["茶", "none"])

    with listed.connect() as connection:
        assert list(Listings(connection, "anji").listed()) == ["笋"]
        assert list(Listings(connection, "deqing").listed()) == ["笋", "茶"]


def test_all_is_listed_with_whose_it_is_and_what_brought_it(listed):
    assert [(partner, each.key) for partner, each in all_listings(listed)] == [
        ("anji", "笋"),
        ("anji", "茶"),
        ("deqing", "笋"),
        ("deqing", "茶"),
    ]
    assert all_imports(listed) == ("import-a", "import-d", "import-e")


def test_what_a_retired_partner_lists_does_not_count_and_is_still_its_own(listed):
    retire(listed, "deqing", SYSTEM, expected=None)

    assert {partner for partner, _ in all_listings(listed)} == {"anji"}
    assert all_imports(listed) == ("import-a",)
    assert len(own_listings(listed, "deqing")) == 2


def test_what_others_list_is_told_without_whose_it_is(listed):
    twins = {"330523/茶", "330523/笋", "330523/梨"}

    with listed.connect() as connection:
        assert Listings(connection, "anji").elsewhere(twins) == twins - {"330523/梨"}
        for partner, told in (("anji", [20, 70]), ("deqing", [30, 80]), ("huzhou", [20, 30, 70, 80])):
            found = Listings(connection, partner).capacities(["330523"])
            assert (found.keys(), sorted(found["330523"]["tea"])) == ({"330523"}, told)


def test_what_nobody_else_lists_is_listed_nowhere_else(engine):
    with engine.begin() as connection:
        Listings(connection, "anji").put([listing("茶", 80)], "import-a")

    with engine.connect() as connection:
        assert Listings(connection, "anji").elsewhere({"330523/茶"}) == frozenset()
        assert Listings(connection, "anji").capacities(["330523"]) == {}


def test_keys_are_gone_through_a_part_at_a_time(listed):
    with listed.begin() as connection:
        mine = Listings(connection, "huzhou")
        mine.put([listing(f"{number:05d}", number) for number in range(10_001)], "import-h")

        assert sum(1 for _ in mine.listed()) == 10_001
        assert not mine.is_empty()
