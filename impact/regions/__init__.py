"""Where, and how far: divisions by code and name, distances, days on the way, and belts.

Read `gazetteer` first, then `geocoder`; `distances` and `freshness` serve the graph; `belts` finds clusters.
"""
