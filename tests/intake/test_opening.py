"""A file is opened as told, its headers are settled, and every row and every product has an outcome."""

import pytest

from impact.catalog.checking.examine import Findings, Nothing
from impact.catalog.columns import BY_NAME
from impact.catalog.differences import Outcome
from impact.catalog.listing import Listing
from impact.config import DATA
from impact.errors import BadInput, Issue
from impact.intake import Asked, open_intake
from impact.reference import read_reference

ANJI = "330523"
LIST = "品名,产地,口味\n安吉白茶,安吉县,清香\n笋干,某地,咸\n竹荪,安吉县,\n"


@pytest.fixture(scope="module")
def reference():
    return read_reference(DATA)


@pytest.fixture
def opened(tmp_path, reference):
    def open_it(content=LIST, remembered=None, encoding="utf-8", **asked):
        file = tmp_path / "list.csv"
        file.write_bytes(content.encode(encoding))
        return open_intake(file, Asked(**asked), remembered or {}, reference)

    return open_it


KNOWN = {
    f"{ANJI}:/{name}": Listing(f"{ANJI}:/{name}", ANJI, {"product": name, "place": "安吉县"})
    for name in ("安吉白茶", "红茶", "绿茶")
}


class Lists(Nothing):
    """A partner that lists three products."""

    def is_empty(self):
        return False

    def of(self, keys):
        return {key: KNOWN[key] for key in keys if key in KNOWN}

    def listed(self):
        return iter(KNOWN)


@pytest.mark.parametrize(
    ("asked", "remembered", "meant", "why"),
    [
        ({}, {}, {"品名": "product", "产地": "place", "口味": ""}, "as suggested"),
        (
            {},
            {"口味": "notes"},
            {"品名": "product", "产地": "place", "口味": "notes"},
            "as remembered",
        ),
        (
            {"meant": {"口味": "list"}},
            {"口味": "notes"},
            {"品名": "product", "产地": "place", "口味": "list"},
            "what is told goes before what is remembered",
        ),
        ({"meant": {"产地": ""}}, {}, {"品名": "product", "产地": "", "口味": ""}, "of the partner's own"),
    ],
)
def test_headers_mean_what_they_are_told_to(opened, asked, remembered, meant, why):
    assert opened(remembered=remembered, **asked).meant == meant, why


def test_what_no_file_or_no_column_has_is_refused_at_once(opened):
    with pytest.raises(BadInput) as refusal:
        opened(meant={"单价": "price", "口味": "taste", "品名": "product"})

    known = ", ".join(BY_NAME)
    assert refusal.value.issues == (
        Issue("header_unknown", column="单价"),
        Issue("column_not_ours", column="口味", params={"value": "taste", "known": known}),
    )


def test_a_file_is_read_as_it_is_told(opened):
    read = opened(LIST.replace(",", ";"), encoding="gb18030", delimiter=";")

    assert read.table.header == ("品名", "产地", "口味")
    assert [line.cells[0] for line in read.table.lines()] == ["安吉白茶", "笋干", "竹荪"]


def test_every_row_has_an_outcome_and_so_has_every_product_that_no_row_names(opened):
    findings, rejected = Findings(), []

    changes = list(opened().changes(Lists(), findings, rejected.append))

    assert [(change.row, change.outcome, change.key) for change in changes] == [
        (2, Outcome.CHANGED, f"{ANJI}:/安吉白茶"),
        (3, Outcome.REJECTED, ""),
        (4, Outcome.NEW, f"{ANJI}:/竹荪"),
        (None, Outcome.ABSENT, f"{ANJI}:/红茶"),
        (None, Outcome.ABSENT, f"{ANJI}:/绿茶"),
    ]
    assert [row.line.number for row in rejected] == [3]
    assert (findings.num_rows, findings.outcomes[Outcome.ABSENT]) == (3, 2)
    assert [change.outcome for change in findings.changed] == [Outcome.CHANGED] + [Outcome.ABSENT] * 2
    assert [cells[0] for cells in findings.preview] == ["安吉白茶", "笋干", "竹荪"]


def test_a_row_that_says_again_what_another_said_changes_nothing(opened):
    again = LIST + "安吉白茶,安吉县,清香\n"

    (*_, last) = opened(again).changes(Nothing(), Findings())

    assert (last.row, last.outcome, last.key) == (5, Outcome.UNCHANGED, "")


@pytest.mark.parametrize(("header", "kept"), [("退回原因", False), ("Reason", False), ("原因", True)])
def test_reasons_that_we_wrote_beside_rejected_rows_are_left_out_when_they_come_back(opened, header, kept):
    returned = f"品名,产地,口味,{header}\n安吉白茶,安吉县,清香,产地不明\n"

    (change,) = opened(returned).changes(Nothing(), Findings())

    told = {"口味": "清香"} | ({header: "产地不明"} if kept else {})
    assert change.after.attributes == told
