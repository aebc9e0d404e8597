"""Arrays are frozen small where that pays, and read however they were packed."""

import zlib
from hashlib import sha256
from io import BytesIO

import numpy as np
import pytest
from sqlalchemy import insert, select

from impact.arrays import floats, ints
from impact.store.solved.snapshots import SNAPSHOTS, beside, keep_arrays, kept_array, kept_arrays

EVEN = ints(np.zeros(100_000))
UNEVEN = floats(np.random.default_rng(1).random(100_000))


def bodies(connection):
    return connection.execute(select(SNAPSHOTS.c.body)).scalars().all()


def test_arrays_come_back_by_name(engine):
    with engine.begin() as connection:
        name = keep_arrays(connection, {"even": EVEN, "uneven": UNEVEN, "none": floats([])})

        kept = kept_arrays(connection, name)
        assert {key: array.tobytes() for key, array in kept.items()} == {
            "even": EVEN.tobytes(),
            "uneven": UNEVEN.tobytes(),
            "none": b"",
        }
        assert kept_array(connection, name, "even").dtype == np.int64


def test_the_same_arrays_are_kept_once(engine):
    with engine.begin() as connection:
        first, again = (keep_arrays(connection, {"a": UNEVEN}) for _ in range(2))

        assert (first == again, len(bodies(connection))) == (True, 1)


def test_arrays_name_those_they_go_together_with(engine):
    with engine.begin() as connection:
        shared = keep_arrays(connection, {"even": EVEN})
        name = keep_arrays(connection, {"own": UNEVEN}, shared)

        assert (beside(connection, name), beside(connection, shared)) == (shared, "")
        assert list(kept_arrays(connection, name)) == ["own"]


@pytest.mark.parametrize(("array", "least", "most"), [(EVEN, 0.0, 0.05), (UNEVEN, 1.0, 1.01)])
def test_only_what_gets_smaller_is_packed(engine, array, least, most):
    with engine.begin() as connection:
        keep_arrays(connection, {"a": array})

        (body,) = bodies(connection)
    assert least * array.nbytes <= len(body) <= most * array.nbytes


def test_arrays_that_were_packed_as_a_whole_are_read(engine):
    packed = BytesIO()
    np.savez(packed, a=UNEVEN)
    body = zlib.compress(packed.getvalue(), 1)
    name = sha256(body).hexdigest()
    with engine.begin() as connection:
        connection.execute(insert(SNAPSHOTS).values(sha256=name, body=body))

        assert kept_array(connection, name, "a").tobytes() == UNEVEN.tobytes()
