"""What whoever runs the service watches: whether it is ready, and what it does, in figures.

Read `readiness`, then `metrics`. No name, text or place of anybody is in them.
"""
