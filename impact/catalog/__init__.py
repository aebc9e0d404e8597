"""Bytes → nouns: a partner's file, or the sample's tables, are read, checked as a whole, and become nouns.

Read `files` for how a file becomes a table, `columns` for what a column may be, `values` for how a cell is
understood, `checking` for what is wrong with it, `differences` for what it changes; `sample` is apart.
"""
