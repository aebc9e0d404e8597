"""What is kept: the only SQL. SQLite embedded, or any database SQLAlchemy speaks.

Read `database` for how it is opened, `nouns` for how a dataclass becomes a table, then `catalogs` and
`plans`; `revisions` move a database of an earlier version forward.
"""
