"""What holds for every write: bodies are checked, keys make a request happen once, versions are held."""

import io
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event

import pytest
from flask import Blueprint, Flask, Response
from pydantic import BaseModel
from services import database

from impact.access import Actor, Role
from impact.api.contract import refusals
from impact.api.contract.delivery import made, stated
from impact.api.contract.operation import BODY, JSON, NoQuery, Operation
from impact.api.contract.refusals import Refused
from impact.api.contract.serving import Door, serve
from impact.store.replays import Replays
from impact.store.unmoved import Unmoved

MOST = 1_000
NUMBERS = count()


class Note(BaseModel):
    model_config = BODY

    text: str
    size: float = 0.0


class Notes:
    """Notes as they are written down, and what happens while one is."""

    def __init__(self):
        self.written, self.who = [], f"anna-{next(NUMBERS)}"
        self.during = lambda: None

    def write(self, asked):
        self.during()
        self.written.append(asked.body)
        return made(asked.body, f"/notes/{len(self.written)}", str(len(self.written)))

    def change(self, asked):
        if not asked.held & {"*", str(len(self.written))}:
            raise Refused("version_moved", 412)
        self.written.append(asked.body)
        return stated(asked.body, version=str(len(self.written)))

    def file(self, asked):
        content = asked.body.path.read_bytes()
        self.written.append(content)
        return Response(content, headers={"X-Name": asked.body.name, "X-Media": asked.body.media})

    def actor(self):
        return Actor(self.who, self.who, Role.COORDINATOR)


@pytest.fixture
def notes():
    return Notes()


@pytest.fixture(scope="module")
def replays():
    return Replays(database())


@pytest.fixture
def client(notes, replays):
    gives, takes = {JSON: Note}, {JSON: Note}
    files = {"text/csv": None, "multipart/form-data": None}
    operations = [
        Operation("write", "/notes", notes.write, NoQuery, gives, "POST", takes, 201, most_bytes=MOST),
        Operation("change", "/notes/{n}", notes.change, NoQuery, gives, "PUT", takes, is_edit=True),
        Operation("file", "/files", notes.file, NoQuery, {"text/csv": None}, "POST", files, most_bytes=MOST),
        Operation("stop", "/stop", lambda asked: Response(status=204), NoQuery, {}, "POST", status=204),
    ]
    app = Flask(__name__)
    api = Blueprint("api", __name__, url_prefix="/api")
    refusals.register(api, "/api")
    serve(api, operations, Door(notes.actor, replays, Unmoved(database())))
    app.register_blueprint(api)
    return app.test_client()


def problem(answer):
    assert answer.mimetype == "application/problem+json"
    return answer.get_json()["type"].removeprefix("urn:impact:problem:")


@pytest.mark.parametrize(
    ("body", "kind", "status", "code", "why"),
    [
        (b"", JSON, 400, "not_json", "nothing sent"),
        (b"{", JSON, 400, "not_json", "cut off"),
        (b"\xff", JSON, 400, "not_json", "not UTF-8"),
        (b'{"text": "a", "size": NaN}', JSON, 400, "not_json", "no JSON has NaN"),
        (b"[" * 900, JSON, 400, "not_json", "a tower"),
        (b"[]", JSON, 422, "field_wrong_type", "no object"),
        (b"{}", JSON, 422, "field_missing", "nothing in it"),
        (b'{"text": 7}', JSON, 422, "field_wrong_type", "a number is no text"),
        (b'{"text": "a", "size": "7"}', JSON, 422, "field_wrong_type", "a text is no number"),
        (b'{"text": "a", "txet": "b"}', JSON, 422, "field_unknown", "a slip"),
        (b'{"text": "a", "text": "b"}', JSON, 422, "field_repeated", "which one?"),
        (b'{"text": "a\\u0000"}', JSON, 422, "text_with_nul", "no database takes it"),
        (b'{"text": "\\ud800"}', JSON, 422, "not_json", "half a character"),
        (b'{"text": "a"}', "text/plain", 415, None, "another kind"),
        (b'{"text": "a"}', "", 415, None, "no kind"),
        (b'{"text": "' + b"a" * 100_000 + b'"}', JSON, 413, None, "too much"),
    ],
)
def test_a_body_that_cannot_be_used_is_refused_and_nothing_happens(
    client, notes, body, kind, status, code, why
):
    answer = client.post("/api/notes", data=body, content_type=kind)

    codes = [error["code"] for error in answer.get_json()["errors"]]
    assert (answer.status_code, codes) == (status, [code] if code else []), why
    assert notes.written == []


def test_json_may_say_its_character_set(client, notes):
    answer = client.post(
        "/api/notes", data='{"text": "茶"}'.encode(), content_type="application/json; charset=utf-8"
    )

    assert (answer.status_code, answer.headers["Location"], notes.written[0].text) == (201, "/notes/1", "茶")


def test_an_address_without_a_body_takes_none(client):
    assert client.post("/api/stop").status_code == 204
    assert client.post("/api/stop", json={}).status_code == 204
    assert client.post("/api/stop", json={"now": True}).get_json()["errors"][0]["code"] == "body_not_taken"


def test_the_same_request_with_the_same_key_happens_once(client, notes):
    first = client.post("/api/notes", json={"text": "a"}, headers={"Idempotency-Key": "k1"})
    again = client.post("/api/notes", json={"text": "a"}, headers={"Idempotency-Key": "k1"})

    assert len(notes.written) == 1
    assert (again.status_code, again.data) == (201, first.data)
    assert (again.headers["Location"], again.headers["ETag"]) == (
        first.headers["Location"],
        first.headers["ETag"],
    )
    assert (first.headers.get("Idempotency-Replayed"), again.headers["Idempotency-Replayed"]) == (
        None,
        "true",
    )


def test_another_request_with_the_same_key_is_refused(client, notes):
    client.post("/api/notes", json={"text": "a"}, headers={"Idempotency-Key": "k1"})
    other = client.post("/api/notes", json={"text": "b"}, headers={"Idempotency-Key": "k1"})

    assert (other.status_code, problem(other)) == (422, "key-of-another")
    assert len(notes.written) == 1


def test_a_key_is_its_users_own(client, notes):
    client.post("/api/notes", json={"text": "a"}, headers={"Idempotency-Key": "k1"})
    notes.who = "bo"
    client.post("/api/notes", json={"text": "b"}, headers={"Idempotency-Key": "k1"})

    assert [note.text for note in notes.written] == ["a", "b"]


def test_the_same_request_while_it_is_under_way_is_told_to_wait(client, notes):
    begun, go_on = Event(), Event()
    notes.during = lambda: (begun.set(), go_on.wait(10))
    post = {"json": {"text": "a"}, "headers": {"Idempotency-Key": "k1"}}
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(client.application.test_client().post, "/api/notes", **post)
        assert begun.wait(10)
        meanwhile = client.post("/api/notes", **post)
        go_on.set()

    assert (meanwhile.status_code, problem(meanwhile), meanwhile.headers["Retry-After"]) == (
        409,
        "under-way",
        "1",
    )
    assert first.result().status_code == 201
    assert len(notes.written) == 1


def test_a_refused_request_may_be_mended_under_its_key(client, notes):
    refused = client.post("/api/notes", json={"txet": "a"}, headers={"Idempotency-Key": "k1"})
    mended = client.post("/api/notes", json={"text": "a"}, headers={"Idempotency-Key": "k1"})

    assert (refused.status_code, mended.status_code) == (422, 201)


def test_a_request_that_broke_down_may_be_sent_again(client, notes):
    def break_down():
        raise RuntimeError("the ink ran out")

    notes.during = break_down
    broken = client.post("/api/notes", json={"text": "a"}, headers={"Idempotency-Key": "k1"})
    notes.during = lambda: None
    again = client.post("/api/notes", json={"text": "a"}, headers={"Idempotency-Key": "k1"})

    assert (broken.status_code, again.status_code, len(notes.written)) == (500, 201, 1)


@pytest.mark.parametrize("key", ["", "x" * 201, "a\tb", "茶"])
def test_a_key_that_is_none_is_refused(client, key):
    answer = client.post("/api/notes", json={"text": "a"}, headers={"Idempotency-Key": key})

    assert (answer.status_code, answer.get_json()["errors"][0]["code"]) == (422, "key_not_valid")


def test_an_edit_names_the_version_it_changes(client, notes):
    unsaid = client.put("/api/notes/1", json={"text": "b"})
    client.post("/api/notes", json={"text": "a"})
    held = client.put("/api/notes/1", json={"text": "b"}, headers={"If-Match": '"1"'})
    moved = client.put("/api/notes/1", json={"text": "c"}, headers={"If-Match": '"1"'})

    assert [unsaid.status_code, held.status_code, moved.status_code] == [428, 200, 412]
    assert held.headers["ETag"] == '"2"'
    assert [note.text for note in notes.written] == ["a", "b"]


@pytest.mark.parametrize(
    ("stated", "status", "why"),
    [
        ("*", 200, "any"),
        ('"7", "0"', 200, "one of them"),
        ('"0-gzip"', 200, "as it was packed"),
        ('"0:br"', 200, "as it was packed by others"),
        ('W/"0"', 412, "weakly is not enough"),
        ("0", 412, "no version is written so"),
    ],
)
def test_versions_are_held_as_they_were_given(client, stated, status, why):
    answer = client.put("/api/notes/1", json={"text": "b"}, headers={"If-Match": stated})

    assert answer.status_code == status, why


def test_a_file_comes_raw_or_in_a_form(client):
    raw = client.post("/api/files", data=b"a,b\n", content_type="text/csv")
    form = client.post("/api/files", data={"file": (io.BytesIO(b"a,b\n"), "农户.csv", "text/csv")})

    assert raw.data == form.data == b"a,b\n"
    assert form.headers["X-Media"] == "text/csv"


def test_a_form_sent_again_happens_once(client, notes):
    answers = [
        client.post(
            "/api/files",
            data={"file": (io.BytesIO(content), "a.csv")},
            headers={"Idempotency-Key": "k1"},
        )
        for content in (b"a,b\n", b"a,b\n", b"c,d\n")
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 422]
    assert notes.written == [b"a,b\n"]


@pytest.mark.parametrize(
    ("data", "status", "why"),
    [
        ({"table": (io.BytesIO(b"a"), "a.csv")}, 422, "the part has another name"),
        ({"file": "a,b"}, 422, "no file"),
        ({"file": (io.BytesIO(b"a" * 100_000), "a.csv")}, 413, "too much"),
    ],
)
def test_a_form_without_the_file_is_refused(client, data, status, why):
    assert client.post("/api/files", data=data, content_type="multipart/form-data").status_code == status, why
