"""A process metric or a method in the place of a goal is flagged, in both languages, and wants a reason."""

import re
from datetime import date
from pathlib import Path

import pytest

from impact.programmes import goals
from impact.programmes.document import Goal, Names
from impact.programmes.goals import metrics, mistakes, unreasoned

PROCESS, METHOD = "goal_is_process_metric", "goal_is_method"
CLEAR = Names(zh="农户收入比去年高", en="Households earn more than last year")


def goal(
    zh: str = CLEAR.zh, en: str = CLEAR.en, metric: str = "income_per_household", reason: str = ""
) -> Goal:
    names = Names(zh=zh, en=en)
    return Goal(outcome=names, metric=metric, target=1.0, by=date(2027, 1, 1), reason=reason)


@pytest.mark.parametrize(
    ("zh", "code", "found"),
    [
        ("GMV 达到 1 亿", PROCESS, "GMV"),
        ("成交额增长三成", PROCESS, "成交额"),
        ("全年曝光 100 亿次", PROCESS, "曝光"),
        ("短视频播放量过亿", PROCESS, "播放量"),
        ("涨粉 50 万", PROCESS, "涨粉"),
        ("店铺访问量翻一番", PROCESS, "访问量"),
        ("开100场直播", METHOD, "开100场"),
        ("开 100 场直播", METHOD, "开 100 场"),
        ("国庆期间举办三场带货大赛", METHOD, "举办三场"),
        ("邀请20位达人", METHOD, "邀请20位达人"),
        ("培训五百名主播", METHOD, "培训五百名主播"),
        ("每县上线一个专区", METHOD, "上线一个专区"),
        ("拍摄上千条短视频", METHOD, "拍摄上千条短视频"),
    ],
)
def test_a_mistake_is_flagged_in_chinese(zh, code, found):
    (issue,) = mistakes(goal(zh=zh))

    assert (issue.code, issue.column, issue.params["found"]) == (code, "goal.outcome.zh", found)


@pytest.mark.parametrize(
    ("en", "code", "found"),
    [
        ("Reach a GMV of 100 million", PROCESS, "GMV"),
        ("10 billion exposures in a year", PROCESS, "exposures"),
        ("Double page views", PROCESS, "page views"),
        ("Gain 500,000 followers", PROCESS, "followers"),
        ("Open 100 livestreams", METHOD, "Open 100 livestreams"),
        ("Hold three contests before the feast", METHOD, "Hold three contests"),
        ("invite 20 top creators", METHOD, "invite 20 top creators"),
        ("Train 500 village hosts", METHOD, "Train 500 village hosts"),
        ("Run a campaign in October", METHOD, "Run a campaign"),
        ("Publish hundreds of short videos", METHOD, "Publish hundreds of short videos"),
    ],
)
def test_a_mistake_is_flagged_in_english(en, code, found):
    (issue,) = mistakes(goal(en=en))

    assert (issue.code, issue.column, issue.params["found"]) == (code, "goal.outcome.en", found)


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("让 1000 户农户增收", "A thousand farm households earn more"),
        ("50 个县的商家第一次卖出商品", "Producers of 50 counties make their first sale"),
        ("优先县农户户均年收入增加 2000 元", "Households of priority counties earn 2,000 yuan more a year"),
        ("新增就业 300 人", "300 new jobs"),
        ("商品净推荐值达到 40", "Goods reach a net promoter score of 40"),
        ("三成顾客愿意再买", "Three in ten customers buy again"),
        ("打开销路，让 300 户第一次卖出", "Open the market for 300 households that never sold"),
        ("30 门手艺有人接着做", "Thirty crafts are handed on"),
    ],
)
def test_an_outcome_is_not_flagged(zh, en):
    assert mistakes(goal(zh, en)) == ()


@pytest.mark.parametrize("metric", sorted(metrics().processes))
def test_a_process_metric_as_the_measure_is_flagged(metric):
    (issue,) = mistakes(goal(metric=metric))

    assert (issue.code, issue.column, issue.params) == (PROCESS, "goal.metric", {"found": metric})


@pytest.mark.parametrize("metric", [*sorted(metrics().outcomes), "a_metric_of_their_own"])
def test_other_measures_are_not(metric):
    assert mistakes(goal(metric=metric)) == ()


def test_everything_that_is_flagged_is_told_at_once():
    found = mistakes(goal("开100场直播，GMV 过亿", "Open 100 livestreams", "gmv"))

    assert sorted(issue.code for issue in found) == [METHOD, METHOD, PROCESS, PROCESS]


@pytest.mark.parametrize("reason", ["", "   ", "领导要求"])
def test_without_a_reason_the_flags_stand(reason):
    assert unreasoned(goal("GMV 过亿", reason=reason)) == mistakes(goal("GMV 过亿"))


@pytest.mark.parametrize(
    ("reason", "is_enough"),
    [("先验证渠道能否承接", False), ("先验证渠道能否承接好", True), ("　 十个字符以内的理由 　", False)],
)
def test_a_reason_has_ten_characters_at_least(reason, is_enough):
    assert (unreasoned(goal("GMV 过亿", reason=reason)) == ()) is is_enough


def test_a_written_reason_lets_it_pass():
    reason = "本期只验证渠道能否承接，下一期再以增收为目标。"

    assert unreasoned(goal("GMV 过亿", reason=reason)) == ()


def test_no_metric_is_both():
    assert not metrics().outcomes & metrics().processes


def test_flags_have_words_of_their_own():
    codes = set(re.findall(r'Issue\("(\w+)"', Path(goals.__file__).read_text("utf-8")))

    assert codes == {PROCESS, METHOD}
