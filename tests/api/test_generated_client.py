"""A client that a public generator makes from the document alone does what a stranger would begin with."""

import json
import subprocess
import sys
from importlib import import_module
from threading import Thread

import pytest
from api.shelves import application
from api.working import worker
from services import token_of
from werkzeug.serving import make_server

from impact.access import Role
from impact.bundles.whole.documents import EXAMPLE

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def app():
    app = application()
    app.config["TOKEN"] = token_of(app, Role.COORDINATOR)
    return app


@pytest.fixture(scope="module")
def generated(app, tmp_path_factory):
    """The package that openapi-python-client makes."""
    folder = tmp_path_factory.mktemp("generated")
    document = app.test_client().get("/api/v1/openapi.json", headers={"Accept-Language": "en"}).data
    (folder / "openapi.json").write_bytes(document)
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--path", "openapi.json"]
    more = ["--meta", "none", "--output-path", "stranger"]
    ran = subprocess.run([*command, *more], check=False, cwd=folder, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    sys.path.insert(0, str(folder))
    yield "stranger"
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def service(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    with worker(app):
        yield f"http://127.0.0.1:{server.server_port}/api/v1"
    server.shutdown()


def test_a_stranger_lists_plans_and_solves_a_bundle(app, generated, service):
    models = import_module(f"{generated}.models")
    client = import_module(f"{generated}.client").AuthenticatedClient(
        base_url=service, timeout=60, token=app.config["TOKEN"]
    )

    plans = import_module(f"{generated}.api.plans.plans").sync(client=client)
    assert [plan.id for plan in plans.items] == ["autumn-2", "autumn-1"]

    bundle = models.BundleDocument.from_dict(json.loads(json.dumps(EXAMPLE)))
    solve, solved, job = (
        import_module(f"{generated}.api.{name}") for name in ("solve.solve", "solve.solved", "jobs.job")
    )
    found = solve.sync(client=client, body=bundle, prefer="wait=30")
    while not isinstance(found, models.WholePlan):
        if job.sync(found.job_id, client=client).ended_at:
            found = solved.sync(found.job_id, client=client)
    assert [(line.product_id, line.exposure) for line in found.allocation] == [("hill", 30.0), ("town", 70.0)]
