"""What the forms about people share: what was filled in, what was wrong with it, and where one goes after."""

from flask import request, url_for
from werkzeug.wrappers import Response

from impact.access import Role
from impact.errors import BadInput, Issue, refuse_if_any
from impact.i18n.issues import say
from impact.store.people.users import Post
from impact.web.language import spoken

Page = Response | tuple[str, int] | str


def filled(name: str) -> str:
    """Return what stands in a field of the form, empty where nothing does."""
    return request.form.get(name, "")


def note() -> str:
    """Return what the form says of a decision, empty where it says nothing."""
    return filled("reason").strip()


def reason() -> str:
    """Return why something is taken back, ended or refused.

    Raises
    ------
    BadInput
        The form does not say.
    """
    refuse_if_any(() if note() else [Issue("decision_reason_missing", column="reason")])
    return note()


def told(error: BadInput) -> list[str]:
    """Say in words all that is wrong."""
    return [say(issue, spoken()) for issue in error.issues]


def post_filled() -> Post:
    """Read role and partner from the form; a role that it does not offer is the least."""
    role = filled("role")
    return Post(Role(role) if role in set(Role) else Role.VIEWER, filled("partner").strip() or None)


def link_in(endpoint: str, key: str) -> str:
    """Return the whole address of a link that lets somebody in."""
    return url_for(endpoint, key=key, _external=True)
