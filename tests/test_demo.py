"""The sample programme as a newcomer runs it: real commands, a database of their own."""

import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from http.client import HTTPConnection

import pytest

pytestmark = pytest.mark.slow

IMPACT = [sys.executable, "-m", "impact"]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def environment(home):
    return {**os.environ, "IMPACT_DATABASE_URL": f"sqlite:///{home / 'impact.sqlite3'}"}


@pytest.fixture(scope="module")
def told(home, environment):
    command = [*IMPACT, "--lang", "en", "demo", "--out", str(home / "out")]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def test_the_demo_tells_what_came_of_it(told):
    assert re.search(r"optimal", told, re.IGNORECASE)
    assert "Counties with priority" in told or "priority" in told.lower()
    assert "imputed" in told


def test_the_demo_tells_each_stage(told):
    for stage in ("Load", "Find belts", "Match", "Apply the rules", "Solve", "Check", "Keep"):
        assert re.search(rf"{stage}.*… [\d.]+ s", told, re.IGNORECASE), stage


@pytest.mark.usefixtures("told")
def test_the_demo_writes_a_bundle_and_a_plan_that_verify(home):
    out = home / "out"

    verified = subprocess.run([*IMPACT, "verify", str(out / "bundle"), str(out / "plan")], check=False)

    assert verified.returncode == 0
    assert json.loads((out / "plan" / "plan.json").read_text("utf-8"))["status"] == "optimal"


@pytest.mark.usefixtures("told")
def test_the_bundle_solves_again_to_the_same_bytes(home, tmp_path):
    out = home / "out"

    subprocess.run([*IMPACT, "solve", str(out / "bundle"), "--out", str(tmp_path / "plan")], check=True)

    again = (tmp_path / "plan" / "allocation.parquet").read_bytes()
    assert again == (out / "plan" / "allocation.parquet").read_bytes()


@pytest.mark.usefixtures("told")
def test_the_plan_is_served_from_the_database(environment):
    made = [*IMPACT, "token", "add", "demo-viewer", "--scope", "read"]
    token = subprocess.run(made, env=environment, check=True, capture_output=True, text=True).stdout.strip()
    with serving(environment) as address:
        plans = json.loads(fetch(address, "/api/v1/plans", token))
        plan = json.loads(fetch(address, plans["items"][0]["href"], token))

    assert plan["programme"]["name_zh"] == "金秋山货上头条"


def test_the_demo_lets_its_coordinator_in_by_the_link_it_tells_and_others_by_its_command(environment):
    with serving(environment, "demo", "--serve", "--no-open", entered=True) as entrance:
        address, _, path = entrance.partition("/")
        page = fetch(address, f"/{path}")
        known = environment | {"IMPACT_ADDRESS": f"http://{address}"}
        asked = [*IMPACT, "--lang", "en", "user", "enter", "demo-approver"]
        told = subprocess.run(asked, env=known, check=True, capture_output=True, text=True).stdout
        others = fetch(address, re.search(rf"http://{address}(\S+)", told)[1])

    assert "Sign in as demo-coordinator (Coordinator)" in page
    assert "Sign in as demo-approver (Approver)" in others


@pytest.mark.parametrize("command", ["serve", "demo --serve"])
def test_a_port_that_is_taken_is_said_with_the_way_out_before_anything_is_done(command, environment):
    with serving(environment) as address:
        asked = [*IMPACT, "--lang", "en", *command.split(), "--port", address.split(":")[1]]
        second = subprocess.run(asked, env=environment, capture_output=True, text=True, check=False)

    said = json.loads(second.stderr)["errors"][0]["detail"]
    assert (second.returncode, second.stdout) == (2, "")
    assert said.startswith(f"{address} cannot be used") and "Take another port" in said


@contextmanager
def serving(environment, *command, entered=False):
    """Serve the database; give where, or where one comes in if `entered`."""
    asked = [*IMPACT, "--lang", "en", *(command or ("serve",)), "--port", "0"]
    with subprocess.Popen(asked, env=environment, stdout=subprocess.PIPE, text=True) as server:
        where = re.compile(r"http://([\d.]+:\d+/\S+)" if entered else r"http://([\d.]+:\d+)/")
        try:
            yield next(found for line in server.stdout if (found := where.search(line)))[1]
        finally:
            server.terminate()


def fetch(address, path, token=""):
    connection = HTTPConnection(address, timeout=60)
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"} if token else {})
    answer = connection.getresponse()
    assert answer.status == 200, path
    return answer.read().decode()
