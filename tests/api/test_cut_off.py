"""A process killed in the middle of a write under a key: asked again, it is done once, and answered."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from services import bearing, service, token_of
from sqlalchemy import func, select, update

import impact
from impact.access import Role
from impact.store.audit import AUDIT
from impact.store.database import open_database, reading
from impact.store.partners import PARTNERS
from impact.store.queue.jobs import JOBS
from impact.store.replays import REPLAYS

KEY = {"Idempotency-Key": "once"}
BUNDLE = {"format": "impact-problem/1", "objective": {"maximise": "value"}, "rules": []}
TABLES = {
    "producers": [{"producer_id": "an", "capacity": 10}],
    "placements": [{"placement_id": "l1", "supply": 10}],
    "links": [{"producer_id": "an", "placement_id": "l1", "value": 1}],
}
WRITES = {
    "partners": ({"partner_id": "anji", "name_zh": "安吉", "name_en": "Anji"}, PARTNERS),
    "solve": ({"problem": BUNDLE, **TABLES}, JOBS),
}
KILLED = """
import json, os, signal, sys
from sqlalchemy import event
from impact.app import create_app
from impact.config import Settings
from impact.store.database import open_database

url, token, address, sent, moment = sys.argv[1:]
engine = open_database(url)
client = create_app(engine, Settings(url)).test_client()
kept = []

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def written(connection, cursor, statement, *_):
    if statement.startswith("UPDATE replays"):
        kept.append(statement)

def asked(connection, cursor, statement, *_):
    if statement.startswith("UPDATE replays"):
        die()

def committing(connection):
    if kept:
        die()

if moment == "before its answer is kept":
    event.listen(engine, "before_cursor_execute", asked)
elif moment == "before both are committed":
    event.listen(engine, "after_cursor_execute", written)
    event.listen(engine, "commit", committing)
else:
    client.application.after_request(die)
headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "once"}
client.post(f"/api/v1/{address}", json=json.loads(sent), headers=headers)
"""


@pytest.fixture
def app(database_url):
    return service(kept=open_database(database_url))


def killed(url, token, address, sent, moment):
    """Send a request to a process that is killed at a moment of it."""
    arguments = [url, token, address, json.dumps(sent), moment]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *arguments],
        cwd=Path(impact.__file__).parents[1],
        timeout=60,
        check=False,
    )
    return done.returncode


def let_time_pass(engine):
    past = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
    with engine.begin() as connection:
        connection.execute(update(REPLAYS).where(REPLAYS.c.status.is_(None)).values(held_until=past))


def counted(engine, table):
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


@pytest.mark.slow
@pytest.mark.parametrize("address", WRITES)
@pytest.mark.parametrize(
    ("moment", "done"),
    [
        ("before its answer is kept", False),
        ("before both are committed", False),
        ("before it is answered", True),
    ],
)
def test_who_is_killed_has_done_it_and_kept_the_answer_or_neither(app, database_url, address, moment, done):
    engine, (sent, table) = app.extensions["database"], WRITES[address]
    token = token_of(app, Role.COORDINATOR)
    before, log = counted(engine, table), counted(engine, AUDIT)

    assert killed(database_url, token, address, sent, moment) == -9
    assert counted(engine, table) == before + done
    assert counted(engine, AUDIT) == log + done

    client = bearing(app, token)
    if not done:
        assert client.post(f"/api/v1/{address}", json=sent, headers=KEY).status_code == 409
        let_time_pass(engine)
    again = client.post(f"/api/v1/{address}", json=sent, headers=KEY)
    assert again.status_code in (201, 202)
    assert again.headers.get("Idempotency-Replayed") == ("true" if done else None)
    assert counted(engine, table) == before + 1
    assert client.get(again.headers["Location"]).status_code == 200
