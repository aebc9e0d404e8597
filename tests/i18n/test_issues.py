"""Every issue that can be raised can be said, in both languages, wherever it was found."""

import re
from pathlib import Path

import pytest

import impact
from impact.errors import Issue
from impact.i18n.issues import say_placed
from impact.i18n.problems import problem_details
from impact.i18n.wording import entries

RAISED = re.compile(r"""Issue\(\s*["']([a-z_0-9]+)["']""")
CODED = re.compile(r"""(?:return|then|code = |select) ["']([a-z]+(?:_[a-z0-9]+)+)["'](?:,| )""")


def codes() -> set[str]:
    sources = [path.read_text("utf-8") for path in Path(impact.__file__).parent.rglob("*.py")]
    checking = (Path(impact.__file__).parent / "bundles/tables/checking.py").read_text("utf-8")
    pointed = (Path(impact.__file__).parent / "bundles/pointed.py").read_text("utf-8")
    return {code for text in sources for code in RAISED.findall(text)} | set(
        CODED.findall(checking + pointed)
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_issue_has_words(lang):
    said = {code.removeprefix("issue.") for code in entries(lang) if code.startswith("issue.")}

    assert codes() - said == set()


def test_an_issue_says_where_then_what_then_what_to_do():
    issue = Issue("not_a_number", file="links.csv", row=7, column="value", params={"value": "约12吨"})

    assert say_placed(issue, "zh") == "links.csv，第 7 行，value：“约12吨”不是数，请只写数字，例如 12000。"
    assert say_placed(issue, "en").startswith("links.csv, row 7, value: “约12吨” is not a number.")


def test_a_problem_document_points_into_a_json_document_and_into_a_table():
    issues = [
        Issue("field_missing", file="problem.json", column="rules[3].group.a/b"),
        Issue("id_missing", file="links.csv", row=2, column="product_id"),
    ]

    document = problem_details("bad_input", 422, "en", issues)

    json_error, table_error = document["errors"]
    assert document["detail"] == "2 things are to be mended."
    assert json_error["pointer"] == "#/rules/3/group/a~1b"
    assert (table_error["row"], "pointer" in table_error) == (2, False)
