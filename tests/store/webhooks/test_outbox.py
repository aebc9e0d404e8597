"""News reaches the outbox with what happened, and stays there until it arrives or is given up."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from impact.access import SYSTEM
from impact.store.audit import Sought, log_page
from impact.store.partners import Partner, create
from impact.store.webhooks.hooks import Hooks, News, Wanted
from impact.store.webhooks.outbox import POSTINGS, TEST, announce
from impact.store.webhooks.postings import PAUSES, PostingStatus, PostOffice

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


def test_what_waits_for_a_hook_that_ended_is_not_posted_unless_it_is_told_again(engine, hooks, office):
    seen = hook(hooks)
    tell(engine)
    assert hooks.end(seen, SYSTEM)
    assert office.take(10) == ()

    hooks.change(hooks.get(seen.hook_id), seen.wanted, SYSTEM)

    assert [letter.hook_id for letter in office.take(10)] == [seen.hook_id]


def test_what_comes_of_one_letter_is_said_of_no_other(engine, hooks, office):
    both = hook(hooks), hook(hooks)
    tell(engine), tell(engine)
    first, *others = office.take(10)

    office.settle(first, arrived=False, answer="410", gone=True)
    office.again(first.hook_id, first.news_id)

    said = [
        (letter.attempt, posting.status, posting.attempts, posting.answer)
        for letter in others
        for posting in office.page(letter.hook_id, "", 10)
        if posting.news_id == letter.news_id
    ]
    assert said == [(1, PostingStatus.WAITING, 1, "")] * 3
    assert [hooks.get(each.hook_id).ended_at is None for each in both].count(True) == 1


def test_letters_are_taken_the_longest_due_first_so_many_at_once(engine, hooks, office):
    seen = hook(hooks)
    for number in range(3):
        tell(engine, number=number)

    assert [[letter.data["number"] for letter in office.take(2)] for _ in range(3)] == [[0, 1], [2], []]
    assert [posting.attempts for posting in office.page(seen.hook_id, "", 10)] == [1, 1, 1]


def test_what_a_hook_was_told_is_listed_newest_first_page_by_page(engine, hooks, office):
    seen, other = hook(hooks), hook(hooks)
    for _ in range(3):
        tell(engine)

    first = office.page(seen.hook_id, "", 2)
    second = office.page(seen.hook_id, first[-1].news_id, 2)

    told = [posting.news_id for posting in (*first, *second)]
    assert (len(first), len(second), told) == (2, 1, sorted(told, reverse=True))
    assert told == [posting.news_id for posting in office.page(other.hook_id, "", 10)]


def test_trying_a_hook_posts_to_it_alone_and_is_in_the_log(engine, hooks, office):
    tried, _ = hook(hooks), hook(hooks)

    office.try_out(tried.hook_id, SYSTEM)

    (letter,) = office.take(10)
    assert (letter.hook_id, letter.kind, letter.data) == (tried.hook_id, TEST, {"hook_id": tried.hook_id})
    (entry,) = log_page(engine, Sought(what="webhook.test"))
    assert entry.subject == tried.hook_id
