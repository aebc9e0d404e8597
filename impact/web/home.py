"""Where somebody begins: partners at what is theirs, all others at the desk."""

from flask import url_for

from impact.gate import visiting


def home(lang: str) -> str:
    """Return the address where whoever asks begins, in `lang`."""
    who = visiting()
    return url_for("web.portal" if who and who.partner else "web.desk", lang=lang)
