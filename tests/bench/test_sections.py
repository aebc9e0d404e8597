from bench.__main__ import SECTIONS, _sections
from bench.table import table

TOLD = "# Measured\n\nBy whom.\n\n## One\n\nA note.\n\n| a |\n| --- |\n| 1 |\n\n## Two\n\nAnother.\n"


def test_what_was_measured_before_is_read_back_section_by_section():
    assert _sections(TOLD) == {"One": "A note.\n\n| a |\n| --- |\n| 1 |", "Two": "Another."}


def test_every_section_has_a_title_of_its_own():
    assert len({title for title, _, _ in SECTIONS}) == len(SECTIONS)


def test_a_figure_that_is_not_there_is_a_dash():
    assert table([{"links": 10, "ratio": None}]) == "| links | ratio |\n| --- | --- |\n| 10 | – |"


def test_a_row_may_lack_what_others_have():
    assert table([{"links": 10}, {"ratio": 2}]) == "| links | ratio |\n| --- | --- |\n| 10 | – |\n| – | 2 |"
