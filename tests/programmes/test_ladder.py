"""Who is out knows why, and what is named would let it in: tried, not told."""

from dataclasses import replace
from datetime import date

import pytest
from applicants import TODAY, case
from hypothesis import given
from hypothesis import strategies as st

from impact.model import ColdChain
from impact.programmes.criteria.origin import TierCriterion
from impact.programmes.criteria.proof import ApplicationCriterion, CertificateCriterion, NpsCriterion
from impact.programmes.criteria.readiness import (
    ContactCriterion,
    DataCriterion,
    ListingCriterion,
    LogisticsCriterion,
)
from impact.programmes.dossier import Application, Certificate, Decision, Dossier, Nps, Rung
from impact.programmes.eligibility import judged, mended
from impact.programmes.ladder import LADDER, ladder, one_change

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
KINDS = st.sampled_from(["green", "gi", "iso", "luck"])
MAYBE = st.sampled_from([True, False, None])
CRITERIA = st.lists(
    st.one_of(
        st.builds(CertificateCriterion, any_of=st.lists(KINDS, min_size=1, max_size=3).map(tuple)),
        st.builds(NpsCriterion, at_least=st.floats(-100, 100)),
        st.builds(DataCriterion, fields=st.sampled_from([("capacity",), ("season", "price"), ("price",)])),
        st.sampled_from(
            [ListingCriterion(), ContactCriterion(), LogisticsCriterion(), ApplicationCriterion()]
        ),
        st.builds(ListingCriterion, types=st.sampled_from([(), ("craft",), ("specialty",)])),
    ),
    max_size=6,
)


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    steps = sorted(draw(st.lists(DAYS, min_size=3, max_size=3)))
    county = Decision(steps[1], draw(st.booleans()))
    platform = Decision(steps[2], draw(st.booleans())) if county.accepted and draw(st.booleans()) else None
    held = st.builds(Certificate, kind=KINDS, valid_until=st.none() | DAYS)
    return Dossier(
        certificates=draw(st.none() | st.lists(held, max_size=3).map(tuple)),
        has_shop=draw(MAYBE),
        has_contact=draw(MAYBE),
        stated=draw(st.none() | st.frozensets(st.sampled_from(["capacity", "season", "price"]))),
        has_cold_carrier=draw(MAYBE),
        nps=draw(st.none() | st.builds(Nps, st.floats(-100, 100), st.integers(0, 300))),
        application=draw(st.sampled_from([Application(), Application(steps[0], county, platform)])),
    )


@st.composite
def cases(draw: st.DrawFn):
    start = case(dossier=draw(dossiers()), on=draw(DAYS))
    return replace(start, product=replace(start.product, cold_chain=draw(st.sampled_from(ColdChain))))


@given(start=cases(), criteria=CRITERIA)
def test_what_the_reasons_name_lets_in_whoever_is_out(start, criteria):
    verdict = judged(start, criteria)

    assert verdict.is_eligible == (not verdict.reasons)
    rungs = frozenset(each.rung for each in verdict.reasons)
    assert None not in rungs
    assert judged(mended(start, criteria, rungs), criteria).is_eligible


@given(start=cases(), criteria=CRITERIA)
def test_who_lacks_one_thing_is_let_in_by_that_one_thing(start, criteria):
    change = one_change([judged(start, criteria)])

    if change is None:
        assert judged(start, criteria).is_eligible
    elif change.num_more == 0:
        assert judged(mended(start, criteria, frozenset({change.finding.rung})), criteria).is_eligible


@given(start=cases(), criteria=CRITERIA)
def test_doing_one_thing_never_takes_back_another(start, criteria):
    lacking = {each.rung for each in judged(start, criteria).reasons}
    for rung in lacking:
        after = judged(mended(start, criteria, frozenset({rung})), criteria)
        assert {each.rung for each in after.reasons} == lacking - {rung}


def test_what_nobody_can_change_has_no_change():
    out = judged(case(tier="0"), [TierCriterion(any_of=("1",)), ListingCriterion()])

    assert out.is_out_of_reach
    assert one_change([out]) is None


def test_the_one_thing_is_of_the_product_that_lacks_least():
    criteria = [CertificateCriterion(any_of=("green",)), ListingCriterion(), ContactCriterion()]
    far = judged(case(has_shop=None, has_contact=None), criteria)
    near = judged(
        case(product__product_id="P1-2", certificates=(Certificate("green"),), has_contact=False), criteria
    )

    change = one_change([far, near])

    assert (change.product_id, change.finding.code, change.num_more) == ("P1-2", "contact_missing", 0)


def test_the_ladder_has_five_rungs_in_order_and_a_ready_producer_stands_on_top():
    steps = ladder([case()])

    assert [step.rung for step in steps] == list(LADDER) == list(Rung)[:5]
    assert all(step.is_reached for step in steps)


def test_a_rung_is_reached_when_every_product_is_ready():
    steps = {step.rung: step for step in ladder([case(), case(has_shop=False), case(has_shop=None)])}

    assert not steps[Rung.LISTING].is_reached
    assert (steps[Rung.LISTING].finding.code, steps[Rung.LISTING].num_products) == ("shop_missing", 2)
    assert steps[Rung.CONTACT].is_reached


@pytest.mark.parametrize("rung", LADDER)
def test_doing_what_a_rung_asks_reaches_it(rung):
    bare = case(dossier=Dossier(), on=TODAY)

    assert not ladder([bare])[list(LADDER).index(rung)].is_reached
    done = mended(bare, list(LADDER.values()), frozenset({rung}))
    assert ladder([done])[list(LADDER).index(rung)].is_reached
