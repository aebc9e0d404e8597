"""Edits of the live catalog, noun by noun: each state kept, version by version, and nothing deleted.

Read `desk` for what people do, `editions` for what is kept of it, then `references` for what must be there.
"""
