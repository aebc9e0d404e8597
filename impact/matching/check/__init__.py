"""Recompute every claim of a plan from the data alone; shares no code with rules, rows or solvers.

Read `accounts` for what a book is, `books` for that of each rule, `proof` for what prices prove, `claims` for
what is compared with what, `readings` for how rules stand, `conflict` for what cannot be.
"""

from impact.matching.check.claims import Audit, Claims, against, audit, objections
from impact.matching.check.conflict import excess
from impact.matching.check.readings import Reading, readings

__all__ = ["Audit", "Claims", "Reading", "against", "audit", "excess", "objections", "readings"]
