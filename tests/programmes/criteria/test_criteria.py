"""Each criterion says by what evidence it is met, or what is missing, and on which rung."""

from datetime import date

import pytest
from applicants import TODAY, case
from pydantic import TypeAdapter

from impact.model import ColdChain
from impact.programmes.criteria import Criterion
from impact.programmes.dossier import Application, Certificate, Decision, Nps

READ = TypeAdapter(Criterion).validate_python
NO = Decision(date(2026, 8, 1), accepted=False, reason="产量不实")
GREEN = {"kind": "certificate", "any_of": ("green", "gi")}


@pytest.mark.parametrize(
    ("asked", "changes", "code", "evidence"),
    [
        ({"kind": "region", "any_of": ("620000",)}, {}, "region_in", {"region": "620000"}),
        ({"kind": "region", "any_of": ("621026", "620000")}, {}, "region_in", {"region": "621026"}),
        ({"kind": "tier", "any_of": ("1", "2")}, {}, "tier_in", {"tier": "1"}),
        ({"kind": "type", "any_of": ("specialty",)}, {}, "type_in", {"type": "specialty"}),
        ({"kind": "category", "any_of": ("fruit",)}, {}, "category_in", {"category": "fruit"}),
        (GREEN, {}, "certificate_valid", {"certificate": "gi", "number": "AGI00001", "until": "2027-12-31"}),
        (GREEN, {"certificates": (Certificate("green"),)}, "certificate_undated", {"certificate": "green"}),
        ({"kind": "nps", "at_least": 45.0}, {}, "nps_high_enough", {"lower": 45.0, "answers": 200}),
        ({"kind": "nps", "at_least": 0.0}, {"nps": None}, "nps_too_few_answers", {"answers": 0}),
        ({"kind": "nps", "at_least": 0.0}, {"nps": Nps(-50.0, 29)}, "nps_too_few_answers", {"answers": 29}),
        ({"kind": "listing"}, {}, "shop_there", {}),
        ({"kind": "contact"}, {}, "contact_there", {}),
        ({"kind": "data"}, {}, "data_stated", {"count": 3}),
        ({"kind": "logistics"}, {}, "cold_chain_by_carrier", {"cold_chain": "chilled"}),
        ({"kind": "logistics"}, {"cold_chain_county": True}, "cold_chain_of_county", {}),
        ({"kind": "logistics"}, {"product__cold_chain": ColdChain.AMBIENT}, "cold_chain_not_needed", {}),
        ({"kind": "application"}, {}, "application_accepted", {}),
    ],
)
def test_what_is_met_names_its_evidence(asked, changes, code, evidence):
    found = READ(asked).found(case(**changes))

    assert (found.is_met, found.code, found.rung) == (True, code, None)
    assert evidence.items() <= found.evidence.items()


@pytest.mark.parametrize(
    ("asked", "changes", "code", "rung"),
    [
        ({"kind": "region", "any_of": ("530000",)}, {}, "region_out", None),
        ({"kind": "tier", "any_of": ("2",)}, {}, "tier_out", None),
        (
            {"kind": "tier", "any_of": ("0", "1")},
            {"producer__imputed": frozenset({"tier"})},
            "tier_unknown",
            None,
        ),
        ({"kind": "type", "any_of": ("craft",)}, {}, "type_out", None),
        ({"kind": "category", "any_of": ("tea",)}, {}, "category_out", None),
        (GREEN, {"certificates": ()}, "certificate_missing", "certificates"),
        (GREEN, {"certificates": None}, "certificate_unknown", "certificates"),
        (GREEN, {"certificates": (Certificate("iso"),)}, "certificate_missing", "certificates"),
        (GREEN, {"on": date(2028, 1, 1)}, "certificate_expired", "certificates"),
        ({"kind": "nps", "at_least": 45.1}, {}, "nps_too_low", "experience"),
        ({"kind": "nps", "at_least": 0.0}, {"nps": Nps(-50.0, 30)}, "nps_too_low", "experience"),
        ({"kind": "listing"}, {"has_shop": False}, "shop_missing", "listing"),
        ({"kind": "listing"}, {"has_shop": None}, "shop_unknown", "listing"),
        ({"kind": "contact"}, {"has_contact": False}, "contact_missing", "contact"),
        ({"kind": "contact"}, {"has_contact": None}, "contact_unknown", "contact"),
        ({"kind": "data"}, {"stated": None}, "data_missing", "data"),
        ({"kind": "data", "fields": ("season",)}, {"stated": frozenset({"price"})}, "data_missing", "data"),
        ({"kind": "logistics"}, {"has_cold_carrier": False}, "cold_chain_missing", "logistics"),
        ({"kind": "logistics"}, {"has_cold_carrier": None}, "cold_chain_unknown", "logistics"),
        ({"kind": "application"}, {"application": Application()}, "application_none", "application"),
        ({"kind": "application"}, {"on": date(2026, 7, 15)}, "application_waits_for_county", "application"),
        (
            {"kind": "application"},
            {"application": Application(date(2026, 7, 1), NO)},
            "application_refused_by_county",
            "application",
        ),
    ],
)
def test_what_is_missing_names_the_rung_that_mends_it(asked, changes, code, rung):
    found = READ(asked).found(case(**changes))

    assert (found.is_met, found.code, found.rung) == (False, code, rung)


def test_a_refusal_carries_its_reason():
    found = READ({"kind": "application"}).found(case(application=Application(date(2026, 7, 1), NO)))

    assert found.evidence == {"reason": "产量不实"}


def test_of_several_certificates_the_one_that_lasts_longest_counts():
    certificates = tuple(Certificate("green", str(year), date(year, 1, 1)) for year in (2020, 2030, 2025))

    assert READ(GREEN).found(case(certificates=certificates)).evidence["number"] == "2030"


def test_a_criterion_is_asked_only_of_the_types_it_names():
    asked = READ({"kind": "application", "types": ("specialty",)})

    assert asked.concerns(case())
    assert not asked.concerns(case(type="firm"))


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "region", "any_of": ()},
        {"kind": "tier", "any_of": ("3",)},
        {"kind": "nps", "at_least": 101.0},
        {"kind": "data", "fields": ("luck",)},
        {"kind": "luck"},
        {"kind": "listing", "colour": "red"},
    ],
)
def test_a_criterion_that_means_nothing_is_refused(asked):
    with pytest.raises(ValueError, match="validation error"):
        READ(asked)


def test_what_is_decided_later_does_not_count_yet():
    assert READ(GREEN).found(case(on=TODAY)).is_met
    assert not READ({"kind": "application"}).found(case(on=date(2026, 6, 1))).is_met
