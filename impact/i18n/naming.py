"""What plans are called, in words."""

from collections.abc import Callable

from impact.i18n.sentences import named
from impact.i18n.wording import words
from impact.reports.naming import PlanName


def plan_called(name_of: Callable[[str], PlanName | None], plan_id: str, lang: str) -> str:
    """Say what a plan is called by `name_of`; where there is none of that id, that is said."""
    name = name_of(plan_id)
    return plan_named(name, lang) if name else plan_id


def plan_named(name: PlanName, lang: str) -> str:
    """Name a plan: by its programme, which run of that it was, and the day."""
    programme = named(name.programme, lang)
    if name.day is None:
        return programme
    month = words(f"month_short.{name.day.month}", lang)
    day = words("plan_name.day", lang, day=name.day.day, month=month)
    if name.number is None:
        return words("plan_name.alone", lang, programme=programme, day=day)
    return words("plan_name.run", lang, programme=programme, number=name.number, day=day)
