"""The engine: links become a problem, rules become rows, a solver proposes, `check` decides.

Read in this order: `problem`, `rules`, `rows`, `solve`, `plan`, `check`, `diagnose`; `graph` makes the links.
"""
