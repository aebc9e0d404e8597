"""Choices: what else could be decided, solved anew: how a limit trades, what a lock costs, other plans.

Read `frontier`, then `lock_price` and `alternatives`.
"""
