"""docs/api.md: its commands are run against a real server."""

import json
import os
import re
import subprocess
from datetime import date
from pathlib import Path
from shutil import which
from threading import Thread

import pytest
from api.shelves import application
from api.test_keeping import example_of
from api.working import worker
from jobs.test_import_file import GOOD
from services import token_of
from werkzeug.serving import make_server

from impact.access import SYSTEM, Role
from impact.api.resources.nouns.wanted import ProducerWanted
from impact.bundles.whole.documents import EXAMPLE
from impact.programmes.presumed import presumed
from impact.store.catalogs import load_catalog
from impact.store.decisions.records import put_records

TEXT = (Path(__file__).parents[2] / "docs/api.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()]
needs_curl = pytest.mark.skipif(which("curl") is None, reason="curl is not installed")


@pytest.fixture(scope="module")
def service():
    app = application()
    everybody_is_ready(app.extensions["database"])
    os.environ["TOKEN"] = token_of(app, Role.COORDINATOR)
    server = make_server("127.0.0.1", 0, app)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    del os.environ["TOKEN"]


def everybody_is_ready(kept):
    """Keep that all products are ready, as the demo presumes it: else nobody is in."""
    ready = presumed(load_catalog(kept), date(2026, 10, 1))
    put_records(kept, ready, SYSTEM, is_presumed=True)


def run(service: str, folder: Path, *parts: str, **more: str) -> str:
    """Run the one command of the page that has all `parts`."""
    (command,) = [line for line in COMMANDS if all(part in line for part in parts)]
    (folder / "bundle.json").write_text(json.dumps(EXAMPLE), "utf-8")
    (folder / "list.csv").write_text(GOOD, "utf-8")
    known = os.environ | {"SERVICE": service, "PLAN": "autumn-1", "KEY": "k1"} | more
    ran = subprocess.run(["/bin/sh", "-c", command], cwd=folder, env=known, capture_output=True, check=True)
    return ran.stdout.decode()


@needs_curl
def test_the_commands_that_give_json_do(service, tmp_path):
    health, listed, plan, page = (
        json.loads(run(service, tmp_path, *parts))
        for parts in (("/health",), ("plans?limit=1",), ("/plans/$PLAN", "curl -s $"), ("allocation?limit",))
    )

    assert health["status"] == "ok"
    assert listed["items"][0]["href"] == "/api/v1/plans/autumn-2"
    assert plan["status"] == "optimal"
    assert page["total"] == 2


@needs_curl
def test_the_commands_that_give_files_do(service, tmp_path):
    csv = run(service, tmp_path, "--compressed")
    run(service, tmp_path, "parquet")

    assert csv.splitlines()[0] == "product_id,placement_id,exposure"
    assert (tmp_path / "allocation.parquet").read_bytes()[:4] == b"PAR1"


@needs_curl
def test_a_plan_is_taken_away_and_verified_by_jobs(service, tmp_path):
    kinds = [json.loads(run(service, tmp_path, part))["kind"] for part in ("$PLAN/bundle", "$PLAN/verify")]

    assert kinds == ["export_plan", "verify_plan"]


@needs_curl
def test_polling_with_the_etag_gets_304(service, tmp_path):
    headers = run(service, tmp_path, "-D -")
    etag = re.search(r"^ETag: (\S+)", headers, re.MULTILINE | re.IGNORECASE)[1]

    assert run(service, tmp_path, "If-None-Match", ETAG=etag) == "304"


@needs_curl
def test_a_refusal_is_as_described(service, tmp_path):
    problem = json.loads(run(service, tmp_path, "limit=0"))

    assert problem["errors"][0]["parameter"] == "limit"
    assert f"| {problem['status']} | `{problem['type']}` |" in TEXT


@needs_curl
def test_a_bundle_is_asked_about_and_its_job_cancelled(service, tmp_path):
    asked = run(service, tmp_path, "Idempotency-Key")
    job = json.loads(asked)["job_id"]

    assert run(service, tmp_path, "Idempotency-Key") == asked
    assert json.loads(run(service, tmp_path, "/diagnose"))["kind"] == "diagnose_bundle"
    assert json.loads(run(service, tmp_path, "/jobs/$JOB", "-s $", JOB=job))["status"] == "queued"
    assert json.loads(run(service, tmp_path, "/cancel", JOB=job))["status"] == "cancelled"


@needs_curl
def test_places_producers_files_and_webhooks_are_as_described(service, tmp_path):
    place, producers, file, files, hook = (
        json.loads(run(service, tmp_path, *parts))
        for parts in (
            ("resolve",),
            ("producers?tier",),
            ("do=check",),
            ('catalogs?partner=anji"',),
            ("webhooks",),
        )
    )

    assert place["region"]["full_name"] == "云南省临沧市永德县"
    assert {producer["tier"] for producer in producers["items"]} == {"1"}
    assert (file["kind"], files["items"]) == ("import_file", [])
    assert hook["secret"].startswith("whsec_")


@needs_curl
def test_a_partner_and_a_token_are_made_and_a_list_is_exported(service, tmp_path):
    partner, token = (json.loads(run(service, tmp_path, part)) for part in ("/partners", "/tokens"))

    assert (partner["partner_id"], token["scopes"]) == ("deqing", ["read"])
    assert run(service, tmp_path, "/export").count("\n") == 1


@needs_curl
def test_a_producer_is_created_changed_and_retired(service, tmp_path):
    (tmp_path / "producer.json").write_text(json.dumps(example_of(ProducerWanted)), "utf-8")
    made, changed = (json.loads(run(service, tmp_path, part)) for part in ("@producer.json", "PATCH"))
    run(service, tmp_path, "-X DELETE")
    history = json.loads(run(service, tmp_path, "anji-tea/history"))

    assert (made["capacity"], changed["capacity"]) == (20_000, 25_000)
    assert [state["was"]["version"] for state in history["items"]] == [3, 2, 1]


@needs_curl
def test_a_programme_is_begun_and_a_scenario_of_it_run(service, tmp_path):
    programme, verdicts, scenario = (
        json.loads(run(service, tmp_path, part)) for part in ("templates", "eligibility", "/hills/scenarios")
    )
    job = json.loads(run(service, tmp_path, "/run?", SCENARIO=scenario["scenario_id"]))

    assert (programme["programme_id"], len(verdicts["items"])) == ("hills", 5)
    assert (job["kind"], job["scenario"]) == ("run_scenario", scenario["scenario_id"])


@needs_curl
def test_an_application_is_looked_for_and_made(service, tmp_path):
    first, *_ = json.loads(run(service, tmp_path, "stage=none"))["items"]
    applied = json.loads(run(service, tmp_path, "$PRODUCT/apply", PRODUCT=first["product_id"]))
    (judged,) = json.loads(run(service, tmp_path, "-steps/recommend", PRODUCT=first["product_id"]))["items"]

    assert (applied["product_id"], applied["next"]) == (first["product_id"], "county")
    assert (judged["taken"], judged["application"]["next"]) == (True, "platform")


@needs_curl
@pytest.mark.slow
def test_who_waits_is_answered(tmp_path):
    app = application()
    os.environ["TOKEN"] = token_of(app, Role.COORDINATOR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    with worker(app):
        answers = (
            json.loads(run(f"http://127.0.0.1:{server.server_port}", tmp_path, "wait=30")) for _ in range(5)
        )
        plan = next(answer for answer in answers if "plan" in answer)
    server.shutdown()

    assert plan["plan"]["status"] == "optimal"
