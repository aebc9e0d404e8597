"""Files that have to agree with each other, and what the repository never holds."""

import re
import subprocess
import tomllib

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from impact.config import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CORE = PROJECT["dependencies"]
TEST = PROJECT["optional-dependencies"]["test"]
TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
]
PROSE = [path for path in TRACKED if path.suffix in {".md", ".py", ".toml", ".html", ".css", ".txt", ".mako"}]


def locked(file, python):
    lines = [Requirement(line) for line in (ROOT / file).read_text("utf-8").splitlines() if line.strip()]
    holds = {"python_version": python, "python_full_version": f"{python}.7"}
    return {
        canonicalize_name(line.name): line
        for line in lines
        if line.marker is None or Marker(str(line.marker)).evaluate(holds)
    }


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize(
    ("file", "ranges"), [("requirements.txt", CORE), ("tests/requirements.txt", CORE + TEST)]
)
def test_the_locks_hold_every_dependency_within_its_range(file, ranges, python):
    lock = locked(file, python)

    for wanted in map(Requirement, ranges):
        (pin,) = lock[canonicalize_name(wanted.name)].specifier
        assert pin.operator == "=="
        assert pin.version in wanted.specifier, wanted


def test_the_tests_run_on_what_ships():
    core, tests = locked("requirements.txt", "3.11"), locked("tests/requirements.txt", "3.11")

    assert {name: str(tests[name].specifier) for name in core} == {
        name: str(pin.specifier) for name, pin in core.items()
    }


def test_every_make_command_in_the_readme_is_there():
    makefile, readme = ((ROOT / name).read_text("utf-8") for name in ("Makefile", "README.md"))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", readme, re.MULTILINE))

    assert {"demo", "test", "setup"} <= named
    for command in named:
        assert re.search(rf"^{command}:", makefile, re.MULTILINE), command


@pytest.mark.parametrize(
    "page", ["README.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
)
def test_links_between_documents_lead_somewhere(page):
    source = ROOT / page

    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", source.read_text("utf-8")):
        assert (source.parent / target).exists(), target


def test_files_named_in_the_table_of_changes_are_there():
    table = (ROOT / "docs/architecture.md").read_text("utf-8").split("## The journey")[0]

    for name in re.findall(r"`((?:impact|tests|bench|docs|static)/[\w/.-]+)`", table):
        assert (ROOT / name).exists(), name


def test_no_file_of_ours_is_longer_than_300_lines():
    code = [path for path in TRACKED if path.suffix == ".py" and "revisions" not in path.parts]

    assert [path.name for path in code if len(path.read_text("utf-8").splitlines()) > 300] == []


def test_no_path_of_a_machine_and_no_neighbour_is_named():
    for path in PROSE:
        if path.name != "test_repository.py":
            assert not re.search(r"/(?:work|root|home)/\w|\.\./shared", path.read_text("utf-8")), path


def test_every_decision_is_numbered_in_order():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/adr").glob("*.md"))

    assert numbers == list(range(1, len(numbers) + 1))
