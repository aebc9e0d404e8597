"""Webhooks: who is told when something happens, and what is still to be told.

Read `hooks` for who, `outbox` for how news gets into it, `postings` for how it gets out.
"""
