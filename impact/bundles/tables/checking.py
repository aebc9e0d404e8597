"""Check loaded tables, whole columns at a time: ids that repeat or dangle, numbers that are none."""

from collections.abc import Iterator, Sequence

from impact.bundles.pointed import shown
from impact.bundles.tables.layout import INF, Number
from impact.bundles.tables.loading import Database, Loaded
from impact.errors import Issue

MOST_ALIKE = 100
"""How many rows with one fault are named; the rest are counted."""


def table_faults(db: Database, loaded: Loaded, others: Sequence[str]) -> Iterator[Issue]:
    """Name everything wrong in the rows of `loaded`; `others` are the tables it may refer to."""
    yield from _empty(db, loaded)
    for column in dict.fromkeys((*loaded.table.key, *loaded.table.refers)):
        yield from _ids_missing(db, loaded, column)
    yield from _keys_repeated(db, loaded)
    for column, other in loaded.table.refers.items():
        if other in others:
            yield from _ids_dangling(db, loaded, column, other)
    for number in loaded.table.numbers:
        if number.name in loaded.columns:
            yield from _numbers_wrong(db, loaded, number)


def _empty(db: Database, loaded: Loaded) -> Iterator[Issue]:
    if not db.execute(f"select 1 from {loaded.table.name} limit 1").fetchall():
        yield Issue("table_empty", loaded.file)


def _ids_missing(db: Database, loaded: Loaded, column: str) -> Iterator[Issue]:
    sql = f"select 'id_missing', r, '' from {loaded.table.name} where {loaded.at(column)} = ''"
    yield from _found(db, loaded, column, sql)


def _keys_repeated(db: Database, loaded: Loaded) -> Iterator[Issue]:
    key = ", ".join(loaded.at(column) for column in loaded.table.key)
    repeated = f"select {key}, min(r) as first from {loaded.table.name} group by {key} having count(*) > 1"
    shows = " || ' → ' || ".join(loaded.at(column) for column in loaded.table.key)
    code = "id_repeated" if len(loaded.table.key) == 1 else "pair_repeated"
    source = f"{loaded.table.name} join ({repeated}) using ({key})"
    sql = f"select '{code}', r, {shows}, first from {source} where r > first"
    yield from _found(db, loaded, loaded.table.key[0], sql)


def _ids_dangling(db: Database, loaded: Loaded, column: str, other: str) -> Iterator[Issue]:
    name = loaded.at(column)
    sql = (
        f"select 'id_dangling', r, {name} from {loaded.table.name} where {name} <> '' "
        f"and {name} not in (select id from {other}_index)"
    )
    yield from _found(db, loaded, column, sql, table=other)


def _numbers_wrong(db: Database, loaded: Loaded, number: Number) -> Iterator[Issue]:
    blank = "'number_missing'" if number.blank is None else "null"
    column = loaded.at(number.name)
    sql = f"""
        select case when number is null then if(trim(coalesce(c::varchar, '')) = '', {blank}, 'not_a_number')
                    when not isfinite(number) then 'not_finite'
                    when number < '{number.least}'::double then 'number_negative'
                    when number > '{number.most}'::double then 'number_too_large' end as code,
               r, c::varchar
        from (select r, {column} as c, try_cast({column} as double) as number from {loaded.table.name})
        where code is not null"""
    params = {"most": number.most} if number.most < INF else {}
    yield from _found(db, loaded, number.name, sql, name=number.name, **params)


def _found(db: Database, loaded: Loaded, column: str, sql: str, **params: str | float) -> Iterator[Issue]:
    """Make an issue of each row of `sql` (code, row, value, first row); count those left out."""
    rows = db.execute(f"select *, count(*) over () from ({sql}) order by 2 limit {MOST_ALIKE}").fetchall()
    for code, row, value, *first, _ in rows:
        told = {"value": shown(value), **params, **({"first_row": first[0]} if first else {})}
        yield Issue(code, loaded.file, row, column, told)
    if rows and rows[-1][-1] > len(rows):
        yield Issue("more_like_this", loaded.file, column=column, params={"count": rows[-1][-1] - len(rows)})
