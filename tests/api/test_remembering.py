"""What follows from the database alone is answered once, until somebody writes; each one gets their own."""

import pytest
from api.shelves import coordinating
from flask import Blueprint, Flask
from pydantic import BaseModel
from services import bearing, database, partner_of, service, token_of

from impact.access import SYSTEM, Actor, Role
from impact.api.contract import refusals
from impact.api.contract.delivery import deliver
from impact.api.contract.operation import JSON, NoQuery, Operation, Page
from impact.api.contract.refusals import Refused
from impact.api.contract.remembering import MOST_BYTES
from impact.api.contract.serving import Door, serve
from impact.jobs.queue import Queue
from impact.store.database import open_database
from impact.store.people.users import Post, add_user
from impact.store.replays import Replays
from impact.store.unmoved import Unmoved


class Said(BaseModel):
    text: str


class Speaker:
    """Says something once more each time it is really asked, for whoever asks."""

    def __init__(self):
        self.times, self.who, self.size = 0, Actor("anna", "anna", Role.VIEWER), 0

    def say(self, asked):
        self.times += 1
        return deliver(Said(text=f"{self.times}" + " " * self.size), asked.media)

    def refuse(self, asked):
        self.times += 1
        raise Refused("bad_input", 422)


@pytest.fixture
def speaker():
    return Speaker()


@pytest.fixture
def kept():
    return database()


@pytest.fixture
def client(speaker, kept):
    gives = {JSON: Said}
    operations = [
        Operation("said", "/said/{what}", speaker.say, Page, gives, is_remembered=True),
        Operation("anew", "/anew", speaker.say, NoQuery, gives),
        Operation("refused", "/refused", speaker.refuse, NoQuery, gives, is_remembered=True),
    ]
    app = Flask(__name__)
    api = Blueprint("api", __name__, url_prefix="/api")
    refusals.register(api, "/api")
    serve(api, operations, Door(lambda: speaker.who, Replays(kept), Unmoved(kept)))
    app.register_blueprint(api)
    return app.test_client()


def write(kept):
    add_user(kept, "somebody", Post(Role.VIEWER), who=SYSTEM)


def tells(kept):
    """Whether a database tells that nothing was written."""
    return kept.dialect.name == "sqlite"


def test_what_was_answered_is_answered_again_until_somebody_writes(client, kept):
    told = [client.get("/api/said/this") for _ in range(2)]
    write(kept)
    told.append(client.get("/api/said/this"))

    assert [answer.json["text"] for answer in told] == (["1", "1", "2"] if tells(kept) else ["1", "2", "3"])
    assert (told[0].headers == told[1].headers) is tells(kept)
    assert told[0].headers["ETag"] != told[2].headers["ETag"]


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/api/said/that", {}),
        ("/api/said/this?limit=5", {}),
        ("/api/said/this", {"Accept-Language": "en"}),
        ("/api/said/this", {"Accept-Encoding": "gzip"}),
        ("/api/said/this", {"If-None-Match": '"other"'}),
    ],
)
def test_what_is_asked_otherwise_is_answered_anew(client, speaker, address, headers):
    client.get("/api/said/this")

    client.get(address, headers=headers)

    assert speaker.times == 2


@pytest.mark.parametrize(
    "other",
    [
        Actor("otto", "otto", Role.VIEWER),
        Actor("anna", "anna", Role.COORDINATOR),
        Actor("anna", "anna", Role.VIEWER, "anji"),
        Actor("anna", "anna", Role.VIEWER, token="t"),
    ],
)
def test_nobody_is_told_what_another_was_told(client, speaker, other):
    client.get("/api/said/this")

    speaker.who = other

    assert client.get("/api/said/this").json["text"] == "2"


def test_the_name_of_a_request_makes_no_difference(client, speaker, kept):
    told = []
    for number in range(2):
        speaker.who = Actor("anna", "anna", Role.VIEWER, request_id=f"r{number}")
        told.append(client.get("/api/said/this").json["text"])

    assert told == ["1", "1" if tells(kept) else "2"]


def test_who_holds_the_answer_is_told_so_each_time():
    client = coordinating(service())
    held = {"If-None-Match": client.get("/api/v1/jobs").headers["ETag"]}

    told = [client.get("/api/v1/jobs", headers=held) for _ in range(2)]

    assert [(answer.status_code, answer.data) for answer in told] == [(304, b"")] * 2


@pytest.mark.parametrize("address", ["/api/anew", "/api/refused"])
def test_refusals_and_what_follows_from_more_are_answered_anew(client, speaker, address):
    for _ in range(2):
        client.get(address)

    assert speaker.times == 2


def test_long_answers_are_not_kept(client, speaker):
    speaker.size = MOST_BYTES

    for _ in range(2):
        client.get("/api/said/this")

    assert speaker.times == 2


def test_what_another_process_writes_is_shown_at_once():
    app = service()
    client, elsewhere = (
        coordinating(app),
        open_database(app.extensions["database"].url.render_as_string(hide_password=False)),
    )
    before = client.get("/api/v1/jobs").json["items"]

    partner_of(elsewhere)
    job_id = Queue(elsewhere).put(
        "import_file", {"file": "a.csv"}, SYSTEM, partner="anji", files={"file": b""}
    )
    shown = client.get("/api/v1/jobs").json["items"]
    Queue(elsewhere).cancel(job_id, SYSTEM)

    assert (before, [job["status"] for job in shown]) == ([], ["queued"])
    assert client.get(f"/api/v1/jobs/{job_id}").json["status"] == "cancelled"
    elsewhere.dispose()


def test_a_partner_sees_no_job_that_another_was_just_shown():
    app = service()
    partner_of(app.extensions["database"])
    Queue(app.extensions["database"]).put(
        "import_file", {"file": "a.csv"}, SYSTEM, partner="anji", files={"file": b""}
    )
    clients = [bearing(app, token_of(app, Role.PARTNER, partner=name)) for name in ("anji", "yongde")]

    told = [[len(client.get("/api/v1/jobs").json["items"]) for client in clients] for _ in range(2)]

    assert told == [[1, 0], [1, 0]]
