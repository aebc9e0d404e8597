"""Hooks: who is told of what, whether they hear, and what was told them; a secret is shown once."""

import re
from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for

from impact.errors import BadInput, Issue
from impact.gate import actor
from impact.i18n import words
from impact.store.database import Database
from impact.store.webhooks.hooks import Hook, Hooks, News, Wanted
from impact.store.webhooks.postings import PostOffice
from impact.web.language import spoken
from impact.web.people.forms import Page, filled, reason, told
from impact.web.plans import LANG

AT_ONCE = 50
SAID_APART = ("401", "403", "404", "410", "429")
"""Answers that have words of their own; others are told by their hundred."""
ADDRESS = re.compile(r"https?://[!-~]{1,1990}")


def register(pages: Blueprint, database: Database) -> None:
    """Add the pages of hooks to `pages`."""
    hooks = Hooks(database)

    @pages.get(f"{LANG}/hooks", endpoint="hooks")
    def _hooks() -> str:
        return _list(hooks)

    @pages.post(f"{LANG}/hooks", endpoint="hook_added")
    def _hook_added() -> Page:
        try:
            hook, secret = hooks.add(_wanted(), actor())
        except BadInput as error:
            return _list(hooks, told(error)), 422
        return _one(hooks, PostOffice(database), hook, secret=secret)

    _register_one(pages, hooks, PostOffice(database))


def _register_one(pages: Blueprint, hooks: Hooks, office: PostOffice) -> None:
    """Add the page of one hook, and what is done with it."""

    @pages.get(f"{LANG}/hooks/<hook_id>", endpoint="hook")
    def _hook(hook_id: str) -> str:
        return _one(hooks, office, _or_404(hooks, hook_id))

    @pages.post(f"{LANG}/hooks/<hook_id>/test", endpoint="hook_tried")
    def _hook_tried(hook_id: str) -> Page:
        hook = _or_404(hooks, hook_id)
        if hook.ended_at:
            abort(409)
        office.try_out(hook_id, actor())
        return redirect(url_for("web.hook", hook_id=hook_id), 303)

    @pages.post(f"{LANG}/hooks/<hook_id>/end", endpoint="hook_ended")
    def _hook_ended(hook_id: str) -> Page:
        return _ended(hooks, office, _or_404(hooks, hook_id))

    @pages.post(f"{LANG}/hooks/<hook_id>/<news_id>/again", endpoint="hook_told_again")
    def _hook_told_again(hook_id: str, news_id: str) -> Page:
        if office.again(_or_404(hooks, hook_id).hook_id, news_id) is None:
            abort(404)
        return redirect(url_for("web.hook", hook_id=hook_id), 303)


def _ended(hooks: Hooks, office: PostOffice, hook: Hook) -> Page:
    """End a hook for the reason in the form, or say that there is none."""
    try:
        if not hooks.end(hook, actor(), reason()):
            abort(409)
    except BadInput as error:
        return _one(hooks, office, hook, wrong=told(error)), 422
    return redirect(url_for("web.hook", hook_id=hook.hook_id), 303)


def _or_404(hooks: Hooks, hook_id: str) -> Hook:
    return hooks.get(hook_id) or abort(404)


def _list(hooks: Hooks, wrong: list[str] | None = None) -> str:
    found = hooks.page(None, request.args.get("after", ""), AT_ONCE + 1)
    return render_template(
        "admin/hooks.html",
        hooks=found[:AT_ONCE],
        rest=found[AT_ONCE - 1].hook_id if len(found) > AT_ONCE else None,
        news=tuple(News),
        typed=request.form,
        wrong=wrong or [],
    )


def _one(hooks: Hooks, office: PostOffice, hook: Hook, *, secret: str = "", wrong: Sequence[str] = ()) -> str:
    found = office.page(hook.hook_id, request.args.get("before", ""), AT_ONCE + 1)
    rest = found[AT_ONCE - 1].news_id if len(found) > AT_ONCE else None
    return render_template(
        "admin/hook.html",
        hook=hook,
        secret=secret,
        why=hooks.why_ended(hook.hook_id),
        wrong=wrong,
        postings=found[:AT_ONCE],
        rest=rest,
        answered=lambda answer: answered(answer, spoken()),
    )


def answered(answer: str, lang: str) -> str:
    """Say what came of a try: a status of the other side in words, or that nobody was reached."""
    if not answer:
        return ""
    if not answer.isdecimal():
        return words("answer.late" if "timed out" in answer else "answer.unreached", lang, why=answer)
    code = answer if answer in SAID_APART else f"{answer[0]}xx"
    return words(f"answer.{code}", lang, status=answer)


def _wanted() -> Wanted:
    """Read the hook that the form asks for.

    Raises
    ------
    BadInput
        The address is none, or no kind of news is chosen.
    """
    address, asked = filled("address").strip(), set(request.form.getlist("kind"))
    kinds = tuple(kind for kind in News if kind in asked)
    issues = (
        [] if ADDRESS.fullmatch(address) else [Issue("hook_address_not_valid", params={"value": address})]
    )
    issues += [] if kinds else [Issue("hook_without_news")]
    if issues:
        raise BadInput(issues)
    return Wanted(address, kinds, filled("partner").strip() or None)
