"""Allocate exposure to rural and small producers, explain it, and prove what it did.

Read `pipeline` first: it is the whole journey on one page; then the room it sends you to.
"""
