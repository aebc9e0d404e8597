"""Events are lines of JSON, with what they concern and without the values of variables."""

import json
import subprocess
import sys

PROGRAM = """
from structlog import get_logger
from structlog.contextvars import bind_contextvars
from impact.logs import log_to_stderr
log_to_stderr()
bind_contextvars(job_id="job-1")
get_logger("a").info("job_began", kind="solve")
try:
    password = "secret"
    1 / 0
except ZeroDivisionError:
    get_logger("a").exception("job_crashed")
"""


def test_each_event_is_a_line_of_json():
    told = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)

    began, crashed = map(json.loads, told.stderr.splitlines())
    assert (began["event"], began["kind"], began["level"]) == ("job_began", "solve", "info")
    assert began["job_id"] == crashed["job_id"] == "job-1"
    assert crashed["exception"][0]["exc_type"] == "ZeroDivisionError"
    assert "secret" not in told.stderr
