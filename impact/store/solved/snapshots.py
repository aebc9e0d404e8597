"""Frozen inputs and outputs by content: the same bytes are kept once, and never change.

Arrays that go together with others that are kept already name those instead of holding them again.
"""

import zlib
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import numpy as np
from numpy.lib.npyio import NpzFile
from pydantic import BaseModel, TypeAdapter
from sqlalchemy import Column, Connection, LargeBinary, Table, Text, select

from impact.arrays import Floats, Ints
from impact.model import Catalog
from impact.store.database import insert_new
from impact.store.nouns import METADATA

SNAPSHOTS = Table(
    "snapshots",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
_ZIPPED = b"PK"
"""So begin arrays that are not packed as a whole, as they were for a while."""
_SAMPLE = 16_384
"""So many bytes from the middle of an array tell whether packing it pays."""
_PAYS = 0.7
"""An array is packed where its sample shrinks to less than so much of itself."""
_CATALOG = TypeAdapter(Catalog)
_BESIDE = "beside"
"""The entry that holds the name of arrays these go together with."""


class _Products(BaseModel):
    products: list[object]


def keep_catalog(connection: Connection, catalog: Catalog) -> str:
    """Freeze `catalog`; return the name of what was kept."""
    return _keep(connection, zlib.compress(_CATALOG.dump_json(catalog), 1))


def kept_catalog(connection: Connection, name: str) -> Catalog:
    """Return a frozen catalog."""
    return _CATALOG.validate_json(zlib.decompress(_kept(connection, name)))


def num_products(connection: Connection, name: str) -> int:
    """Count the products of a frozen catalog; nothing of it is read but that they are there."""
    return len(_Products.model_validate_json(zlib.decompress(_kept(connection, name))).products)


def keep_arrays(connection: Connection, arrays: Mapping[str, Floats | Ints], beside: str = "") -> str:
    """Freeze named arrays, that go together with those kept as `beside`; return the name of what was kept."""
    named = {_BESIDE: np.frombuffer(beside.encode(), np.uint8)} if beside else {}
    body = BytesIO()
    with ZipFile(body, "w", compresslevel=1) as file:
        for name, array in {**arrays, **named}.items():
            written = BytesIO()
            np.save(written, array, allow_pickle=False)
            file.writestr(ZipInfo(f"{name}.npy"), written.getbuffer(), _packing(written.getbuffer()))
    return _keep(connection, body.getvalue())


def kept_arrays(connection: Connection, name: str) -> dict[str, Floats | Ints]:
    """Return frozen arrays by name, without those they go together with."""
    with _opened(connection, name) as arrays:
        return {key: arrays[key] for key in arrays.files if key != _BESIDE}


def beside(connection: Connection, name: str) -> str:
    """Name the arrays that frozen ones go together with; empty where there are none."""
    with _opened(connection, name) as arrays:
        return arrays[_BESIDE].tobytes().decode() if _BESIDE in arrays.files else ""


def kept_array(connection: Connection, name: str, key: str) -> Floats | Ints:
    """Return one of frozen arrays."""
    with _opened(connection, name) as arrays:
        array: Floats | Ints = arrays[key]
        return array


def _packing(content: memoryview) -> int:
    """Choose how to keep an array: arbitrary numbers hardly get smaller, and packing takes longest of all."""
    middle = len(content) // 2
    sample = content[middle : middle + _SAMPLE]
    return ZIP_DEFLATED if len(zlib.compress(sample, 1)) < _PAYS * len(sample) else ZIP_STORED


def _opened(connection: Connection, name: str) -> NpzFile:
    body = _kept(connection, name)
    if not body.startswith(_ZIPPED):
        body = zlib.decompress(body)
    opened: NpzFile = np.load(BytesIO(body), allow_pickle=False)
    return opened


def _keep(connection: Connection, body: bytes) -> str:
    name = sha256(body).hexdigest()
    if connection.execute(select(SNAPSHOTS.c.sha256).where(SNAPSHOTS.c.sha256 == name)).first() is None:
        insert_new(connection, SNAPSHOTS, [{"sha256": name, "body": body}])
    return name


def _kept(connection: Connection, name: str) -> bytes:
    body: bytes = connection.execute(select(SNAPSHOTS.c.body).where(SNAPSHOTS.c.sha256 == name)).scalar_one()
    if sha256(body).hexdigest() != name:
        raise ValueError(f"Expected bytes of sha256 {name}, found others: the database was tampered with.")
    return body
