"""Turn checked tables into a problem, everything in the order of its ids."""

from collections.abc import Iterable, Mapping
from typing import Any

from numpy.typing import NDArray

from impact.arrays import floats, ints
from impact.bundles.tables.layout import PRODUCTS, Number
from impact.bundles.tables.loading import Database, Loaded
from impact.matching.question.problem import Attributes, Problem, Texts
from impact.matching.question.published import Given, laid_out

Columns = Mapping[str, NDArray[Any]]


def index_ids(db: Database, loaded: Loaded) -> None:
    """Number the ids of a table in their order, for others to refer to."""
    name, key = loaded.table.name, loaded.at(loaded.table.key[0])
    ids = f"select distinct {key} as id from {name} where {key} <> ''"
    db.execute(
        f"create table {name}_index as select id, row_number() over (order by id) - 1 as i from ({ids})"
    )


def producers_as_products(db: Database, producers: Loaded) -> Loaded:
    """Let each producer be one product of the same id."""
    name = producers.at("producer_id")
    db.execute(f"create table products as select r, {name} as c0, {name} as c1 from producers")
    return Loaded(PRODUCTS, producers.file, ("product_id", "producer_id"))


def assemble(db: Database, loaded: Mapping[str, Loaded]) -> Problem:
    """Build the problem from tables without faults, by table name."""
    producers = _nouns(db, loaded["producers"])
    products = _nouns(db, loaded["products"])
    placements = _nouns(db, loaded["placements"])
    links = _links(db, loaded["links"])
    before = _links(db, loaded["published"]) if "published" in loaded else None
    return Problem(
        producer_ids=_texts(producers["producer_id"]),
        product_ids=_texts(products["product_id"]),
        placement_ids=_texts(placements["placement_id"]),
        producer_of_product=ints(_producer_of_product(db, loaded["products"])),
        capacity=floats(producers["capacity"]),
        promised=floats(producers["floor"]),
        owed=floats(producers["owed"]),
        product_capacity=floats(products["capacity"]),
        supply=floats(placements["supply"]),
        product_of=ints(links["product"]),
        placement_of=ints(links["placement"]),
        value=floats(links["value"]),
        quality=floats(links["quality"]),
        baseline=floats(links["baseline"]),
        max_exposure=floats(links["max_exposure"]),
        producer_attributes=_attributes(loaded["producers"], producers),
        product_attributes=_attributes(loaded["products"], products),
        placement_attributes=_attributes(loaded["placements"], placements),
        published=None if before is None else laid_out(_given(before), links["product"], links["placement"]),
    )


def _given(before: Columns) -> Given:
    return Given(ints(before["product"]), ints(before["placement"]), floats(before["exposure"]))


def _nouns(db: Database, loaded: Loaded) -> Columns:
    """Fetch ids, numbers and attributes in the order of the ids."""
    key = loaded.table.key[0]
    selected = {**_numbers(loaded), **{name: loaded.at(name) for name in (key, *loaded.attributes)}}
    return _fetched(db, selected, f"from {loaded.table.name} order by {loaded.at(key)}")


def _producer_of_product(db: Database, products: Loaded) -> NDArray[Any]:
    joined = f"from products join producers_index p on p.id = {products.at('producer_id')}"
    return _fetched(db, {"producer": "p.i"}, f"{joined} order by {products.at('product_id')}")["producer"]


def _links(db: Database, loaded: Loaded) -> Columns:
    table = loaded.table
    product, placement = table.key
    source = (
        f"from {table.name} join {table.refers[product]}_index p on p.id = {loaded.at(product)} "
        f"join placements_index j on j.id = {loaded.at(placement)} order by p.i, j.i"
    )
    return _fetched(db, {"product": "p.i", "placement": "j.i", **_numbers(loaded)}, source)


def _numbers(loaded: Loaded) -> dict[str, str]:
    return {number.name: _number(loaded, number) for number in loaded.table.numbers}


def _number(loaded: Loaded, number: Number) -> str:
    """Write the SQL of a number; adding zero makes the two zeros one."""
    blank = "null" if number.blank is None else f"'{number.blank}'::double"
    if number.name not in loaded.columns:
        return blank
    return f"coalesce(try_cast({loaded.at(number.name)} as double), {blank}) + 0.0"


def _fetched(db: Database, selected: Mapping[str, str], source: str) -> Columns:
    """Fetch columns by name, whatever the names: the database only sees their numbers."""
    parts = ", ".join(f"{expression} as s{number}" for number, expression in enumerate(selected.values()))
    found = db.execute(f"select {parts} {source}").fetchnumpy()
    return {name: found[f"s{number}"] for number, name in enumerate(selected)}


def _attributes(loaded: Loaded, columns: Columns) -> Attributes:
    return {name: _texts(columns[name]) for name in loaded.attributes}


def _texts(values: Iterable[object]) -> Texts:
    return tuple(str(value) for value in values)
