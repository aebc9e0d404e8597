"""However rows are read, faster or slower, the same list has the same report and the same listings."""

import json
from functools import partial
from hashlib import sha256
from pathlib import Path

from bench.partner_rows import write_csv
from impact.catalog.checking.examine import Findings, Nothing
from impact.catalog.laid import body_of
from impact.catalog.report import check_document
from impact.config import DATA
from impact.i18n.issues import say
from impact.intake import Asked, open_intake
from impact.reference import read_reference

GOLDEN = Path(__file__).parents[1] / "data" / "golden" / "partner_rows.json"
NUM_ROWS = 1_500


def found(folder):
    """What a check of generated rows says, and a hash of the listings they come to."""
    path, findings, listings = folder / "list.csv", Findings(), sha256()
    write_csv(path, NUM_ROWS)
    intake = open_intake(path, Asked(), {}, read_reference(DATA))
    for change in intake.changes(Nothing(), findings):
        if change.after:
            listings.update(json.dumps(body_of(change.after), ensure_ascii=False).encode())
    report = check_document(
        intake.table, intake.headers, findings, partial(say, lang="zh"), file="list.csv", partner=None
    )
    return {"listings": listings.hexdigest(), "report": report.model_dump(mode="json")}


def test_generated_rows_come_to_what_they_came_to_before(tmp_path):
    assert found(tmp_path) == json.loads(GOLDEN.read_text("utf-8"))
