"""Plans are named in both languages, in one order of words."""

from datetime import date

import pytest
from shelves import valley

from impact.i18n.naming import plan_called
from impact.reports.naming import PlanName


@pytest.mark.parametrize(
    ("number", "day", "zh", "en"),
    [
        (
            3,
            date(2026, 11, 26),
            "山谷示例 · 第 3 次求解 · 11月26日",
            "Valley sample · run 3 · 26\N{NO-BREAK SPACE}Nov",
        ),
        (
            1200,
            date(2026, 1, 1),
            "山谷示例 · 第 1,200 次求解 · 1月1日",
            "Valley sample · run 1,200 · 1\N{NO-BREAK SPACE}Jan",
        ),
        (None, date(2026, 5, 9), "山谷示例 · 5月9日", "Valley sample · 9\N{NO-BREAK SPACE}May"),
        (None, None, "山谷示例", "Valley sample"),
    ],
    ids=["a run", "many runs, early in the year", "of no scenario", "of no day"],
)
def test_a_plan_is_called_by_its_programme_its_run_and_its_day(number, day, zh, en):
    name = PlanName(valley().programme, number, day)

    assert [plan_called({"p": name}.get, "p", lang) for lang in ("zh", "en")] == [zh, en]


def test_what_is_no_plan_keeps_its_id():
    assert plan_called({}.get, "golden-autumn-8c2d", "zh") == "golden-autumn-8c2d"
