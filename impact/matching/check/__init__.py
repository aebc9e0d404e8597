"""Recompute every claim of a plan from the data alone; shares no code with rules, rows or solvers.

Read `accounts` for how each rule is kept in books, `claims` for what is compared with what.
"""

from impact.matching.check.claims import Audit, Claims, against, audit, objections

__all__ = ["Audit", "Claims", "against", "audit", "objections"]
