"""What a file comes to: all of it is counted, and the first of each kind is told."""

from catalog.checking.test_rows import ANJI, Shelf, rows

from impact.catalog.checking.examine import SHOWN, Findings, Nothing, examined
from impact.catalog.differences import Change, Outcome
from impact.catalog.listing import Listing


def test_findings_count_everything_and_tell_the_first_of_each_kind():
    findings = Findings()
    for each in examined(
        rows(*[(f"茶{number}", "通州区", "", "") for number in range(SHOWN + 20)]), Nothing()
    ):
        findings.take(each)

    assert findings.num_rows == SHOWN + 20
    assert findings.outcomes[Outcome.REJECTED] == SHOWN + 20
    assert findings.num_errors[("place_ambiguous", "产地")] == SHOWN + 20
    assert len(findings.errors) == SHOWN


def test_a_file_is_previewed_by_its_first_ten_rows():
    findings = Findings()
    for each in examined(rows(*[(f"茶{number}", "安吉", "", "") for number in range(12)]), Nothing()):
        findings.take(each)

    assert [cells[0] for cells in findings.preview] == [f"茶{number}" for number in range(10)]


def test_products_that_no_row_names_are_counted_apart_from_rows():
    findings, listing = Findings(), Listing("k", ANJI, {"product": "红茶"})

    for _ in range(SHOWN + 1):
        findings.miss(Change("k", Outcome.ABSENT, listing, listing))

    assert (findings.num_rows, findings.outcomes[Outcome.ABSENT], len(findings.changed)) == (
        0,
        SHOWN + 1,
        SHOWN,
    )


def test_only_changes_of_what_was_known_are_told_one_by_one():
    findings = Findings()
    for each in examined(rows(("白茶", "安吉", "90", ""), ("竹荪", "安吉", "", "")), Shelf()):
        findings.take(each)

    assert [change.key for change in findings.changed] == [f"{ANJI}:/白茶"]


def test_nobody_lists_anything_yet():
    nobody = Nothing()

    assert nobody.is_empty()
    assert (nobody.of(["k"]), list(nobody.listed()), nobody.elsewhere(["t"]), nobody.capacities([ANJI])) == (
        {},
        [],
        (),
        {},
    )
