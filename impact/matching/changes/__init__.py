"""What would change it: numbers that could be other, and the smallest step of each that does, solved again.

Read `lever` for what such a number is, `levers` for which ones the prices of a plan point to, `asking` for
what a link would have to be worth, and `smallest` for the search.
"""
