"""News is posted to hooks by the worker: signed, to addresses of the world alone, until it arrives.

Read `signing`, `reaching`, then `postman`.
"""
