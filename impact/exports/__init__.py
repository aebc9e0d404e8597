"""Exports: a plan as files to take away.

Read `allocation` for what a line says, `files` for the forms it is written in, `runs` for what anybody can
verify.
"""
