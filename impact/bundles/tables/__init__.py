"""Tables of a bundle: `layout` says what they hold, `loading` reads them, `checking` finds what is wrong.

`assembling` turns checked tables into a problem, `writing` writes tables.
"""
