"""Large programs of any rules: prices first, then a simplex over the few columns that prices leave in doubt.

Read in this order: `boxes`, `market`, `responses`, `prices`, `masters`, `sifting`, `answer`.
"""
