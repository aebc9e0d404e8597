"""The commands beside those of bundles, a module a noun; each reads, calls the core or the store, and tells.

Read `session` for what all of them share; `impact.cli` gathers them.
"""
