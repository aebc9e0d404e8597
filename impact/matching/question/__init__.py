"""The question: what can be allocated, and the linear rows in which rules speak of it.

Read `problem` first, then `rows`; `saturation`, `published` and `pieces` say where a link is cut in two.
"""
