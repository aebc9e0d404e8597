"""`regions resolve` says which division a text means, or what it may mean; `show` what is known of it."""

import json

import pytest
from click.testing import CliRunner

from impact.cli import commands


def run(*args, lang="zh", given=None, command="resolve"):
    return CliRunner().invoke(commands, ["--lang", lang, "regions", command, *args], input=given)


def test_a_place_is_told_with_its_code_and_how_sure():
    ended = run("恩施州", "浙江安吉")

    assert ended.exit_code == 0
    assert "恩施州 → 422800 湖北省恩施土家族苗族自治州（把握 95%）" in ended.output
    assert "330523" in ended.output


def test_what_is_ambiguous_is_told_with_all_it_may_mean():
    ended = run("通州区", "--json")

    assert ended.exit_code == 1
    (found,) = json.loads(ended.output)
    assert found["adcode"] is None
    assert [each["adcode"] for each in found["candidates"]] == ["110112", "320612"]
    assert "江苏省南通市通州区" in found["refused"]


def test_a_doubt_is_said_and_places_are_read_from_lines():
    ended = run("-", lang="en", given="浙江省杭州市安吉县\nTongzhou\n")

    assert ended.exit_code == 1
    assert "330523" in ended.output
    assert "is taken as 浙江省湖州市安吉县" in ended.output


@pytest.mark.parametrize("args", [(), ("--map",)])
def test_without_a_text_nothing_is_resolved(args):
    assert run(*args).exit_code == 2


def test_what_is_known_of_a_division_is_shown():
    ended = run("贵州威宁县", command="show")

    assert ended.exit_code == 0
    assert "520526 贵州省毕节市威宁彝族回族苗族自治县" in ended.output
    assert "威宁自治县" in ended.output
    assert "一级优先县" in ended.output


def test_it_is_a_document_too():
    shown = json.loads(run("湖州市", "--json", command="show").output)

    assert (shown["adcode"], shown["level"], shown["holders"]) == ("330500", "prefecture", ["330000"])
    assert "330523" in shown["children"]


def test_belts_that_take_in_a_division_are_shown():
    assert "产业带：宜兴茶叶" in run("安吉县", command="show").output
    assert {"belt_id": "tea-320282", "name": "宜兴茶叶"} in json.loads(
        run("湖州市", "--json", command="show").output
    )["belts"]


def test_of_an_ambiguous_name_nothing_is_shown_but_what_it_may_mean():
    ended = run("通州区", lang="en", command="show")

    assert ended.exit_code == 1
    assert "江苏省南通市通州区" in ended.output
