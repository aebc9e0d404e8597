"""Bundles: a problem, or a plan, as files anybody can read; docs/bundle-format.md is the contract.

Read `document` and `tables` for what the files hold, `read` and `write` for a problem's way in and out,
`plan_document` and `plans` for a plan's.
"""
