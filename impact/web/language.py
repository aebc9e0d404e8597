"""The language of a page: it stands in the address, and everything said on the page follows it."""

from functools import partial
from typing import Any

from flask import Blueprint, current_app, g, request, url_for

from impact.i18n import LANGS, compact, label, number, seconds, share, words
from impact.i18n.figures import exact, fine_share, signed
from impact.i18n.places import belted, placed
from impact.i18n.sentences import named
from impact.web.home import home

DEFAULT = "zh"
GAPS = {"zh": "", "en": " "}
"""What stands between two sentences."""
TAGS = {"zh": "zh-CN", "en": "en"}


def preferred() -> str:
    """Choose the language that the address asks for, else the one that a visitor's browser does."""
    asked = request.args.get("lang")
    return asked if asked in LANGS else request.accept_languages.best_match(LANGS, DEFAULT)


def spoken() -> str:
    """Return the language of this page; the preferred one where the address has none."""
    return g.get("lang") or preferred()


def speak(blueprint: Blueprint) -> None:
    """Take the language from addresses, put it into links, and give templates their words."""

    @blueprint.url_value_preprocessor
    def _take(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.lang = (values or {}).pop("lang", None)

    @blueprint.app_url_defaults
    def _put(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = spoken()

    @blueprint.app_context_processor
    def _vocabulary() -> dict[str, object]:
        lang = spoken()
        said = {"t": words, "label": label, "number": number, "compact": compact, "share": share}
        said |= {
            "seconds": seconds,
            "exact": exact,
            "fine_share": fine_share,
            "signed": signed,
            "named": named,
            "placed": placed,
            "belted": belted,
        }
        return {
            "lang": lang,
            "gap": GAPS[lang],
            "tags": TAGS,
            "elsewhere": {other: _same_page(other) for other in LANGS},
            **{name: partial(_in, say, lang) for name, say in said.items()},
        }


def _in(say: Any, lang: str, value: Any, /, *more: Any, **params: Any) -> Any:
    return say(value, *more, lang, **params)


def _same_page(lang: str) -> str:
    """Return the address of this page in another language; of one that answers forms alone, of the first."""
    rule = request.url_rule
    if rule is None or "lang" not in rule.arguments or "GET" not in (rule.methods or ()):
        return home(lang)
    args: dict[str, Any] = {**request.args.to_dict(flat=False), **(request.view_args or {}), "lang": lang}
    return url_for(rule.endpoint, **args)
