"""Recompute every claim of a plan from the data alone; shares no code with rules, rows or solvers.

Read `accounts` for what a book is, `books` for that of each rule, `pairs` for accounts named by two ids,
`proof` for what prices prove, `levels` and `shown` for levels that have to be found, `claims` for what is
compared with what, `readings` for how rules stand, `conflict` for what cannot be.
"""

from impact.matching.check.claims import Audit, Claims, against, audit, objections
from impact.matching.check.conflict import excess
from impact.matching.check.levels import best_levels
from impact.matching.check.readings import Reading, readings
from impact.matching.check.shown import unshown

__all__ = [
    "Audit",
    "Claims",
    "Reading",
    "against",
    "audit",
    "best_levels",
    "excess",
    "objections",
    "readings",
    "unshown",
]
