import re
from hashlib import sha256

import pytest
from services import service, signed_in
from shelves import MemoryShelf, valley

from impact.config import STATIC
from impact.gate.headers import POLICY


@pytest.fixture
def client():
    return signed_in(service(MemoryShelf((valley(),))))


@pytest.mark.parametrize(
    "address",
    [
        "/zh/",
        f"/en/plans/{valley().plan_id}",
        "/api/v1/plans",
        "/static/css/page.css",
        "/nowhere",
        "/api/v1/nowhere",
    ],
)
def test_every_answer_carries_the_security_headers(client, address):
    answer = client.get(address)

    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("address", "kind"), [("/nowhere", "text/html"), ("/api/v1/nowhere", "application/problem+json")]
)
def test_people_get_pages_and_machines_get_json_when_nothing_is_there(client, address, kind):
    answer = client.get(address)

    assert (answer.status_code, answer.mimetype) == (404, kind)


@pytest.mark.parametrize(
    ("address", "kind"), [("/zh/plans", "text/html"), ("/api/v1/plans", "application/problem+json")]
)
def test_a_fault_of_ours_never_shows_its_traces(address, kind):
    class Broken(MemoryShelf):
        def ids(self):
            raise RuntimeError("a secret path")

    app = service(Broken((valley(),)))
    app.testing = False

    answer = signed_in(app).get(address)

    assert (answer.status_code, answer.mimetype) == (500, kind)
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("address", "most"),
    [(f"/zh/plans/{valley().plan_id}", 30_000), ("/static/vendor/echarts/echarts.min.js", 400_000)],
)
def test_answers_are_packed_as_browsers_take_them(client, address, most):
    packed = client.get(address, headers={"Accept-Encoding": "gzip, deflate, br, zstd"})

    assert packed.headers["Content-Encoding"] in {"br", "gzip", "zstd"}
    assert len(packed.data) < most
    assert "Content-Encoding" not in client.get(address).headers


def test_the_address_of_a_static_file_changes_with_its_content(client):
    page = client.get("/zh/").text
    (mark,) = set(re.findall(r"/static/css/page\.css\?v=([0-9a-f]{12})", page))

    assert sha256((STATIC / "css" / "page.css").read_bytes()).hexdigest().startswith(mark)
    assert "max-age=31536000" in client.get(f"/static/css/page.css?v={mark}").headers["Cache-Control"]
