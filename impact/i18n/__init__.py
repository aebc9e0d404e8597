"""Codes → words, in Chinese and English; the only place that holds sentences people read.

Read `wording` for how a code finds its words, `figures` for how numbers are written, `sentences` for
rules and places, then `zh/` and `en/`.
"""

from impact.i18n.figures import compact, number, seconds, share
from impact.i18n.wording import LANGS, NoWords, label, words

__all__ = ["LANGS", "NoWords", "compact", "label", "number", "seconds", "share", "words"]
