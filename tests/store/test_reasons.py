"""Why something was done is found in the log, where it was said last."""

from impact.access import SYSTEM
from impact.store.audit import record
from impact.store.reasons import AT_ONCE, reasons


def noted(engine, what, subject, reason):
    with engine.begin() as connection:
        record(connection, SYSTEM, what, subject, reason=reason)


def test_the_reason_given_last_is_told_of_each(engine):
    noted(engine, "user.disable", "ada", "left")
    noted(engine, "user.disable", "ada", "left for good")
    noted(engine, "user.disable", "bo", "on leave")

    assert reasons(engine, ["ada", "bo", "cy"], "user.disable") == {"ada": "left for good", "bo": "on leave"}


def test_what_was_done_last_without_a_reason_has_none(engine):
    noted(engine, "user.disable", "ada", "left")
    noted(engine, "user.enable", "ada", "")

    assert reasons(engine, ["ada"], "user.disable", "user.enable") == {}


def test_what_else_was_done_is_not_asked_about(engine):
    noted(engine, "user.add", "ada", "new here")

    assert reasons(engine, ["ada"], "user.disable") == {}


def test_more_subjects_are_asked_about_than_fit_in_a_statement(engine):
    noted(engine, "token.revoke", "t0", "lost")

    assert reasons(engine, [f"t{n}" for n in range(2 * AT_ONCE)], "token.revoke") == {"t0": "lost"}
