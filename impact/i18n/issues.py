"""Issues in words: where, what, and what to do."""

from impact.errors import Issue
from impact.i18n.wording import Param, label, words

NAMED = {
    "state": "plan_state",
    "goal_is_process_metric.found": "metric",
    "nobody_eligible.code": "eligibility_code",
    "metric": "metric",
}
"""Parameters that are codes (of any issue, or of one), and the words they go by."""


def say(issue: Issue, lang: str) -> str:
    """Say what is wrong and what to do, without where."""
    params = {name: _named(issue.code, name, value, lang) for name, value in issue.params.items()}
    return words(f"issue.{issue.code}", lang, **params)


def say_placed(issue: Issue, lang: str) -> str:
    """Say where, then what is wrong and what to do."""
    places = {"file": issue.file, "row": issue.row, "column": issue.column}
    at = [
        words(f"issue_at.{name}", lang, **{name: place})
        for name, place in places.items()
        if place is not None
    ]
    if not at:
        return say(issue, lang)
    return words("issue_at.said", lang, at=words("issue_at.join", lang).join(at), what=say(issue, lang))


def _named(code: str, name: str, value: Param, lang: str) -> Param:
    family = NAMED.get(f"{code}.{name}") or NAMED.get(name)
    return label(family, str(value), lang) if family else value
