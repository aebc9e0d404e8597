"""Conflicts: rules that cannot hold together, and what would have to give.

Read `impossible` for what shows without solving, `certificate` for proof, `ways_out` for remedies and
`furthest` for how far one limit can go.
"""
