"""Bytes → nouns: tables are read, checked as a whole, and become a catalog.

Read `sample` first, then `source` for what is read and must agree, then `table` for how a file is read; the
other files are one kind of noun each.
"""
