"""Where, and how far: divisions by code and name, distances, days on the way, and belts.

Read `gazetteer` first, then `geocoder`; `distances` serves the graph; `belts` finds clusters of producers.
"""
