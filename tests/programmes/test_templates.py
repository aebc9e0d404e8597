"""Five templates to begin from, each with who is in, who is out, and why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from applicants import TODAY, case

from impact.errors import BadInput, Issue
from impact.i18n.wording import entries
from impact.matching.rules import RULES
from impact.model import ColdChain
from impact.programmes.document import Names
from impact.programmes.dossier import Application, Certificate, Decision, Nps
from impact.programmes.eligibility import judged
from impact.programmes.goals import metrics, mistakes
from impact.programmes.templates import blank, drafted, template_names

TEMPLATES = ("crafts", "domestic_brands", "good_books", "industry_belts", "mountain_goods")
NO = Decision(date(2026, 8, 1), accepted=False, reason="已有同类")


@pytest.fixture
def template(data):
    return lambda name, start=TODAY: drafted(data, name, f"{name}-2026", start)


def test_there_are_five(data):
    assert template_names(data) == TEMPLATES


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("start", [TODAY, date(2028, 2, 29), date(2026, 12, 31)])
def test_a_draft_is_dated_from_its_start(template, name, start):
    document = template(name, start)

    assert (document.programme_id, document.template, document.month) == (f"{name}-2026", name, start.month)
    assert document.method.window.first == start
    assert document.goal.by > document.method.window.last
    assert all(start <= each.first < each.due <= start + timedelta(366) for each in document.milestones)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_makes_neither_mistake(template, name):
    goal = template(name).goal

    assert mistakes(goal) == ()
    assert goal.metric in metrics().outcomes


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_whole(template, name):
    document = template(name)

    assert document.eligibility
    assert document.quotas
    assert len(document.milestones) >= 2
    assert set(document.north_star) <= metrics().outcomes
    assert {each.metric for each in document.milestones} <= metrics().outcomes
    assert {each.track for each in document.method.tracks} == {"field", "alliance", "campaign", "top_kol"}
    assert len(RULES.validate_python(document.programme.rules)) == len(document.quotas) + len(document.rules)
    assert f"programme.{name}" in entries("zh")


def test_farm_goods_go_from_the_producer_to_the_county_to_the_platform(template):
    kinds = {criterion.kind for criterion in template("mountain_goods").eligibility}

    assert "application" in kinds


def orchard(**changes):
    return case(**changes)


def workshop(**changes):
    return case(
        **{
            "type": "craft",
            "category": "craft",
            "product__name": "竹编",
            "cold_chain": ColdChain.AMBIENT,
            **changes,
        }
    )


def factory(**changes):
    licence = (Certificate("business_licence", "91330000"),)
    return case(
        **{
            "type": "belt",
            "category": "footwear",
            "certificates": licence,
            "cold_chain": ColdChain.AMBIENT,
            **changes,
        }
    )


def brand(**changes):
    licence = (Certificate("sc", "SC11033", date(2028, 6, 30)),)
    return case(
        **{
            "type": "firm",
            "category": "food",
            "certificates": licence,
            "cold_chain": ColdChain.AMBIENT,
            **changes,
        }
    )


def press(**changes):
    licence = (Certificate("publication_licence", "新出发"),)
    return case(
        **{
            "type": "publisher",
            "category": "book",
            "certificates": licence,
            "cold_chain": ColdChain.AMBIENT,
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("name", "applicant", "reasons"),
    [
        ("mountain_goods", orchard(), []),
        ("mountain_goods", orchard(nps=None, tier="0"), []),  # a newcomer from anywhere
        ("mountain_goods", orchard(certificates=()), ["certificate_missing"]),
        ("mountain_goods", orchard(on=date(2028, 1, 1)), ["certificate_expired"]),
        ("mountain_goods", orchard(application=Application()), ["application_none"]),
        (
            "mountain_goods",
            orchard(application=Application(date(2026, 7, 1), NO)),
            ["application_refused_by_county"],
        ),
        ("mountain_goods", orchard(nps=Nps(-3.0, 90)), ["nps_too_low"]),
        ("mountain_goods", orchard(has_cold_carrier=False), ["cold_chain_missing"]),
        ("mountain_goods", factory(), ["type_out", "category_out", "certificate_missing"]),
        ("industry_belts", factory(), []),
        ("industry_belts", factory(has_contact=None, stated=None), ["contact_unknown", "data_missing"]),
        ("industry_belts", workshop(), ["type_out", "certificate_missing"]),
        ("domestic_brands", brand(), []),
        ("domestic_brands", brand(nps=Nps(19.9, 500)), ["nps_too_low"]),
        ("domestic_brands", brand(has_shop=False), ["shop_missing"]),
        ("domestic_brands", orchard(), ["type_out", "certificate_missing"]),
        ("good_books", press(), []),
        ("good_books", press(category="toys_sports"), ["category_out"]),
        ("good_books", press(certificates=None), ["certificate_unknown"]),
        ("good_books", brand(), ["type_out", "category_out", "certificate_missing"]),
        ("crafts", workshop(), []),
        ("crafts", workshop(certificates=None, nps=None), []),  # no certificate is asked of a craft
        (
            "crafts",
            workshop(application=replace(workshop().dossier.application, platform=NO)),
            ["application_refused_by_platform"],
        ),
        ("crafts", orchard(), ["type_out"]),
    ],
)
def test_who_is_in_who_is_out_and_why(template, name, applicant, reasons):
    verdict = judged(applicant, template(name).eligibility)

    assert [each.code for each in verdict.reasons] == reasons
    assert verdict.is_eligible == (not reasons)


def test_who_is_in_is_found_anew_for_each_cycle(template):
    criteria = template("mountain_goods").eligibility
    cycles = {date(2026, 7, 15): False, TODAY: True, date(2027, 12, 31): True, date(2028, 1, 1): False}

    assert {on: judged(orchard(on=on), criteria).is_eligible for on in cycles} == cycles


def test_a_blank_programme_takes_everybody_in(template):
    document = blank("own", Names(zh="自定", en="Own"), TODAY)

    assert (document.goal, document.programme.rules, document.template) == (None, (), None)
    assert judged(factory(dossier=case().dossier), document.eligibility).is_eligible


def test_a_draft_may_have_a_name_of_its_own(data):
    names = Names(zh="庆阳山货", en="Goods of Qingyang")

    assert drafted(data, "mountain_goods", "qy", TODAY, names).name == names


@pytest.mark.parametrize("name", ["luck", "", "../demo/programme"])
def test_a_template_that_is_not_there_is_refused_with_those_that_are(data, name):
    with pytest.raises(BadInput) as refusal:
        drafted(data, name, "x", TODAY)

    known = "crafts, domestic_brands, good_books, industry_belts, mountain_goods"
    assert refusal.value.issues == (Issue("template_unknown", params={"value": name, "known": known}),)
