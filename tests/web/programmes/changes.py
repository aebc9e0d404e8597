"""A programme that has begun, and how its parts are changed on pages."""

import re
from datetime import timedelta

from services import send

from impact.store.decisions import enrolling, programmes
from impact.web.programmes.filled import today

WHY = "第一期的达人不够"
START, LATER = today() - timedelta(20), today() + timedelta(60)
"""The programme has begun, and nothing of it is due yet."""
BEGIN = {"template": "mountain_goods", "start": START.isoformat(), "programme_id": "hills"}
GOAL = {
    "version": "1",
    "outcome.zh": "山区农户的收入更高",
    "metric": "income_per_household",
    "target": "2,000",
    "by": LATER.isoformat(),
}
FIELD = re.compile(r"<(?:input|select|textarea)\b[^>]*>")


def document(app):
    return enrolling.document_of(programmes.get(app.extensions["database"], "hills"))


def page_of(part, lang="en"):
    return f"/{lang}/programmes/hills/{part}"


def fields_of(page):
    """What a browser would send of the form on a page, as lists by name."""
    found: dict[str, list[str]] = {}
    for tag in FIELD.findall(page):
        name, value = (re.search(rf' {each}="([^"]*)"', tag) for each in ("name", "value"))
        if name and ("checkbox" not in tag or " checked" in tag):
            found.setdefault(name[1], []).append(value[1] if value else "")
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        found[name] = [chosen[1]]
    return found


def change(client, part, reason=WHY, without=(), **fields):
    """Send the form of a part as it stands, but for some fields."""
    filled = fields_of(client.get(page_of(part)).text)
    filled = {name: values for name, values in filled.items() if name not in (*without, "csrf_token")}
    return send(client, page_of(part), **filled | {"reason": reason} | fields)
