"""A programme from a template to a plan over what partners list, by the commands."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from impact.cli import commands

HEADER = "商品名称,商家名称,省份,县区,品类,月产能,价格,上市期,储运方式,认证,有效期至,是否开店,联系人\n"
APPLES = "宁县新苹果,宁县合作社,甘肃省,宁县,水果,20吨,6元/斤,9月-11月,常温,绿色食品,2027-12-31,是,王小云\n"
PEARS = "宁县新梨,宁县合作社,甘肃省,宁县,水果,5吨,6元/斤,9月-11月,常温,,,否,\n"


@pytest.fixture(autouse=True)
def own_database(own_url):
    """Commands have a database of their own."""


@pytest.fixture
def listed(tmp_path):
    file = tmp_path / "名录.csv"
    file.write_text(HEADER + APPLES + PEARS, "utf-8")
    assert run("catalog", "commit", str(file), "--partner", "宁县农业局").exit_code == 0


@pytest.fixture
def document(tmp_path):
    def drafted(**changes: object) -> str:
        file = tmp_path / "programme.json"
        run(
            "programmes", "draft", "mountain_goods", "--id", "qy", "--start", "2026-10-01", "--out", str(file)
        )
        content = json.loads(file.read_text("utf-8"))
        file.write_text(json.dumps({**content, **changes}), "utf-8")
        return str(file)

    return drafted


def run(*args, lang="zh"):
    return CliRunner().invoke(commands, ["--lang", lang, *args])


def test_the_templates_are_listed_in_both_languages():
    assert "mountain_goods  山货上头条" in run("programmes", "templates").stdout
    assert "crafts  Crafts seen" in run("programmes", "templates", lang="en").stdout


def test_a_draft_goes_to_standard_output_or_a_file(document):
    printed = json.loads(
        run("programmes", "draft", "mountain_goods", "--id", "qy", "--start", "2026-10-01").stdout
    )

    assert json.loads(Path(document()).read_text("utf-8")) == printed
    assert (printed["programme_id"], printed["month"]) == ("qy", 10)


def test_an_unknown_template_is_refused_with_those_there_are():
    refused = run("programmes", "draft", "luck", "--id", "x", "--start", "2026-10-01")

    assert refused.exit_code == 2
    assert "mountain_goods" in refused.stderr


@pytest.mark.usefixtures("listed")
def test_who_is_in_and_who_is_not_is_told_with_the_reasons(document):
    criteria = [{"kind": "certificate", "any_of": ["green"]}, {"kind": "listing"}, {"kind": "contact"}]
    file = document(eligibility=criteria)

    told = run("programmes", "judge", file, "--on", "2026-10-01").stdout
    later = run("programmes", "judge", file, "--on", "2028-01-01").stdout

    assert "其中合作方上报的：1 个在，1 个不在。" in told
    assert "平台上还没有店铺" in told
    assert "其中合作方上报的：0 个在，2 个不在。" in later
    assert "已于 2027-12-31 到期" in later


@pytest.mark.usefixtures("listed")
def test_verdicts_can_be_had_product_by_product(document):
    file = document(eligibility=[{"kind": "listing"}, {"kind": "data"}])

    judged = json.loads(run("programmes", "judge", file, "--on", "2026-10-01", "--json", lang="en").stdout)

    listed = [each for each in judged if each["product"].startswith("G")]
    assert sorted(each["eligible"] for each in listed) == [False, True]
    (out,) = [each for each in listed if not each["eligible"]]
    shop = next(each for each in out["findings"] if each["criterion"] == "listing")
    assert (shop["code"], shop["met"], shop["rung"]) == ("shop_missing", False, "listing")
    assert shop["said"] == "It has no shop on the platform yet"


@pytest.mark.slow
@pytest.mark.usefixtures("listed")
def test_a_partners_file_comes_to_a_plan_that_leaves_out_who_is_not_in(document):
    everyone = {"id": "everyone", "kind": "producer_floor", "of_capacity": 0.03}
    criteria = [{"kind": "listing"}, {"kind": "type", "any_of": ["specialty"]}]
    file = document(eligibility=criteria, quotas=[], rules=[everyone])

    planned = run("programmes", "plan", file, "--on", "2026-10-01", "--presume", lang="en")

    assert planned.exit_code == 0, planned.output
    assert "Of those that partners list 1 are in and 1 are not." in planned.stdout
    assert "1 of them listed by partners." in planned.stdout


def test_a_goal_that_is_a_process_metric_wants_a_reason_before_it_is_planned(document):
    goal = {
        "outcome": {"zh": "GMV 过亿", "en": "More income"},
        "metric": "jobs",
        "target": 1,
        "by": "2027-01-01",
    }

    refused = run("programmes", "plan", document(goal=goal), "--on", "2026-10-01")

    assert refused.exit_code == 2
    assert "过程指标" in refused.stderr


@pytest.mark.parametrize("command", ["judge", "plan"])
def test_a_document_that_is_not_there_or_not_right_is_refused(command, document, tmp_path):
    missing = run("programmes", command, str(tmp_path / "none.json"))
    wrong = run("programmes", command, document(month=13))

    assert (missing.exit_code, wrong.exit_code) == (2, 2)
    assert "month" in wrong.stderr
