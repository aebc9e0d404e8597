"""Hooks are changed as they were seen, by whom they concern, and all that is done to them is in the log."""

import json

import pytest

from impact.access import SYSTEM, Actor, Role
from impact.errors import BadInput
from impact.store.audit import Sought as SoughtEntries
from impact.store.audit import log_page
from impact.store.partners import Partner, create
from impact.store.webhooks.hooks import Hooks, News, Wanted

ADDRESS, OTHER = "https://example.org/in", "https://example.org/other"
ENDED, PUBLISHED = News.JOB_ENDED, News.PLAN_PUBLISHED
EVERYBODYS = Wanted(ADDRESS, (ENDED,))
ANNA = Actor("user-anna", "Anna", Role.PARTNER, "anna")


@pytest.fixture
def hooks(engine):
    for name in ("anna", "bo"):
        create(engine, Partner(name, name, name), SYSTEM)
    return Hooks(engine)


def hook(hooks, partner=None, who=SYSTEM):
    return hooks.add(Wanted(ADDRESS, (ENDED,), partner), who)[0]


def test_a_hook_is_kept_as_it_was_wanted(hooks):
    kept = hook(hooks, "anna")

    assert hooks.get(kept.hook_id) == kept
    assert (kept.wanted, kept.version, kept.ended_at) == (Wanted(ADDRESS, (ENDED,), "anna"), 1, None)
    assert hooks.get("none") is None


def test_a_hook_changes_only_as_it_was_seen(hooks):
    seen, other = hook(hooks), hook(hooks)
    wanted = Wanted(OTHER, (PUBLISHED,))

    changed = hooks.change(seen, wanted, SYSTEM)

    assert (changed.version, changed.wanted, hooks.get(seen.hook_id)) == (2, wanted, changed)
    assert hooks.change(seen, wanted, SYSTEM) is None
    assert hooks.end(seen, SYSTEM) is False
    assert hooks.get(other.hook_id) == other


def test_a_hook_that_ended_is_told_again_once_it_is_changed(hooks):
    seen, other = hook(hooks), hook(hooks)
    assert hooks.end(seen, SYSTEM)
    ended = hooks.get(seen.hook_id)
    assert (ended.version, ended.ended_at is None, hooks.get(other.hook_id)) == (2, False, other)

    changed = hooks.change(ended, EVERYBODYS, SYSTEM)

    assert (changed.ended_at, hooks.get(seen.hook_id)) == (None, changed)


def test_whoever_sees_one_partner_is_told_of_that_one_alone(hooks):
    kept = hook(hooks, who=ANNA)
    changed = hooks.change(kept, EVERYBODYS, ANNA)

    assert [each.wanted.partner for each in (kept, changed, hooks.get(kept.hook_id))] == ["anna"] * 3


def test_another_partner_is_as_one_that_is_not_there(hooks):
    kept, refused = hook(hooks, who=ANNA), []
    for partner in ("bo", "nobody"):
        for tried in (
            lambda: hook(hooks, partner, ANNA),  # noqa: B023  # called at once
            lambda: hooks.change(kept, Wanted(ADDRESS, (ENDED,), partner), ANNA),  # noqa: B023
        ):
            with pytest.raises(BadInput) as error:
                tried()
            refused += [(issue.code, issue.params) for issue in error.value.issues]

    assert refused == [("partner_unknown", {"value": name}) for name in ("bo", "bo", "nobody", "nobody")]
    assert hooks.page(None, "", 10) == (kept,)


@pytest.mark.parametrize("who", [SYSTEM, ANNA], ids=["system", "anna"])
def test_a_hook_for_a_partner_whom_nobody_knows_is_refused(hooks, who):
    kept = hook(hooks)
    for tried in (
        lambda: hook(hooks, "ana", who),
        lambda: hooks.change(kept, Wanted(ADDRESS, (ENDED,), "ana"), who),
    ):
        with pytest.raises(BadInput, match="partner_unknown"):
            tried()

    assert hooks.page(None, "", 10) == (kept,)


def test_secrets_are_of_their_own_and_not_shown_again(hooks):
    (first, one), (second, other) = (hooks.add(EVERYBODYS, SYSTEM) for _ in range(2))

    assert one.startswith("whsec_") and one != other
    assert one not in repr(hooks.get(first.hook_id))
    assert {each.hook_id for each in hooks.page(None, "", 10)} == {first.hook_id, second.hook_id}


def test_hooks_are_paged_for_one_partner_or_all_in_the_order_of_their_ids(hooks):
    annas = [hook(hooks, "anna").hook_id for _ in range(3)]
    everybodys = [hook(hooks).hook_id for _ in range(3)]

    def listed(partner, after, limit):
        return [each.hook_id for each in hooks.page(partner, after, limit)]

    assert listed("anna", "", 10) == sorted(annas)
    assert listed(None, "", 2) == sorted(annas + everybodys)[:2]
    assert listed(None, sorted(annas + everybodys)[1], 10) == sorted(annas + everybodys)[2:]


def test_all_that_is_done_to_a_hook_is_in_the_log_and_its_secret_is_not(engine, hooks):
    kept, secret = hooks.add(EVERYBODYS, ANNA)
    changed = hooks.change(kept, Wanted(OTHER, (PUBLISHED,)), ANNA)
    hooks.change(kept, EVERYBODYS, SYSTEM)  # overtaken: nothing was done
    hooks.end(changed, SYSTEM)

    before = {"address": ADDRESS, "kinds": ["job.ended"], "partner": "anna"}
    after = {"address": OTHER, "kinds": ["plan.published"], "partner": "anna"}
    log = log_page(engine, SoughtEntries(subject=kept.hook_id))
    assert [(each.what, each.who, json.loads(each.before), json.loads(each.after)) for each in log[::-1]] == [
        ("webhook.add", "user-anna", None, before),
        ("webhook.change", "user-anna", before, after),
        ("webhook.end", "system", after, None),
    ]
    assert secret not in str(log)
