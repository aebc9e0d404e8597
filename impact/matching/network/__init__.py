"""Rules that are a network, answered by a min-cost flow.

Read in this order: `nests`, `rows_as_arcs`, `units`, `answer`.
"""
