"""Values: what a cell says, read from how people write it, with every conversion told.

Read `reading` for what a reader gives, `numerals` and `units` for figures, then one module a kind.
"""
