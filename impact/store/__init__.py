"""What is kept: the only SQL. SQLite embedded, or PostgreSQL.

Read `database` for how it is opened, `nouns` for how a dataclass becomes a table, then `catalogs` and
`plans`; `revisions` move a database of an earlier version forward.
"""
