"""The engine beside its peers, on instances of any size; `python -m bench.engine` runs it all.

Read in this order: `instances`, `demands`, `peers`, `linear`, `giving`, `heuristics`, `measuring`, `report`.
"""
