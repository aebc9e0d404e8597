"""Checking: what is wrong with the rows of a partner's file, and what is hard to believe of them.

Read `rows` first, then `plausible`.
"""
