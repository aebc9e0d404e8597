"""The desk's pages when much is kept: a partner with 10,000 listings, 10,000 jobs, a long log, many issues.

``python -m bench.desk`` fills a database of its own, asks for each page in this process, and prints a table.
CPU seconds are of answering alone; what a page weighs is as a browser gets it, packed.
"""

import gzip
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np
from flask.testing import FlaskClient
from sqlalchemy import Connection, insert, select

from bench.partner_rows import HEADER, partner_rows
from bench.table import table
from impact.access import SYSTEM, Role
from impact.app import create_app
from impact.catalog.sample.load import load_sample
from impact.config import DATA, Settings
from impact.jobs.doing import do
from impact.jobs.kind import KINDS
from impact.jobs.queue import Queue
from impact.programmes.templates import drafted
from impact.store.audit import AUDIT, Sought, digest, entries
from impact.store.catalogs import save_catalog
from impact.store.database import Database, open_database
from impact.store.decisions import enrolling
from impact.store.partners import Partner, create
from impact.store.people.sessions import open_session
from impact.store.people.users import Post, add_user
from impact.store.queue import jobs
from impact.store.queue.leases import Lease, claim

LISTED, JOBS, LOGGED, WRONG = 10_000, 10_000, 100_000, 50_000
TIMES = 3
START = date(2026, 10, 1)


def rows() -> Iterator[dict[str, object]]:
    """Measure: each page, what it cost to answer, and what it weighs."""
    with TemporaryDirectory() as folder:
        kept = open_database(f"sqlite:///{Path(folder) / 'impact.sqlite3'}")
        check = _filled(kept)
        app = create_app(kept, Settings("", requests_a_minute=1_000_000))
        staff = _signed_in(app.test_client(), kept, Role.COORDINATOR)
        admin = _signed_in(app.test_client(), kept, Role.ADMIN)
        for page, address, client in (
            (f"portal of {LISTED:,} listings", "/zh/portal/big", staff),
            ("  its last page", "/zh/portal/big?page=400", staff),
            ("  searched", "/zh/portal/big?q=茶", staff),
            (f"who is in, of {LISTED:,} and the sample", "/zh/programmes/hills/enrolled", staff),
            ("  those who are out, page 100", "/zh/programmes/hills/enrolled?shown=out&page=100", staff),
            ("  searched", "/zh/programmes/hills/enrolled?q=茶", staff),
            (f"jobs, {JOBS:,}", "/zh/jobs", staff),
            (f"log of {LOGGED:,}", "/zh/log", admin),
            ("  of one subject", "/zh/log?subject=number-77777", admin),
            (f"check of a file with {WRONG:,} issues", f"/zh/imports/checks/{check}", staff),
            (f"partner's listings as CSV, {LISTED:,}", "/zh/imports/of/big/list.csv", staff),
        ):
            yield _row(page, address, client)


def _row(page: str, address: str, client: FlaskClient) -> dict[str, object]:
    taken = []
    for _ in range(TIMES):
        began = process_time()
        answer = client.get(address)
        body = answer.get_data()
        taken.append(process_time() - began)
    assert answer.status_code == 200, (address, answer.status_code)
    return {
        "page": page,
        "first, CPU ms": f"{taken[0] * 1e3:.0f}",
        "then, CPU ms": f"{np.median(taken[1:]) * 1e3:.0f}",
        "kB packed": f"{len(gzip.compress(body)) / 1e3:.0f}",
    }


def _filled(kept: Database) -> str:
    """Keep much of everything; return the job that checked the file with many issues."""
    save_catalog(kept, replace(load_sample(DATA), belts=()))
    enrolling.keep(kept, drafted(DATA, "mountain_goods", "hills", START), SYSTEM)
    create(kept, Partner("big", "大合作方", "Big"), SYSTEM)
    queue = Queue(kept)
    queue.put("import_file", _asked(), SYSTEM, partner="big", files={"file": _list(LISTED)})
    wrong = {"file": _list(WRONG, "面谈后定，量大从优")}
    check = queue.put("import_file", {**_asked(), "dry": True}, SYSTEM, partner="big", files=wrong)
    _done(kept)
    with kept.begin() as connection:
        jobs.put(connection, jobs.Wanted("solve_sample"), SYSTEM)
        _many_jobs(connection)
        _long_log(connection)
    return check


def _many_jobs(connection: Connection) -> None:
    """Keep as many jobs as the one that is there already, under ids of their own."""
    one = dict(connection.execute(select(jobs.JOBS).limit(1)).one()._mapping)
    connection.execute(insert(jobs.JOBS), [one | {"job_id": f"{number:032x}"} for number in range(JOBS)])


def _long_log(connection: Connection) -> None:
    """Go on with the log as `record` does, all at once."""
    entry = entries(connection, Sought(), limit=1)[0]
    told = []
    for number in range(LOGGED):
        made = replace(
            entry, number=entry.number + 1, subject=f"number-{number}", previous=entry.hash, hash=""
        )
        entry = replace(made, hash=digest(made))
        told.append(asdict(entry))
    connection.execute(insert(AUDIT), told)


def _asked() -> dict[str, object]:
    return {"file": "名单.csv", "partly": True}


def _list(num_rows: int, price: str = "") -> bytes:
    """Write a partner's list; with a `price` that is none, every row is wrong."""
    place = HEADER.index("价格")
    lines = ([*row[:place], price or row[place], *row[place + 1 :]] for row in partner_rows(num_rows))
    text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in (HEADER, *lines))
    return text.encode("gb18030")


def _done(kept: Database) -> None:
    """Do what waits in the queue, in this process."""
    while True:
        with kept.begin() as connection:
            job = claim(connection, "bench", KINDS)
        if job is None:
            return
        do(kept, Lease(job.job_id, job.attempt), lambda: None, lambda progress: None)


def _signed_in(client: FlaskClient, kept: Database, role: Role) -> FlaskClient:
    user = add_user(kept, str(role), Post(role), who=SYSTEM)
    with client.session_transaction() as session:
        session["_user_id"] = open_session(kept, user, who=user.acting(), how="bench")
    return client


if __name__ == "__main__":
    print(table(list(rows())))
