"""Partners' files are taken over by a job: whole or not at all, beside what is listed at that moment."""

import json

import pytest
from services import partner_of

from impact.access import SYSTEM
from impact.jobs.desk import Desk, Overtaken, Stopped
from impact.jobs.kind import KINDS
from impact.jobs.kinds import import_file
from impact.jobs.queue import Queue
from impact.store.lists.imports import history
from impact.store.lists.listings import all_listings
from impact.store.queue.jobs import JobStatus

GOOD = "商家,产品,省,市,县,品类,价格\n安吉茶社,安吉白茶,浙江省,湖州市,安吉县,茶叶,80\n"
BAD = GOOD + "安吉茶社,笋干,浙江省,湖州市,安吉县,茶叶,很便宜\n"


@pytest.fixture
def desk(engine, tmp_path):
    """A desk for the job of importing a text."""
    partner_of(engine)

    def laid(text, stopped=None, **asked):
        queue = Queue(engine)
        job_id = queue.put(
            "import_file", {"file": "茶.csv", **asked}, SYSTEM, partner="anji", files={"file": text.encode()}
        )
        (tmp_path / "file").write_bytes(queue.file(job_id, "file"))
        return Desk(queue.get(job_id), engine, tmp_path, lambda: stopped, lambda progress: None)

    return laid


def handed_in(desk):
    """What is done with the job on a desk, kept as it is at its end."""
    done = import_file.run(desk, KINDS["import_file"].read(desk.job.asked))
    with desk.engine.begin() as connection:
        return done, done.keep(connection)


def listed(engine):
    return [(partner, listing.values["product"]) for partner, listing in all_listings(engine)]


def test_what_a_file_lists_is_taken_over(engine, desk):
    done, kept = handed_in(desk(GOOD))

    assert done.ending.status == "succeeded"
    assert kept["counts"]["new"] == 1
    assert history(engine, "anji")[0].import_id == kept["import"]
    assert listed(engine) == [("anji", "安吉白茶")]


def test_where_rows_have_to_be_mended_nothing_is_taken_over(engine, desk):
    done, kept = handed_in(desk(BAD))

    assert (done.ending.status, done.ending.issues[0].code, kept) == ("failed", "rows_to_mend", {})
    assert listed(engine) == []
    report = json.loads(done.ending.files["check.json"])
    assert report["file"] == "茶.csv"


def test_good_rows_are_taken_over_and_the_others_sent_back_where_so_asked(engine, desk):
    done, kept = handed_in(desk(BAD, partly=True))

    assert (done.ending.status, kept["counts"]["new"], done.ending.result["rejected"]) == ("succeeded", 1, 1)
    assert "很便宜" in done.ending.files["rejected.csv"].decode("utf-8-sig")
    assert listed(engine) == [("anji", "安吉白茶")]


def test_nothing_is_taken_away_beside_rows_that_have_to_be_mended(engine, desk):
    handed_in(desk(GOOD))

    done, kept = handed_in(desk(BAD.replace("安吉白茶", "安吉红茶"), partly=True, retire_absent=True))

    assert (done.ending.status, done.ending.issues[0].code, kept) == ("failed", "absent_unsure", {})
    assert listed(engine) == [("anji", "安吉白茶")]


def test_a_dry_run_changes_nothing_and_reports_all(engine, desk):
    done, kept = handed_in(desk(BAD, dry=True))

    assert (done.ending.status, kept, listed(engine)) == ("succeeded", {}, [])
    assert done.ending.result == {"files": ["check.json"], "rejected": 1}


def test_the_same_file_again_changes_nothing(engine, desk):
    handed_in(desk(GOOD))

    _, kept = handed_in(desk(GOOD))

    assert (kept["import"], kept["counts"]["unchanged"]) == (None, 1)


def test_what_was_checked_beside_other_listings_is_not_taken_over(engine, desk):
    done = import_file.run(at := desk(GOOD), KINDS["import_file"].read(at.job.asked))
    handed_in(desk(GOOD.replace("白茶", "红茶")))

    with pytest.raises(Overtaken), engine.begin() as connection:
        done.keep(connection)

    assert listed(engine) == [("anji", "安吉红茶")]


def test_who_is_stopped_hands_nothing_in(desk):
    with pytest.raises(Stopped):
        handed_in(desk(GOOD, stopped=JobStatus.CANCELLED))
