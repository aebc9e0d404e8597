"""Spread: what an even spread is worth, as terms of the objective; docs/fairness.md has the maths.

Read in this order: `term`, `owners`, `curve`, `ranked`; `debts` carries one cycle over to the next.
"""
