"""Best levels: how far everybody can be served at once, for their capacity, with proof.

Read in this order: `ladder`, `probe`, `cuts`, `programs`, `climb`, `settle`.
"""
