"""What is personal is forgotten in time; what was decided or delivered stays."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert
from store.decisions.offices import scenario, solved, staff

from impact.access import SYSTEM, Role
from impact.store import partners
from impact.store.audit import Sought, entries
from impact.store.database import reading
from impact.store.decisions import standing
from impact.store.partners import Contact, Partner
from impact.store.people.attempts import ATTEMPTS
from impact.store.people.sessions import SESSIONS, let_in, shut_out
from impact.store.people.users import user_with_id
from impact.store.queue.job_files import FILES
from impact.store.queue.jobs import JOBS
from impact.store.retention import retain

NOW = datetime.now(UTC)
YEAR = timedelta(days=365)
NOTHING = dict.fromkeys(("sessions", "links", "attempts", "replays", "files", "contacts", "names"), 0)


@pytest.fixture
def used(engine):
    """A service in use: somebody who left, a contact, a job's file, sign-ins."""
    left = staff(engine, "left", Role.COORDINATOR)
    solved(engine, left, scenario(engine, left))
    shut_out(engine, left.actor_id, who=SYSTEM)
    partners.create(engine, Partner("anji", "安吉", "Anji"), SYSTEM)
    partners.set_contact(engine, "anji", Contact("李主任"), SYSTEM)
    at = NOW.isoformat(timespec="microseconds")
    job = {
        "kind": "import",
        "owner": "u",
        "request_id": "",
        "asked": {},
        "asked_at": at,
        "status": "succeeded",
    }
    with engine.begin() as connection:
        connection.execute(insert(JOBS).values(job_id="j", **job, ended_at=at))
        connection.execute(insert(FILES).values(job_id="j", name="茶.csv", body="李,138".encode()))
        connection.execute(insert(SESSIONS).values(hash="h", user_id=left.actor_id, expires_at=at))
        connection.execute(insert(ATTEMPTS).values(hash="h", failures=3, last_at=at, until=at))
    return engine, left.actor_id


@pytest.mark.parametrize(
    ("later", "forgotten"),
    [
        (timedelta(0), {}),
        (timedelta(hours=1), {"sessions": 1}),
        (timedelta(days=2), {"sessions": 1, "attempts": 1}),
        (timedelta(days=91), {"sessions": 1, "attempts": 1, "files": 1}),
        (2 * YEAR + timedelta(days=1), {"sessions": 1, "attempts": 1, "files": 1, "names": 1}),
        (
            3 * YEAR + timedelta(days=1),
            {"sessions": 1, "attempts": 1, "files": 1, "names": 1, "contacts": 1},
        ),
    ],
)
def test_each_is_forgotten_in_its_time(used, later, forgotten):
    engine, _ = used

    assert retain(engine, NOW + later, SYSTEM, dry_run=True) == NOTHING | forgotten
    assert retain(engine, NOW + later, SYSTEM) == NOTHING | forgotten
    assert retain(engine, NOW + later, SYSTEM) == NOTHING


def test_a_dry_run_leaves_everything_as_it_was(used):
    engine, _ = used

    retain(engine, NOW + 9 * YEAR, SYSTEM, dry_run=True)

    assert partners.contact_of(engine, "anji") == Contact("李主任")
    with reading(engine) as connection:
        assert entries(connection, Sought(what="retention.apply")) == ()


def test_who_left_is_known_by_id_alone_and_what_they_decided_stays(used):
    engine, user_id = used
    (plan,) = standing.listed(engine, standing.Part()).items

    retain(engine, NOW + 9 * YEAR, SYSTEM)

    former = user_with_id(engine, user_id)
    assert (former.name, former.password, former.identity) == (f"former-{user_id}", None, None)
    assert standing.steps_of(engine, plan.plan_id)[0].who == user_id
    with reading(engine) as connection:
        (entry,) = entries(connection, Sought(what="retention.apply"))
    assert '"names":1' in entry.after


def test_who_came_back_keeps_their_name(used):
    engine, user_id = used
    let_in(engine, user_id, who=SYSTEM)

    retain(engine, NOW + 9 * YEAR, SYSTEM)

    assert user_with_id(engine, user_id).name == "left"
