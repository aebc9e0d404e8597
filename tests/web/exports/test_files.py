"""A plan is taken away from its page in every form, by who may see it."""

import csv
import io
import json
import re

import duckdb
import pytest
from services import do_jobs, send, service, signed_in
from shelves import valley

from impact.access import Role
from impact.exports.allocation import COLUMNS, titles
from impact.i18n import words
from impact.store.solved.plans import PlanShelf

PLAN = "/plans/valley-1"


@pytest.fixture(scope="module")
def kept():
    """A service whose plan is in its database."""
    app = service()
    PlanShelf(app.extensions["database"]).keep(valley())
    return app


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_csv_has_headings_of_the_language_and_all_lines(client, lang):
    answer = client.get(f"/{lang}{PLAN}/allocation.csv")

    header, *rows = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert header == titles(lang)
    assert sum(float(row[COLUMNS.index("exposure")]) for row in rows) == pytest.approx(
        valley().plan.exposure.sum()
    )


def test_a_json_says_its_status_and_what_its_columns_are(client):
    document = json.loads(client.get(f"/en{PLAN}/allocation.json").data)

    assert (document["plan"], document["status"]) == ("valley-1", "optimal")
    assert list(document["columns"]) == list(document["items"][0]) == list(COLUMNS)


def test_a_parquet_has_the_same_lines(client, tmp_path):
    (tmp_path / "t.parquet").write_bytes(client.get(f"/zh{PLAN}/allocation.parquet").data)

    ((total,),) = duckdb.sql(f"select sum(exposure) from '{tmp_path / 't.parquet'}'").fetchall()
    assert total == pytest.approx(valley().plan.exposure.sum())


@pytest.mark.parametrize(("form", "name"), [("workbook", "allocation.xlsx"), ("run", "run.zip")])
def test_what_takes_long_is_written_by_a_job_whose_page_leads_to_the_file(kept, form, name):
    client = signed_in(kept, Role.VIEWER)
    asked = send(client, f"/en{PLAN}", f"/en{PLAN}/export", form=form)
    assert asked.status_code == 303
    do_jobs(kept)

    page = client.get(asked.location).text
    file = client.get(asked.location.replace("/jobs/", "/exports/"))

    assert words("job.file", "en") in page
    assert file.data.startswith(b"PK")
    assert f"valley-1-{name}" in file.headers["Content-Disposition"]


def test_the_page_of_the_job_is_looked_at_again_and_again_without_fetching_the_file(kept):
    client = signed_in(kept, Role.VIEWER)
    asked = send(client, f"/en{PLAN}", f"/en{PLAN}/export", form="run")
    again = re.search(r'hx-get="([^"]+)"', client.get(asked.location).text)[1]
    do_jobs(kept)

    answer = client.get(again, headers={"HX-Request": "true"})

    assert (answer.status_code, "HX-Redirect" in answer.headers) == (200, False)
    assert words("job.file", "en") in answer.text


def test_a_form_that_is_not_offered_is_refused(kept):
    assert send(signed_in(kept), f"/en{PLAN}", f"/en{PLAN}/export", form="exe").status_code == 400


def test_a_file_that_is_not_written_yet_is_not_there(kept):
    client = signed_in(kept, Role.VIEWER)
    asked = send(client, f"/en{PLAN}", f"/en{PLAN}/export", form="run")

    assert client.get(asked.location.replace("/jobs/", "/exports/")).status_code == 404
    do_jobs(kept)


@pytest.mark.parametrize("address", ["allocation.csv", "print"])
def test_a_plan_that_is_not_there_has_no_files(client, address):
    assert client.get(f"/en/plans/none/{address}").status_code == 404
