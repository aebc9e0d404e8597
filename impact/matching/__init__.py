"""The engine: links become a problem, rules become rows, a solver proposes, `check` decides.

Read in this order: `question`, `rules`, `pose`, `solve`, `plan`, `check`, `conflicts`; `graph` makes the
links, `explain`, `changes` and `choices` are what people ask of a plan.
"""
