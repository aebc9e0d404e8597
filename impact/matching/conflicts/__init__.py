"""Conflicts: rules that cannot hold together, and what would have to give.

Read `diagnose`, the way from one to the other; `impossible` for what shows without solving, `elastic` and
`certificate` for proof, `ways_out` for remedies and `furthest` for how far one limit can go.
"""
