"""docs/bundle-format.md says what happens."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from impact.bundles.tables.layout import LINKS, PLACEMENTS, PRODUCERS, PRODUCTS, PUBLISHED
from impact.cli import commands
from impact.commands.session import Ended
from impact.commands.solving import DOCUMENTS
from impact.matching.rules import RULES

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "bundle-format.md").read_text("utf-8")
FILES = dict(re.findall(r"^`((?:bundle|plan)/[\w.]+)`\n\n```\w+\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))


@pytest.fixture(scope="module")
def solved(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    (folder / "bundle").mkdir()
    for name, content in FILES.items():
        if name.startswith("bundle/"):
            (folder / name).write_text(content, "utf-8")
    ended = CliRunner().invoke(commands, ["solve", str(folder / "bundle"), "--out", str(folder / "plan")])
    assert ended.exit_code == 0, ended.output
    return folder


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("plan/")])
def test_the_example_gives_the_files_it_shows(solved, name):
    assert (solved / name).read_text("utf-8") == FILES[name]


def test_the_example_costs_what_it_says(solved):
    plan = json.loads((solved / "plan/plan.json").read_text("utf-8"))

    assert (plan["status"], plan["objective"], plan["rules"][0]["price"]) == (
        "optimal",
        pytest.approx(85),
        pytest.approx(50),
    )


def test_the_example_verifies(solved):
    ended = CliRunner().invoke(commands, ["verify", str(solved / "bundle"), str(solved / "plan")])

    assert ended.exit_code == 0, ended.output


def test_every_exit_status_is_documented():
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", TEXT, re.MULTILINE)} == set(Ended)


@pytest.mark.parametrize(
    "table", [PRODUCERS, PRODUCTS, PLACEMENTS, LINKS, PUBLISHED], ids=lambda table: table.name
)
def test_every_column_is_documented(table):
    assert [name for name in table.known if f"`{name}`" not in TEXT] == []


def test_every_rule_kind_is_documented():
    kinds = RULES.json_schema()["items"]["discriminator"]["mapping"]

    assert [kind for kind in kinds if f"| `{kind}` |" not in TEXT] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_published_schema_is_that_of_the_code(name):
    printed = CliRunner().invoke(commands, ["schema", name]).stdout

    assert (DOCS / "schemas" / f"{name}.schema.json").read_text("utf-8") == printed
