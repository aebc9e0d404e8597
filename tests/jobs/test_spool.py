"""Changes wait on disk, and come back as they were."""

import pytest

from impact.catalog.differences import Change, Outcome
from impact.catalog.listing import Listing
from impact.jobs.spool import Spool
from impact.store.entries import Entry, entry_of
from impact.written import Written

TEA = Listing(
    "白茶", "330523", {"product": "白茶", "price": {"yuan": 80.0}}, {"口味": "清\n香"}, {"price": "80元"}
)
DEARER = Listing("白茶", "330523", {"product": "白茶", "price": {"yuan": 90.0}, "season": [3, 4]})


@pytest.mark.parametrize(
    "change",
    [
        Change("白茶", Outcome.NEW, None, TEA, 2),
        Change("白茶", Outcome.CHANGED, TEA, DEARER, 3),
        Change("白茶", Outcome.ABSENT, TEA, TEA),
        Change("", Outcome.REJECTED, None, None, 4),
    ],
    ids=lambda change: change.outcome,
)
def test_a_change_comes_back_as_it_was(change):
    assert list(Spool([change])) == [entry_of(change)]


def test_of_what_stays_the_key_is_enough():
    assert list(Spool([Change("白茶", Outcome.UNCHANGED, TEA, TEA, 2)])) == [
        Entry("白茶", Outcome.UNCHANGED, 2, None, None)
    ]


def test_json_that_waited_is_still_taken_for_json():
    (entry,) = Spool([Change("白茶", Outcome.CHANGED, TEA, DEARER, 3)])

    assert isinstance(entry.before, Written)
    assert entry.after is not None
    assert isinstance(entry.after.body, Written)


def test_changes_come_in_their_order_and_can_be_gone_through_again():
    spool = Spool(Change(f"茶{number}", Outcome.NEW, None, TEA, number) for number in range(2_500))

    assert [change.row for change in spool] == list(range(2_500))
    assert [change.row for change in spool] == list(range(2_500))
