"""What Lighthouse says of the desk's five main pages, on the demo as `make demo` serves it.

``python -m bench.lighthouse`` needs npm and Chromium; it prints scores of 100, and ends with 1 where one
falls short of what is asked.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from bench.table import table
from impact.access import SYSTEM
from impact.catalog.listed.norms import read_norms
from impact.commands.demo import keep_team
from impact.config import DATA
from impact.programmes.templates import drafted
from impact.store.database import Database, open_database
from impact.store.decisions.office import Office
from impact.store.people.links import Purpose, make_link
from impact.store.solved.plans import PlanShelf

ASKED = 95
CATEGORIES = ("performance", "accessibility", "best-practices")
START = date(2026, 10, 1)
LIGHTHOUSE = "lighthouse@13"
TRIES, MISSED = 3, "Please run Lighthouse again"
SCRIPT = (sys.executable, "-m", "impact")


def main() -> None:
    """Print a line a page."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'impact.sqlite3'}"
        known = os.environ | {"IMPACT_DATABASE_URL": url}
        subprocess.run(
            [*SCRIPT, "demo", "--no-serve", "--no-open"], env=known, check=True, stdout=subprocess.DEVNULL
        )
        database = open_database(url)
        paths = list(_pages(database))
        with _served(known) as address:
            cookie = _signed_in(database, address)
            found = [{"page": path, **_scores(address + path, cookie)} for path in paths]
    print(table(found))
    sys.exit(any(row[name] < ASKED for row in found for name in CATEGORIES))


def _pages(database: Database) -> Iterator[str]:
    """Name a programme, who is in it, a scenario of it, the sample's plan, and the files of a partner."""
    office = Office(database, lambda: read_norms(DATA))
    office.keep(drafted(DATA, "mountain_goods", "hills", START, None), SYSTEM)
    scenario = office.begin("hills", START, SYSTEM)
    plan = PlanShelf(database).ids()[0]
    yield "/zh/programmes/hills"
    yield "/zh/programmes/hills/enrolled"
    yield f"/zh/scenarios/{scenario.scenario_id}"
    yield f"/zh/plans/{plan}"
    yield "/zh/imports/of/demo"


@contextmanager
def _served(known: dict[str, str]) -> Iterator[str]:
    served = subprocess.Popen(
        [*SCRIPT, "serve", "--no-worker", "--port", "0"],
        env=known,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert served.stdout is not None
    try:
        yield next(found[0] for line in served.stdout if (found := re.search(r"http://[\d.:]+", line)))
    finally:
        served.terminate()
        served.wait()


def _signed_in(database: Database, address: str) -> str:
    """Enter by a link as the sample's coordinator; return the cookie that says so."""
    key = make_link(database, keep_team(database).user_id, Purpose.ENTER, who=SYSTEM)
    jar = CookieJar()
    client = build_opener(HTTPCookieProcessor(jar))
    form = client.open(f"{address}/zh/enter?key={key}").read().decode()
    voucher = re.search(r'name="csrf_token" value="([^"]+)"', form)
    assert voucher
    client.open(f"{address}/zh/enter", urlencode({"key": key, "csrf_token": voucher[1]}).encode())
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def _scores(address: str, cookie: str) -> dict[str, int]:
    """Have Lighthouse look at a page as a desktop does."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or ""
    command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", "--preset=desktop"]
    told = {
        "only-categories": ",".join(CATEGORIES),
        "extra-headers": json.dumps({"Cookie": cookie}),
        "chrome-flags": "--headless --no-sandbox --disable-gpu",
    }
    command += [f"--{name}={value}" for name, value in told.items()]
    report = _report(command, os.environ | {"CHROME_PATH": chromium})
    assert report["finalDisplayedUrl"] == address, report["finalDisplayedUrl"]
    return {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}


def _report(command: list[str], known: dict[str, str]) -> dict[str, Any]:
    """Return what Lighthouse reports; where it missed how a page began, it asks to be run again."""
    for _ in range(TRIES):
        done = subprocess.run(command, env=known, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            report: dict[str, Any] = json.loads(done.stdout)
            return report
        if MISSED not in done.stderr:
            break
    sys.exit(done.stderr)


if __name__ == "__main__":
    main()
