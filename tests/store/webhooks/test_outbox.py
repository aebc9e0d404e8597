"""News reaches the outbox with what happened, and stays there until it arrives or is given up."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from impact.access import SYSTEM
from impact.errors import BadInput
from impact.store.partners import Partner, create
from impact.store.webhooks.hooks import Hooks, News, Wanted
from impact.store.webhooks.outbox import POSTINGS, announce
from impact.store.webhooks.postings import PAUSES, PostingStatus, PostOffice

ANAS = Wanted("https://example.org/in", (News.JOB_ENDED,), "ana")
ENDED, PUBLISHED = News.JOB_ENDED, News.PLAN_PUBLISHED


@pytest.fixture
def hooks(engine):
    for name in ("anna", "bo"):
        create(engine, Partner(name, name, name), SYSTEM)
    return Hooks(engine)


@pytest.fixture
def office(engine):
    return PostOffice(engine)


def hook(hooks, *kinds, partner=None):
    made, _ = hooks.add(Wanted("https://example.org/in", kinds or (ENDED,), partner), SYSTEM)
    return made


def tell(engine, kind=ENDED, partner=None, **data):
    with engine.begin() as connection:
        announce(connection, kind, data, partner)


def let_time_pass(engine):
    """Make everything that waits due."""
    past = (datetime.now(UTC) - timedelta(seconds=1)).isoformat(timespec="microseconds")
    with engine.begin() as connection:
        connection.execute(update(POSTINGS).values(due_at=past))


def test_who_wants_the_kind_is_told_and_nobody_else(engine, hooks, office):
    wanting, _ = hook(hooks, ENDED), hook(hooks, PUBLISHED)

    tell(engine, job_id="j1")

    (letter,) = office.take(10)
    assert (letter.hook_id, letter.kind, letter.data) == (wanting.hook_id, "job.ended", {"job_id": "j1"})


def test_partners_hear_of_their_own_alone(engine, hooks, office):
    everybodys, annas = hook(hooks), hook(hooks, partner="anna")
    hook(hooks, partner="bo")

    tell(engine, partner="anna")
    assert {letter.hook_id for letter in office.take(10)} == {everybodys.hook_id, annas.hook_id}

    tell(engine)
    assert [letter.hook_id for letter in office.take(10)] == [everybodys.hook_id]


def test_news_of_what_was_given_up_is_no_news(engine, hooks, office):
    hook(hooks)
    with pytest.raises(RuntimeError, match="power"), engine.begin() as connection:
        announce(connection, ENDED, {})
        raise RuntimeError("the power is gone")

    assert office.take(10) == ()


def test_a_hook_that_ended_hears_nothing_more(engine, hooks, office):
    seen = hook(hooks)
    assert hooks.end(seen, SYSTEM)

    tell(engine)

    assert office.take(10) == ()


def test_a_letter_is_taken_by_one_and_again_where_that_one_was_cut_off(engine, hooks, office):
    hook(hooks)
    tell(engine)

    assert len(office.take(10)) == 1
    assert office.take(10) == ()

    let_time_pass(engine)
    (again,) = office.take(10)
    assert again.attempt == 2


def test_what_fails_is_tried_again_ever_later_and_given_up_in_the_end(engine, hooks, office):
    seen = hook(hooks)
    tell(engine)

    waited = []
    for _ in range(len(PAUSES) + 1):
        (letter,) = office.take(10)
        office.settle(letter, arrived=False, answer="500")
        (posting,) = office.page(seen.hook_id, "", 10)
        if posting.due_at:
            waited.append(datetime.fromisoformat(posting.due_at) - datetime.fromisoformat(posting.tried_at))
            let_time_pass(engine)

    assert waited == list(PAUSES)
    assert (posting.status, posting.attempts, posting.answer) == (
        PostingStatus.GIVEN_UP,
        len(PAUSES) + 1,
        "500",
    )
    let_time_pass(engine)
    assert office.take(10) == ()


def test_what_arrived_is_posted_again_when_asked(engine, hooks, office):
    seen = hook(hooks)
    tell(engine)
    (letter,) = office.take(10)
    office.settle(letter, arrived=True, answer="204")
    assert office.page(seen.hook_id, "", 10)[0].status is PostingStatus.ARRIVED

    assert office.again(seen.hook_id, letter.news_id).status is PostingStatus.WAITING
    assert [again.news_id for again in office.take(10)] == [letter.news_id]
    assert office.again(seen.hook_id, "nothing") is None


def test_who_is_overtaken_says_nothing_of_the_letter(engine, hooks, office):
    seen = hook(hooks)
    tell(engine)
    (slow,) = office.take(10)
    let_time_pass(engine)
    (fast,) = office.take(10)
    office.settle(fast, arrived=True, answer="200")
    office.settle(slow, arrived=False, answer="timed out")

    assert office.page(seen.hook_id, "", 10)[0].status is PostingStatus.ARRIVED


def test_whoever_is_gone_is_told_nothing_more(engine, hooks, office):
    seen = hook(hooks)
    tell(engine)
    (letter,) = office.take(10)
    office.settle(letter, arrived=False, answer="410", gone=True)

    assert hooks.get(seen.hook_id).ended_at is not None
    assert office.page(seen.hook_id, "", 10)[0].status is PostingStatus.GIVEN_UP


def test_a_hook_changes_only_as_it_was_seen(hooks):
    seen = hook(hooks)
    wanted = Wanted("https://example.org/other", (PUBLISHED,))

    changed = hooks.change(seen, wanted, SYSTEM)

    assert (changed.version, hooks.get(seen.hook_id)) == (2, changed)
    assert hooks.change(seen, wanted, SYSTEM) is None
    assert hooks.end(seen, SYSTEM) is False


def test_secrets_are_of_their_own_and_not_shown_again(hooks):
    (first, one), (second, other) = (
        hooks.add(Wanted("https://example.org", (ENDED,)), SYSTEM) for _ in range(2)
    )

    assert one.startswith("whsec_") and one != other
    assert one not in repr(hooks.get(first.hook_id))
    assert {each.hook_id for each in hooks.page(None, "", 10)} == {first.hook_id, second.hook_id}


def test_a_hook_for_a_partner_whom_nobody_knows_is_refused(hooks):
    kept = hook(hooks)
    for tried in (lambda: hook(hooks, partner="ana"), lambda: hooks.change(kept, ANAS, SYSTEM)):
        with pytest.raises(BadInput, match="partner_unknown"):
            tried()

    assert hooks.get(kept.hook_id) == kept


def test_hooks_are_paged_for_one_partner_or_all(hooks):
    hook(hooks), hook(hooks, partner="anna")

    assert [each.wanted.partner for each in hooks.page("anna", "", 10)] == ["anna"]
    first = hooks.page(None, "", 1)
    assert len(hooks.page(None, first[0].hook_id, 10)) == 1
