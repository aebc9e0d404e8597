"""What is kept: the only SQL. SQLite embedded, or PostgreSQL.

Read `database` for how it is opened, `nouns` for how a dataclass becomes a table, then `catalogs` and the
rooms: `lists` of partners, `decisions`, what was `solved`, what `happened`, `queue`, `people`, `webhooks`;
`revisions` move a database of an earlier version forward.
"""
