"""Slots in whole numbers: livestream hours, creator, campaign and top-KOL slots, booked or not.

Read in this order: `model` (the nouns and the rules), `matching` (which product fits which slot), `columns`
and `rows` (each rule as whole rows), `program`, `greedy`, `solve`, `check`, `diagnose`, `absence` (who loses
what without a creator).
"""
