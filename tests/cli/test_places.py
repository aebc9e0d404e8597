"""`regions resolve` says which division a text means, or what it may mean."""

import json

import pytest
from click.testing import CliRunner

from impact.cli import commands


def run(*args, lang="zh", given=None):
    return CliRunner().invoke(commands, ["--lang", lang, "regions", "resolve", *args], input=given)


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
