"""Answers are found out once, and so many are kept at most."""

from impact.catalog.remembered import Remembered


def test_what_was_asked_before_is_not_found_out_again():
    asked = []
    doubled = Remembered(lambda number: asked.append(number) or 2 * number)

    assert [doubled[2], doubled[3], doubled[2]] == [4, 6, 4]
    assert asked == [2, 3]


def test_all_are_let_go_once_there_are_too_many():
    doubled = Remembered(lambda number: 2 * number, most=3)

    assert [doubled[number] for number in range(10)] == list(range(0, 20, 2))
    assert len(doubled) <= 3
