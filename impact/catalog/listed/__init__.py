"""Listings → nouns: what partners list becomes producers and products beside those of a catalog.

Read `join` first, then `norms` for what turns a stated figure into ours, `usual` for what fills in a missing
one; `sellers`, `goods`, `output` and `categories` are one part of a noun each.
"""
