"""What is decided: programmes, scenarios with frozen inputs, and how plans stand, from solved to published.

Read `programmes`, `scenarios`, `enrolling`, `steps`, then `plans`. Nothing of it is ever
deleted; the log names who.
"""
