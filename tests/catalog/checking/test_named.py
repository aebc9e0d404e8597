"""Which products a file named is remembered by key, however many there are."""

import tracemalloc

from impact.catalog.checking.named import FEWEST_SLOTS, NUM_PARTS, Named


def test_the_first_row_of_a_key_is_told_with_whether_it_said_the_same():
    named = Named()

    assert named.first("白茶", 2, ("白茶", "80")) == (2, True)
    assert named.first("白茶", 7, ("白茶", "80")) == (2, True)
    assert named.first("白茶", 9, ("白茶", "90")) == (2, False)
    assert named.first("笋干", 9, ("笋干", "30")) == (9, True)


def test_a_key_is_known_once_it_was_named():
    named = Named()
    named.first("白茶", 2, ("白茶",))

    assert "白茶" in named
    assert "笋干" not in named


def test_none_is_lost_as_the_table_grows():
    named = Named()
    many = 5 * FEWEST_SLOTS * NUM_PARTS

    for row in range(many):
        named.first(f"茶{row}", row, ())

    assert all(named.first(f"茶{row}", many, ()) == (row, True) for row in range(many))
    assert not any(f"笋{row}" in named for row in range(many))


def test_a_row_takes_some_twenty_five_bytes_and_growing_hardly_more():
    keys = [f"茶{row}" for row in range(50_000)]
    tracemalloc.start()
    try:
        named = Named()
        for row, key in enumerate(keys):
            named.first(key, row, ())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 35 * len(keys)
