"""Why somebody is in or out, what would change it and how milestones stand has words in both languages."""

import re
from pathlib import Path

import pytest
from applicants import case
from shelves import valley

import impact
from impact.i18n import programmes
from impact.i18n.wording import entries
from impact.programmes.criteria.finding import Finding
from impact.programmes.criteria.origin import TypeCriterion
from impact.programmes.criteria.proof import CertificateCriterion
from impact.programmes.criteria.readiness import DataCriterion, ListingCriterion, LogisticsCriterion
from impact.programmes.dossier import Rung, Stage
from impact.programmes.eligibility import judged
from impact.programmes.goals import metrics
from impact.programmes.milestones import Progress, Standing

CORE = Path(impact.__file__).parent / "programmes"
CODES = re.compile(r"""(?:\bmet\(|\bunmet\(|code = |else )["']([a-z]+_[a-z_]+)["']""")
OUTS = re.compile(r"""(?:\bunmet\(|code = |else )["']([a-z]+_[a-z_]+)["']""")
WHYS = re.compile(r"""Progress\(Standing\.\w+, ["'](\w+)["']""")


def _criteria() -> list[str]:
    return [path.read_text("utf-8") for path in (CORE / "criteria").glob("*.py")]


def codes() -> set[str]:
    return {code for text in _criteria() for code in CODES.findall(text)} | {
        f"application_{stage}" for stage in Stage
    }


def test_every_code_of_a_criterion_has_words_and_no_other_has():
    said = {code.removeprefix("eligibility.") for code in entries("zh") if code.startswith("eligibility.")}

    assert codes() == said


def test_why_somebody_is_out_can_be_said_of_many():
    outs = {code for text in _criteria() for code in OUTS.findall(text)}
    outs |= {f"application_{stage}" for stage in Stage if stage is not Stage.ACCEPTED}

    assert {f"eligibility_code.{code}" for code in outs} == {
        code for code in entries("zh") if code.startswith("eligibility_code.")
    }


def test_every_rung_and_every_metric_has_a_name():
    assert {f"rung.{rung}" for rung in Rung} | {f"rung_change.{rung}" for rung in Rung} <= set(entries("zh"))
    assert {f"metric.{each}" for each in metrics().outcomes | metrics().processes} <= set(entries("zh"))


def test_every_standing_of_a_milestone_has_words():
    whys = set(WHYS.findall((CORE / "milestones.py").read_text("utf-8")))

    assert {f"milestone_why.{why}" for why in whys} == {
        c for c in entries("zh") if c.startswith("milestone_why.")
    }
    assert programmes.stands(Progress(Standing.MET, "target_reached"), "zh")[0] == "已达成"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "zh",
            "不在项目里：商家类型（地区特产）不在项目范围内；没有需要的证书，例如绿色食品；平台上还没有店铺",
        ),
        (
            "en",
            "Not in the programme: The programme is not for producers of this type (Regional specialties); "
            "A certificate is missing, such as Green food; It has no shop on the platform yet",
        ),
    ],
)
def test_a_verdict_says_every_reason(lang, said):
    criteria = [ListingCriterion(), CertificateCriterion(any_of=("green",)), TypeCriterion(any_of=("craft",))]

    assert programmes.judged(judged(case(has_shop=False), criteria), lang) == said


def test_who_is_in_is_told_so():
    assert programmes.judged(judged(case(), []), "zh") == "在项目里"


def test_evidence_is_named_in_words():
    assert programmes.found(LogisticsCriterion().found(case()), "zh") == "冷藏商品，有冷链承运方"
    missing = DataCriterion(fields=("price",)).found(case(stated=None))
    assert programmes.found(missing, "en") == "1 figure is missing: price"


def test_names_of_things_without_words_stay_as_they_are():
    assert programmes.metric("their_own", "en") == "their_own"
    assert programmes.track("top_kol", "en") == "Top creators"
    assert programmes.rung(Rung.LISTING, "zh") == "店铺"
    assert "开店" in programmes.advice("shop_missing", Rung.LISTING, "zh")


def test_a_region_goes_by_its_name_where_it_is_known():
    (yongde,) = (each for each in valley().graph.catalog.regions if each.adcode == "530923")
    out = Finding("region", "region_out", False, {"region": "530923"}, None)

    assert "530923" in programmes.found(out, "zh")
    assert "永德县" in programmes.found(out, "zh", {"530923": yongde})
