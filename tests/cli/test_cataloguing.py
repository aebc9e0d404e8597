"""A partner's file from the first look to what is listed, by the commands."""

import csv
import json

import pytest
from click.testing import CliRunner

from impact.cli import commands

TITLE = "安吉县2024年特色产品名录\n"
HEADER = "序号,产品,产地省,县（市、区）,品类,月产能（吨）,单价\n"
GOOD = "1,安吉白茶,浙江省,安吉县,茶叶,约12吨,80元/斤\n2,平泉香菇,河北省,平泉县,食用菌,3万斤,8-12元/斤\n"
BAD = "3,通州大米,,通州区,粮食,20,5元/斤\n"
NOTE = "注：数据由各乡镇上报\n"


@pytest.fixture(autouse=True)
def own_database(own_url):
    """Commands have a database of their own."""


@pytest.fixture
def sent(tmp_path):
    file = tmp_path / "名录.csv"
    file.write_bytes((TITLE + HEADER + GOOD + BAD + NOTE).encode("gb18030"))
    return file


def run(*args, lang="zh"):
    return CliRunner().invoke(commands, ["--lang", lang, "catalog", *map(str, args)], catch_exceptions=False)


def checked(*args):
    return json.loads(run("check", *args, "--json").output)


def test_a_file_is_understood_at_the_first_try(sent):
    found = checked(sent, "--partner", "anji")

    assert (found["encoding"], found["header_row"], found["rows"]) == ("gb18030", 2, 3)
    assert {line["header"]: line["column"] for line in found["mapping"]}["产品"] == "product"
    assert [(line["row"], line["why"]) for line in found["set_aside"]] == [(1, "title"), (6, "note")]
    assert found["outcomes"] == {"new": 2, "changed": 0, "unchanged": 0, "absent": 0, "rejected": 1}


def test_what_has_to_be_mended_is_said_where_the_partner_sees_it(sent):
    ended = run("check", sent, "--partner", "anji")

    assert ended.exit_code == 1
    assert "第 5 行，县（市、区）" in ended.output
    assert "通州区" in ended.output


def test_checking_saves_nothing(sent):
    run("check", sent, "--partner", "anji")

    assert checked(sent, "--partner", "anji")["outcomes"]["new"] == 2


def test_a_file_with_rows_to_mend_is_not_half_taken_over(sent):
    ended = run("commit", sent, "--partner", "anji")

    assert ended.exit_code == 1
    assert "什么都没有保存" in ended.output
    assert checked(sent, "--partner", "anji")["outcomes"]["new"] == 2


def test_good_rows_are_saved_and_the_others_come_back_to_be_mended(sent, tmp_path):
    back = tmp_path / "退回.csv"

    ended = run("commit", sent, "--partner", "anji", "--rejected", back)

    assert ended.exit_code == 1
    header, row = list(csv.reader(back.open(encoding="utf-8-sig")))
    assert header[-1] == "退回原因"
    assert row[:4] == ["3", "通州大米", "", "通州区"]
    assert "通州区" in row[-1]

    back.write_text(back.read_text("utf-8-sig").replace("通州大米,,", "通州大米,北京市,"), "utf-8")
    assert run("commit", back, "--partner", "anji").exit_code == 0
    assert checked(sent, "--partner", "anji")["outcomes"]["rejected"] == 1  # the old file is as it was
    assert checked(back, "--partner", "anji")["outcomes"]["unchanged"] == 1


def test_the_same_file_twice_changes_nothing(sent, tmp_path):
    good = tmp_path / "good.csv"
    good.write_text(HEADER + GOOD, "utf-8")
    assert run("commit", good, "--partner", "anji").exit_code == 0

    again = run("commit", good, "--partner", "anji")

    assert again.exit_code == 0
    assert "没有要改动的内容" in again.output


def test_an_import_is_undone_by_its_number(tmp_path):
    good = tmp_path / "good.csv"
    good.write_text(HEADER + GOOD, "utf-8")
    run("commit", good, "--partner", "anji")
    told = run("history", "--partner", "anji", lang="en").output
    number = told.split("Import ")[1].split()[0]

    assert run("undo", number).exit_code == 0
    assert checked(good, "--partner", "anji")["outcomes"]["new"] == 2
    assert run("undo", number).exit_code == 2


def test_a_partner_says_what_a_header_means_and_it_is_remembered(tmp_path):
    odd = tmp_path / "odd.csv"
    odd.write_text("东西,县\n安吉白茶,浙江省安吉县\n", "utf-8")
    assert run("check", odd, "--partner", "anji").exit_code == 1

    assert run("commit", odd, "--partner", "anji", "--map", "东西=product").exit_code == 0

    assert checked(odd, "--partner", "anji")["outcomes"]["unchanged"] == 1


@pytest.mark.parametrize("mapped", ["东西=nothing", "没有=product", "东西"])
def test_a_meaning_that_cannot_be_is_refused(tmp_path, mapped):
    odd = tmp_path / "odd.csv"
    odd.write_text("东西,县\n安吉白茶,安吉县\n", "utf-8")

    assert run("check", odd, "--map", mapped).exit_code == 2


def test_what_the_file_does_not_name_is_counted_and_stays(tmp_path):
    good, less = tmp_path / "good.csv", tmp_path / "less.csv"
    good.write_text(HEADER + GOOD, "utf-8")
    less.write_text(HEADER + GOOD.splitlines()[0].replace("80元", "90元") + "\n", "utf-8")
    run("commit", good, "--partner", "anji")

    assert checked(less, "--partner", "anji")["outcomes"] == {
        "new": 0, "changed": 1, "unchanged": 0, "absent": 1, "rejected": 0
    }  # fmt: skip
    assert checked(less, "--partner", "anji")["rows"] == 1
    assert "另有 1 个已登记的商品这次没有出现" in run("check", less, "--partner", "anji").output
    run("commit", less, "--partner", "anji")
    assert checked(good, "--partner", "anji")["outcomes"]["absent"] == 0
    run("commit", less, "--partner", "anji", "--retire-absent")
    assert checked(good, "--partner", "anji")["outcomes"]["new"] == 1


def test_what_would_change_is_told_field_by_field(tmp_path):
    good, later = tmp_path / "good.csv", tmp_path / "later.csv"
    good.write_text(HEADER + GOOD, "utf-8")
    later.write_text(HEADER + GOOD.replace("80元", "90元").replace("1,安吉", "7,安吉"), "utf-8")
    run("commit", good, "--partner", "anji")

    (change,) = checked(later, "--partner", "anji")["changes"]

    assert (change["row"], change["product"], change["outcome"]) == (2, "安吉白茶", "changed")
    fields = {field["name"]: (field["column"], field["before"], field["after"]) for field in change["fields"]}
    assert fields == {
        "price": ("price", {"yuan": 160.0, "per": "kg"}, {"yuan": 180.0, "per": "kg"}),
        "序号": (None, "1", "7"),
    }
    told = run("check", later, "--partner", "anji").output
    assert "第 2 行，安吉白茶：价格 160元/千克 → 180元/千克；序号 1 → 7" in told


def test_the_first_rows_show_whether_a_file_was_read_well(sent):
    preview = checked(sent)["preview"]

    assert preview[0][:4] == ["1", "安吉白茶", "浙江省", "安吉县"]
    assert len(preview) == 3


def test_a_header_that_another_beats_is_told_so(tmp_path):
    file = tmp_path / "two.csv"
    file.write_text("商品名称,品名,县\n安吉白茶,白茶,安吉县\n", "utf-8")

    assert "品名 → 原样保留（“商品名称”更像是这一列）" in run("check", file).output


def test_nothing_is_taken_away_beside_rows_to_mend(sent, tmp_path):
    good, back = tmp_path / "good.csv", tmp_path / "back.csv"
    good.write_text(HEADER + GOOD + BAD.replace(",,", ",北京市,"), "utf-8")
    run("commit", good, "--partner", "anji")

    ended = run("commit", sent, "--partner", "anji", "--rejected", back, "--retire-absent")

    assert ended.exit_code == 2
    assert "保留没有出现的商品" in ended.output
    assert checked(good, "--partner", "anji")["outcomes"]["unchanged"] == 3


def test_an_import_is_told_with_the_rows_sent_back(sent, tmp_path):
    ended = run("commit", sent, "--partner", "anji", "--rejected", tmp_path / "back.csv")

    assert "新增 2，变更 0，不变 0，退回 1" in ended.output
    assert "退回 1" in run("history", "--partner", "anji").output


def test_another_partners_listings_stay_their_own(sent, tmp_path):
    good = tmp_path / "good.csv"
    good.write_text(HEADER + GOOD, "utf-8")
    run("commit", good, "--partner", "anji")

    found = checked(good, "--partner", "deqing")

    assert found["outcomes"]["new"] == 2
    assert {line["code"] for line in found["issues"]} >= {"listed_elsewhere"}
    assert "anji" not in json.dumps(found)


def test_a_file_that_is_none_ends_with_two(tmp_path):
    nothing = tmp_path / "nothing.csv"
    nothing.write_bytes(b"")

    assert run("check", nothing).exit_code == 2
    assert run("check", tmp_path / "gone.csv").exit_code == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_what_is_exported_is_imported_without_a_change(tmp_path, lang, name):
    good, out = tmp_path / "good.csv", tmp_path / name
    good.write_text(HEADER + GOOD, "utf-8")
    run("commit", good, "--partner", "anji")

    assert run("export", "--partner", "anji", "--out", out, lang=lang).exit_code == 0

    outcomes = checked(out, "--partner", "anji")["outcomes"]
    assert outcomes == {"new": 0, "changed": 0, "unchanged": 2, "absent": 0, "rejected": 0}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_template_is_itself_a_file_to_commit(tmp_path, lang):
    out = tmp_path / "template.xlsx"

    assert run("template", "--out", out, lang=lang).exit_code == 0

    assert run("commit", out, "--partner", "anji").exit_code == 0


def test_what_many_rows_have_in_common_is_told_once(tmp_path):
    many = tmp_path / "many.csv"
    many.write_text(HEADER + "".join(f"{i},茶{i},浙江省,安吉县,,,\n" for i in range(120)), "utf-8")
    run("commit", many, "--partner", "anji")

    told = run("check", many, "--partner", "deqing").output

    assert "第 2、3、4、5、6、7 行等 120 行：同一产地的“茶0”已有其他合作方登记" in told
    assert "茶1”" not in told
