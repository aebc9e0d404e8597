"""Pages for people, in Chinese and English: thin views over a shelf of solved programmes.

Read `pages` for the addresses, `plans` and `producers` for what they show, `tables` and `figures` for the
figures, then `templates/`.
"""

from impact.web.pages import blueprint

__all__ = ["blueprint"]
