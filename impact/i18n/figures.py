"""Numbers as people of each language write them: 万 and 亿 in Chinese, thousands in English."""

from math import floor, log10

from babel import Locale
from babel.numbers import format_compact_decimal, format_decimal, format_percent

LOCALES = {"zh": Locale.parse("zh_Hans_CN"), "en": Locale.parse("en_GB")}
UNIT_DIGITS = {"zh": 4, "en": 3}
"""How many digits lie between one unit and the next: 万 to 亿, K to M."""
SMALL = 10_000


def number(value: float, lang: str) -> str:
    """Write `value` in full, with at most three digits after the point."""
    return format_decimal(value, locale=LOCALES[lang])


def compact(value: float, lang: str) -> str:
    """Write `value` to three digits or a few more, with a unit: 23.5万 or 235K; in full below 10,000."""
    if abs(value) < SMALL:
        return format_decimal(_rounded(value), locale=LOCALES[lang])
    before_point = floor(log10(abs(value))) % UNIT_DIGITS[lang]
    return format_compact_decimal(value, locale=LOCALES[lang], fraction_digits=max(0, 2 - before_point))


def signed(value: float, lang: str) -> str:
    """Write a difference as `compact` does, with its sign: +23.5万, −3,000."""
    return f"+{compact(value, lang)}" if value > 0 else compact(value, lang).replace("-", "−")


def share(value: float, lang: str) -> str:
    """Write a share in [0, 1] as a percentage, with a tenth where there is one."""
    return format_percent(value, "#,##0.#%", locale=LOCALES[lang]).replace("-", "−")


def fine_share(value: float, lang: str) -> str:
    """Write a share as a percentage to four digits after the point, so that it can be set again."""
    return format_percent(value, "#,##0.####%", locale=LOCALES[lang])


def seconds(value: float, lang: str) -> str:
    """Write a duration in seconds with two digits after the point."""
    return format_decimal(value, "#,##0.00", locale=LOCALES[lang])


def _rounded(value: float) -> float:
    return round(value) if abs(value) >= 100 else round(value, 2)


def exact(value: float, lang: str) -> str:
    """Write `value` to three digits after the point, or by its power of ten where those would hide it."""
    if value < 0:
        return f"−{exact(-value, lang)}"
    return f"{value:.1e}" if 0 < value < 0.0005 else format_decimal(value, "#,##0.000", locale=LOCALES[lang])
