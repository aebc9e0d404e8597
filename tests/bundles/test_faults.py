"""What is said about a bundle that cannot be used."""

from pathlib import Path

import pytest
from bundles.folders import document_with, folder_of

from impact.bundles.read import read_bundle
from impact.errors import BadInput

RULE = {"id": "a", "kind": "group_floor", "group": {"type": "rural"}, "share": 0.3}


def issues_of(folder: Path) -> list[tuple]:
    with pytest.raises(BadInput) as refused:
        read_bundle(folder)
    return [(issue.code, issue.file, issue.row, issue.column) for issue in refused.value.issues]


@pytest.mark.parametrize(
    ("changes", "issue", "why"),
    [
        ({"links": None}, ("file_missing", "links.csv", None, None), "a table is not there"),
        ({"problem": None}, ("file_missing", "problem.json", None, None), "the document is not there"),
        ({"links.parquet": b"x"}, ("table_twice", "links.csv", None, None), "which one counts?"),
        ({"lnks.csv": "a,b\n"}, ("file_unknown", "lnks.csv", None, None), "probably meant to be read"),
        (
            {"links": "product_id,value\ntea,1\n"},
            ("column_missing", "links.csv", 1, "placement_id"),
            "no placement",
        ),
        (
            {"published.csv": "product_id,placement_id,exposure\ntea,live,1\ncup,live,1\n"},
            ("id_dangling", "published.csv", 3, "product_id"),
            "what was published is of a product nobody knows",
        ),
        (
            {"published.csv": "product_id,placement_id,exposure\ntea,live,-1\n"},
            ("number_negative", "published.csv", 2, "exposure"),
            "less than nothing was published",
        ),
        ({"producers": ""}, ("column_missing", "producers.csv", 1, "producer_id"), "an empty file"),
        (
            {"producers": "producer_id,capacity,type\n"},
            ("table_empty", "producers.csv", None, None),
            "a header and nothing else",
        ),
        (
            {"links": "product_id,placement_id,value,vlaue\ntea,live,1,2\n"},
            ("column_unknown", "links.csv", 1, "vlaue"),
            "links have no attributes, so this is a slip",
        ),
        (
            {"producers": "producer_id,capacity,type,type\nhill,1,rural,urban\ntown,1,a,b\n"},
            ("column_repeated", "producers.csv", 1, "type"),
            "which one counts?",
        ),
        (
            {"producers": "producer_id,capacity,type,\nhill,1,rural,\ntown,1,a,\n"},
            ("column_unnamed", "producers.csv", 1, None),
            "a comma at the end of the header",
        ),
        (
            {"producers": "producer_id,capacity,type,Type\nhill,1,rural,a\ntown,1,a,b\n"},
            ("column_repeated", "producers.csv", 1, "Type"),
            "too alike for a spreadsheet or a person",
        ),
        (
            {"producers": "producer_id,capacity,type\nhill,1,rural\ntown,1,urban\nhill,2,rural\n"},
            ("id_repeated", "producers.csv", 4, "producer_id"),
            "one producer twice",
        ),
        (
            {"links": "product_id,placement_id,value\ntea,live,1\nlamp,live,1\ntea,live,1\n"},
            ("pair_repeated", "links.csv", 4, "product_id"),
            "one link twice",
        ),
        (
            {"links": "product_id,placement_id,value\ntea,live,1\ntea,mall,1\n"},
            ("id_dangling", "links.csv", 3, "placement_id"),
            "no such placement",
        ),
        (
            {"products": "product_id,producer_id,capacity\ntea,hill,\nlamp,city,\n"},
            ("id_dangling", "products.csv", 3, "producer_id"),
            "no such producer",
        ),
        (
            {"links": "product_id,placement_id,value\ntea,live,1\n,live,1\n"},
            ("id_missing", "links.csv", 3, "product_id"),
            "a link of nothing",
        ),
        (
            {"links": "product_id,placement_id,value\ntea,live,\n"},
            ("number_missing", "links.csv", 2, "value"),
            "a value cannot be guessed",
        ),
        (
            {"links": "product_id,placement_id,value\ntea,live,约12\n"},
            ("not_a_number", "links.csv", 2, "value"),
            "about twelve",
        ),
        (
            {"links": "product_id,placement_id,value\ntea,live,nan\n"},
            ("not_finite", "links.csv", 2, "value"),
            "a number that is none",
        ),
        (
            {"links": "product_id,placement_id,value\ntea,live,-1\n"},
            ("number_negative", "links.csv", 2, "value"),
            "showing it would do harm",
        ),
        (
            {"producers": "producer_id,capacity,type\nhill,inf,rural\ntown,,urban\n"},
            ("not_finite", "producers.csv", 2, "capacity"),
            "unlimited is an empty cell",
        ),
        (
            {"links": "product_id,placement_id,value,quality\ntea,live,1,90\n"},
            ("number_too_large", "links.csv", 2, "quality"),
            "a percentage where a share is meant",
        ),
        (
            {"links": "product_id,placement_id,value\ntea,live\nlamp,live,1\n"},
            ("row_malformed", "links.csv", 2, None),
            "a cell is missing",
        ),
        (
            {"links": 'product_id,placement_id,value\ntea,live,1\nlamp,"live,1\n'},
            ("row_malformed", "links.csv", 3, None),
            "an unclosed quote would swallow the rest",
        ),
        (
            {"producers": "producer_id,capacity,type\nhill,1,rural\n城,1,urban\n".encode("gb18030")},
            ("not_utf8", "producers.csv", 3, None),
            "saved by a Chinese Excel",
        ),
        (
            {"producers": "producer_id,capacity,type,owed\nhill,1,rural,-5\ntown,1,urban,much\n"},
            ("not_a_number", "producers.csv", 3, "owed"),
            "a debt is a number, below 0 for who is ahead",
        ),
        (
            {"links": "product_id,placement_id,value\ntea,live,1\n\nlamp,live,x\n"},
            ("not_a_number", "links.csv", 4, "value"),
            "a spreadsheet shows the blank line too",
        ),
        (
            {"problem": '{"format": "impact-problem/1", "rules": [], "rules": []}'},
            ("field_repeated", "problem.json", None, "rules"),
            "which one counts?",
        ),
        ({"problem": "{"}, ("not_json", "problem.json", None, None), "half a document"),
        ({"problem": "{}"}, ("field_missing", "problem.json", None, "format"), "which version?"),
        (
            {"problem": document_with(sed=1)},
            ("field_unknown", "problem.json", None, "sed"),
            "a slip for seed",
        ),
        (
            {"problem": document_with(rules=[RULE | {"share": 30}])},
            ("field_too_large", "problem.json", None, "rules[0].share"),
            "a percentage where a share is meant",
        ),
        (
            {"problem": document_with(rules=[RULE | {"share": "0.3"}])},
            ("field_wrong_type", "problem.json", None, "rules[0].share"),
            "a text is not a number",
        ),
        (
            {"problem": document_with(rules=[RULE | {"kind": "group_flor"}])},
            ("rule_kind_unknown", "problem.json", None, "rules[0].kind"),
            "a slip for group_floor",
        ),
        (
            {"problem": document_with(spread={"alpha": 3, "weight": 1})},
            ("field_too_large", "problem.json", None, "spread.alpha"),
            "slopes too far apart for floating point",
        ),
        (
            {"problem": document_with(spread={"alpha": "most", "weight": 1})},
            ("field_wrong_type", "problem.json", None, "spread.alpha"),
            "the only word there is is infinity",
        ),
        (
            {"problem": document_with(spread=[{"weight": 1}, {"weight": 1, "wieght": 1}])},
            ("field_unknown", "problem.json", None, "spread[1].wieght"),
            "a slip in the second term",
        ),
        (
            {"problem": document_with(spread={"weights": [1, 2], "weight": 1})},
            ("field_not_valid", "problem.json", None, "spread"),
            "the better off would count more",
        ),
        (
            {"problem": document_with(spread=[{"weight": 1}, {"weight": 2}])},
            ("rule_id_taken", "problem.json", None, "rules"),
            "two spreads of one name",
        ),
        (
            {"problem": document_with(spread={"weight": 1, "over": "county"})},
            ("unknown_attribute", "problem.json", None, "spread"),
            "nobody has a county",
        ),
        (
            {"problem": document_with(objective={"saturation": [{"up_to": 0.9, "slope": 0.5}]})},
            ("field_not_valid", "problem.json", None, "objective"),
            "the last tenth has no worth",
        ),
        (
            {
                "problem": document_with(
                    objective={"saturation": [{"up_to": 0.5, "slope": 0.5}, {"up_to": 1.0, "slope": 0.6}]}
                )
            },
            ("field_not_valid", "problem.json", None, "objective"),
            "more is worth more",
        ),
        (
            {"problem": document_with(rules=[RULE | {"group": {"typ": "rural"}}])},
            ("unknown_attribute", "problem.json", None, "rules"),
            "nobody has such an attribute",
        ),
        (
            {"problem": document_with(rules=[RULE, RULE])},
            ("rule_id_taken", "problem.json", None, "rules"),
            "two rules of one name",
        ),
    ],
)
def test_a_fault_is_named_with_its_file_row_and_column(tmp_path, changes, issue, why):
    assert issue in issues_of(folder_of(tmp_path, **changes)), why


def test_faults_of_all_files_are_gathered_before_refusing(tmp_path):
    folder = folder_of(
        tmp_path,
        problem=document_with(sed=1),
        producers="producer_id,capacity,type\nhill,x,rural\nhill,-1,urban\n",
        placements="placement_id,supply\nlive,\n",
        links="product_id,placement_id,value\ntea,mall,1\n",
    )

    codes = {code for code, *_ in issues_of(folder)}

    assert codes == {
        "field_unknown",
        "not_a_number",
        "number_negative",
        "id_repeated",
        "number_missing",
        "id_dangling",
    }


def test_a_thousand_alike_faults_are_counted_rather_than_listed(tmp_path):
    links = "product_id,placement_id,value\n" + "".join(f"tea,x{number},1\n" for number in range(1000))

    with pytest.raises(BadInput) as refused:
        read_bundle(folder_of(tmp_path, links=links))

    dangling = [issue for issue in refused.value.issues if issue.code == "id_dangling"]
    (rest,) = [issue for issue in refused.value.issues if issue.code == "more_like_this"]
    assert len(dangling) + rest.params["count"] == 1000
