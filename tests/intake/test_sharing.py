"""Batches are judged here and by a helper, in their order, whatever becomes of the helper."""

from contextlib import contextmanager

import pytest

from impact.catalog.files import Line
from impact.intake.sharing import ALONE, BATCH, MOST_WAITING, Lost, Own, shared

LINES = [Line(number, (f"茶{number}",)) for number in range(2, 2 + BATCH * (ALONE + 20) + 7)]


def judge(batch):
    return [line.number for line in batch]


class Helper:
    """Answers `late` questions later than it is asked; is lost at the one numbered `lost`."""

    def __init__(self, late=0, lost=None):
        self.late, self.lost, self.num_given, self.asked = late, lost, 0, 0

    def is_free(self):
        return self.num_given < 50

    def give(self, batch):
        self.num_given += 1
        return Given(self, self.num_given, judge(batch))


class Given:
    def __init__(self, helper, number, found):
        self.helper, self.number, self.found = helper, number, found
        self.wait = helper.late

    def is_there(self):
        self.wait -= 1
        return self.wait < 0

    def take(self):
        if self.helper.lost is not None and self.number >= self.helper.lost:
            raise Lost
        return self.found


def through(helper, lines=LINES, hired=None):
    @contextmanager
    def hire():
        if hired is not None:
            hired.append("hired")
        yield helper
        if hired is not None:
            hired.append("gone")

    return [
        number
        for batch, found in shared(iter(lines), judge, hire)
        for line, number in zip(batch, found, strict=True)
        if line.number == number
    ]


EVERY = [line.number for line in LINES]


@pytest.mark.parametrize(
    "helper",
    [
        None,  # nobody helps
        Helper(),  # one that answers at once does all
        Helper(late=3),  # we do some meanwhile
        Helper(late=1_000),  # one so slow that we wait for it
        Helper(lost=1),  # gone before its first answer
        Helper(lost=9),  # gone halfway
    ],
)
def test_every_row_is_judged_once_and_in_its_order(helper):
    assert through(helper) == EVERY


def test_a_short_file_asks_for_no_helper():
    hired = []

    through(Helper(), LINES[: BATCH * ALONE], hired)

    assert hired == []


def test_a_helper_is_hired_once_and_let_go_at_the_end():
    hired = []

    through(Helper(), hired=hired)

    assert hired == ["hired", "gone"]


def test_what_waits_is_bounded_however_slow_the_helper():
    taken = []

    def lines():
        for line in LINES:
            taken.append(line)
            yield line

    @contextmanager
    def hire():
        yield Helper(late=1_000)

    for number, (batch, _) in enumerate(shared(lines(), judge, hire), 1):
        assert len(taken) <= max(number + MOST_WAITING, ALONE + 1) * BATCH, batch


def test_what_we_found_ourselves_is_there_at_once():
    own = Own([1, 2])

    assert own.is_there()
    assert own.take() == [1, 2]
