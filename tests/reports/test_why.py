"""Why a producer got what it got."""

import numpy as np
import pytest
from shelves import valley

from impact.reports.standing import standings
from impact.reports.why import NEAREST_FIRST, opened
from impact.reports.why import why as account_for

PRODUCERS = range(12)


def why(solved, producer):
    return account_for(solved, opened(solved), producer)


def _number(producer_id):
    return valley().problem.producer_ids.index(producer_id)


@pytest.mark.parametrize("producer", PRODUCERS)
def test_links_of_a_producer_add_up_to_what_it_got(producer):
    solved = valley()

    account = why(solved, producer)

    own = solved.problem.producer_of == producer
    assert account.exposure == pytest.approx(solved.plan.exposure[own].sum())
    assert account.worth == pytest.approx((solved.plan.exposure * solved.problem.value)[own].sum())
    assert len(account.links) == own.sum()


@pytest.mark.parametrize("producer", PRODUCERS)
def test_evidence_adds_up_to_the_score(producer):
    scores = valley().graph.links.score[valley().problem.producer_of == producer]

    links = why(valley(), producer).links

    assert all(sum(link.parts) == pytest.approx(link.score) for link in links)
    assert sorted(link.score for link in links) == pytest.approx(sorted(scores))


@pytest.mark.parametrize("producer", PRODUCERS)
def test_only_links_worth_their_threshold_are_used(producer):
    for link in why(valley(), producer).links:
        if link.exposure:
            assert link.value >= link.threshold - 1e-9
        else:
            assert link.value <= link.threshold + 1e-9


def test_charges_and_ceilings_account_for_all_of_the_worth():
    solved = valley()
    gain = np.maximum(solved.problem.value - opened(solved).charged.total, 0)

    used = solved.plan.exposure * (solved.problem.value - opened(solved).charged.total)

    assert used.sum() == pytest.approx((gain * solved.problem.box).sum(), abs=1e-6)  # complementary slackness


def test_a_producer_whose_goods_nobody_wants_is_told_so():
    account = why(valley(), _number("P03"))

    assert account.exposure == 0
    assert account.nearest_miss is None
    assert [(reason.code, reason.num_placements) for reason in account.reasons] == [("no_interest", 60)]


def test_a_locked_link_names_the_lock():
    links = why(valley(), _number("P01")).links

    locked = next(link for link in links if link.placement.placement_id == "330000-tea-mall")
    assert (locked.exposure, locked.fate, locked.rule) == (pytest.approx(500), "rule", "pin")


def test_unused_links_are_counted_as_reasons():
    account = why(valley(), _number("P08"))

    unused = [link for link in account.links if not link.exposure]
    told = sum(reason.num_placements for reason in account.reasons if reason.code not in {"no_interest"})
    assert told == len(unused)


def test_each_rule_stands_beside_what_was_asked():
    found = {one.outcome.id: one for one in standings(valley())}

    assert [one.spec["id"] for one in standings(valley())] == [
        rule["id"] for rule in valley().programme.rules
    ]
    assert {name: one.unit for name, one in found.items()} == {
        "priority-counties": "share",
        "crafts": "amount",
        "head": "share",
        "everyone": "share",
        "dominance": "share",
        "experience": "quality",
        "pin": "amount",
    }


def test_the_gain_of_giving_way_is_told_for_one_step():
    found = next(one for one in standings(valley()) if one.outcome.id == "dominance")

    assert found.outcome.binding
    assert found.gain == pytest.approx(found.outcome.price * 0.01)


def test_a_producer_held_up_by_a_floor_is_told_by_which():
    boosts = why(valley(), _number("P05")).boosts

    assert [boost.rule for boost in boosts] == ["priority-counties"]
    assert boosts[0].points == pytest.approx(0.2514, abs=1e-3)


def test_nothing_helps_a_producer_that_gets_nothing():
    assert why(valley(), _number("P03")).boosts == ()


def test_every_refusal_of_the_graph_can_be_a_reason():
    told = {reason.code for number in PRODUCERS for reason in why(valley(), number).reasons}

    assert told >= set(valley().graph.refused) - {"outranked"}  # none is outranked in the valley
    assert set(valley().graph.refused) <= set(NEAREST_FIRST)


@pytest.mark.parametrize("producer", PRODUCERS)
def test_links_in_use_come_first_the_most_used_first_then_those_that_came_closest(producer):
    account = why(valley(), producer)

    assert [link.exposure for link in account.links] == sorted(
        (link.exposure for link in account.links), reverse=True
    )
    missing = [link.threshold - link.value for link in account.links if not link.exposure]
    assert missing == sorted(missing)
    assert (account.nearest_miss is None) == (not missing)
    if missing:
        assert account.nearest_miss.threshold - account.nearest_miss.value == missing[0]
