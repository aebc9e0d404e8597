"""A file comes to the same in one process and in two, and no process outlives who asked for it."""

import os
import pickle
import signal
import subprocess
import sys
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from socket import SHUT_RDWR, socketpair
from threading import Thread
from time import monotonic, sleep

import pytest
from countries import lay_out
from structlog.testing import capture_logs

from bench.partner_rows import HEADER, partner_rows
from impact.catalog.checking.examine import Findings, Nothing
from impact.catalog.differences import Outcome
from impact.catalog.files import Line
from impact.catalog.report import check_document
from impact.config import DATA
from impact.errors import BadInput
from impact.i18n.issues import say
from impact.intake import Asked, open_intake, sharing
from impact.intake.child import answer
from impact.intake.helper import OtherProcess, hired
from impact.intake.judging import judge_of
from impact.intake.wire import BETWEEN, answer_of, found_in, lines_of, receive, rows_of, send, unfold
from impact.reference import read_reference

SAMPLES = Path(__file__).parent.parent / "data"
FILES = sorted(file for file in SAMPLES.rglob("*") if file.suffix in {".csv", ".txt", ".tsv", ".xlsx"})
WAIT_SECONDS = 20


@pytest.fixture(scope="module")
def reference():
    return read_reference(DATA)


@pytest.fixture(scope="module")
def long_file(tmp_path_factory):
    """12,000 rows, as many as make it worth to ask for help; one in a hundred wrong, some twice."""
    file = tmp_path_factory.mktemp("long") / "list.csv"
    rows = [HEADER, *partner_rows(12_000)]
    rows[9_000:9_050] = rows[100:150]
    file.write_text("\n".join(",".join(row) for row in rows) + "\n合计,,,,,,,,,,99,,,,,,,,,,,\n", "utf-8")
    return file


def told(file, reference, hire, shelf=None, **how):
    intake, findings = replace(open_intake(file, Asked(), {}, reference), hire=hire), Findings()
    changes = list(intake.changes(shelf or Nothing(), findings, **how))
    report = check_document(
        intake.table, intake.headers, findings, lambda issue: say(issue, "zh"), file=file.name, partner=None
    )
    return changes, report.model_dump_json()


def alone(*how):
    return nullcontext(None)


def test_a_long_file_comes_to_the_same_in_two_processes(long_file, reference):
    met = []

    def hire(*how):
        met.append(hired(*how))
        return met[-1]

    with capture_logs() as logged:
        assert told(long_file, reference, hire) == told(long_file, reference, alone)

    assert (len(met), logged) == (1, [])


def test_where_rows_are_only_counted_the_report_is_the_same(long_file, reference):
    assert told(long_file, reference, hired, counting=True)[1] == told(long_file, reference, alone)[1]


def test_where_rows_are_only_counted_less_goes_over_the_wire(long_file, reference):
    intake = open_intake(long_file, Asked(), {}, reference)
    found = judge_of(intake.headers, reference).judge(list(islice(intake.table.lines(), 100)))

    fully, briefly = (
        found_in(unfold(pickle.dumps(answer_of(found, briefly=each)))) for each in (False, True)
    )

    assert [each.draft and dict(each.draft.values) for each in fully] == [
        each.draft and each.draft.values for each in found
    ]
    assert {len(each.draft.values) for each in briefly if each.draft} == {1}
    assert [each[1:] for each in briefly] == [each[1:] for each in fully] == [each[1:] for each in found]


class Lists(Nothing):
    """A partner that lists what a file said."""

    def __init__(self, changes):
        self.listings = {change.key: change.after for change in changes if change.after}

    def is_empty(self):
        return False

    def of(self, keys):
        return {key: self.listings[key] for key in keys if key in self.listings}

    def listed(self):
        return iter(sorted(self.listings))


def test_a_file_that_comes_again_changes_nothing_however_it_is_read(long_file, reference):
    shelf = Lists(told(long_file, reference, alone)[0])

    changes, report = told(long_file, reference, hired, shelf, counting=True)

    assert {change.outcome for change in changes} == {Outcome.UNCHANGED, Outcome.REJECTED}
    assert report == told(long_file, reference, alone, shelf)[1]


@contextmanager
def beside(*how):
    """A helper that does in a thread what the other process does."""
    ours, theirs = socketpair()
    with ours, theirs:
        thread = Thread(target=answer_until_gone, args=(theirs,))
        thread.start()
        helper = OtherProcess(ours, *how)
        yield helper
        ours.shutdown(SHUT_RDWR)
        helper.close()
        thread.join()


def test_a_helper_is_given_nothing_until_it_is_there():
    ours, theirs = socketpair()
    with ours, theirs:
        helper = OtherProcess(ours, (), DATA, False)
        receive(theirs)
        assert not helper.is_free()

        send(theirs, None)

        until = monotonic() + WAIT_SECONDS
        while not helper.is_free() and monotonic() < until:
            sleep(0.01)
        assert helper.is_free()
        ours.shutdown(SHUT_RDWR)
        helper.close()


def test_a_helper_that_never_comes_is_given_nothing():
    ours, theirs = socketpair()
    with ours:
        helper = OtherProcess(ours, (), DATA, False)
        theirs.close()
        helper.close()

        assert not helper.is_free()


def answer_until_gone(line):
    with suppress(EOFError, OSError):
        answer(line)


def test_rows_come_off_the_wire_as_they_went_on_it():
    lines = [Line(2, ("安吉白茶", "", '约"12"吨')), Line(5, ("", "春茶,\n明前", "\ud83c"))]

    assert lines_of(unfold(pickle.dumps(rows_of(lines)))) == lines
    assert lines_of(rows_of([Line(2, ("茶",))])) == [Line(2, ("茶",))]


def test_what_stands_between_cells_is_no_part_of_any():
    with pytest.raises(ValueError, match="as many cells"):
        lines_of(rows_of([Line(2, ("茶", f"a{BETWEEN}b")), Line(3, ("茶", ""))]))


def test_no_file_brings_what_stands_between_cells(reference, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(f"商品名称,产地\n安{BETWEEN}吉白茶,安吉县{BETWEEN}\n", "utf-8")

    (line,) = open_intake(file, Asked(), {}, reference).table.lines()

    assert line.cells == ("安吉白茶", "安吉县")


@pytest.mark.slow
def test_every_sample_comes_to_the_same_over_the_wire(reference, monkeypatch):
    monkeypatch.setattr(sharing, "ALONE", 0)
    monkeypatch.setattr(sharing, "BATCH", 3)
    monkeypatch.setattr("impact.intake.child.read_reference", lambda _: reference)
    assert len(FILES) >= 60
    for file in FILES:
        assert outcome(file, reference, beside) == outcome(file, reference, alone), file


def outcome(file, reference, hire):
    try:
        return told(file, reference, hire)
    except BadInput as refused:
        return refused.issues


def test_a_helper_that_is_killed_costs_nothing_but_is_told_of(long_file, reference):
    def hire(*how):
        return Killed(hired(*how))

    with capture_logs() as logged:
        assert told(long_file, reference, hire) == told(long_file, reference, alone)

    assert logged == [{"event": "helper_lost", "status": -signal.SIGKILL, "log_level": "warning"}]


class Killed:
    """A helper whose process is killed as soon as it is there."""

    def __init__(self, helper):
        self.helper = helper

    def __enter__(self):
        found = self.helper.__enter__()
        for child in children_of(os.getpid()):
            os.kill(child, signal.SIGKILL)
        return found

    def __exit__(self, *error):
        return self.helper.__exit__(*error)


def test_one_processor_has_no_use_for_a_helper(monkeypatch):
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0})

    with hired((), DATA, False) as helper:
        assert helper is None


def test_where_no_process_is_to_be_had_there_is_no_helper(monkeypatch):
    monkeypatch.setattr("sys.executable", "/nowhere/python")

    with hired((), DATA, False) as helper:
        assert helper is None


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_a_helper_goes_with_who_asked_for_it(long_file, sign):
    script = (
        "import time; from impact.config import DATA; from impact.intake.helper import hired\n"
        "with hired((), DATA, False) as helper:\n print('there', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as asking:
        assert asking.stdout.readline() == b"there\n"
        (helper,) = children_of(asking.pid)
        asking.send_signal(sign)

    until = monotonic() + WAIT_SECONDS
    while lives(helper) and monotonic() < until:
        sleep(0.05)
    assert not lives(helper)


def children_of(pid):
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()]


def lives(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_long_file_of_another_country_is_judged_by_its_own_divisions(data, tmp_path):
    folder = lay_out(data, tmp_path / "data")
    file = tmp_path / "list.csv"
    file.write_text("Product,Adcode\n" + "".join(f"Cheese {n},NM-S-1B\n" for n in range(8_000)), "utf-8")
    reference = read_reference(folder)

    changes, _ = told(file, reference, hired)

    assert {change.after.region for change in changes} == {"NM-S-1B"}
    assert len(changes) == 8_000
