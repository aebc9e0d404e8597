"""The sample: real producers and regions, with assumed demand, read from static/data and checked as a whole.

Read `load` first, then `source` for what is read and must agree; the other files are one kind of noun each.
"""
