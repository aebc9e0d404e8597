"""Commands load the libraries they need, and no others: starting is most of what a small file takes."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from impact.cli import commands

HEAVY = {"ortools", "scipy", "networkx", "duckdb", "pypinyin"}
WRITES = {"alembic", "numpy", "openpyxl", "psycopg"}
"""What migrations, workbooks and another database need."""
LOADED = """
import sys
from impact.cli import commands
commands(sys.argv[1:], standalone_mode=False)
print(*{name.partition(".")[0] for name in sys.modules})
"""


def loaded_by(*args) -> set[str]:
    done = subprocess.run([sys.executable, "-c", LOADED, *args], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_resolving_a_chinese_name_loads_neither_solvers_nor_pinyin():
    assert not loaded_by("regions", "resolve", "安吉县") & {
        "ortools",
        "scipy",
        "networkx",
        "duckdb",
        "pypinyin",
    }


def test_checking_files_loads_no_solver(tmp_path, monkeypatch):
    monkeypatch.setenv("IMPACT_DATABASE_URL", f"sqlite:///{tmp_path / 'impact.sqlite3'}")
    list_of_one = tmp_path / "list.csv"
    list_of_one.write_text(
        "商品名称,产地,价格\n白茶,浙江省安吉县,128元/盒\n红茶,浙江省德清县,98元/盒\n", "utf-8"
    )
    loaded_by("catalog", "check", str(list_of_one))  # makes the database
    assert not loaded_by("catalog", "check", str(list_of_one)) & (HEAVY | WRITES)


@pytest.mark.parametrize(
    "name", ["solve", "verify", "diagnose", "frontier", "explain", "alternatives", "schema"]
)
def test_each_command_is_found_where_it_is_said_to_live(name):
    assert CliRunner().invoke(commands, [name, "--help"]).exit_code == 0
