"""People and what lets them in: users, their sessions and tokens, links that work once, failed attempts.

Read `users` first. Whatever lets somebody in is a long random text, shown once and kept as its hash.
"""
