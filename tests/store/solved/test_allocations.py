"""What a plan gives is read by page and by producer, without the rest of it."""

from dataclasses import replace

import numpy as np
import pytest
from shelves import valley
from sqlalchemy import update

from impact.store.solved import allocations
from impact.store.solved.allocations import ALLOCATIONS, Given, given_to, num_given, page_of_given
from impact.store.solved.plans import PlanShelf

WHOLE = sorted(
    (
        Given(int(producer), int(product), int(placement), float(exposure))
        for producer, product, placement, exposure in zip(
            valley().problem.producer_of,
            valley().problem.product_of,
            valley().problem.placement_of,
            valley().plan.exposure,
            strict=True,
        )
        if exposure > 0
    ),
    key=lambda given: (given.producer, given.product, given.placement),
)


@pytest.fixture
def kept(engine, monkeypatch):
    """The valley's plan, cut into parts of five rows, beside another that gives half as much."""
    monkeypatch.setattr(allocations, "ROWS", 5)
    for number, share in ((1, 1.0), (2, 0.5)):
        plan = replace(valley().plan, exposure=valley().plan.exposure * share)
        PlanShelf(engine).keep(replace(valley(), plan_id=f"valley-{number}", plan=plan))
    return engine


def test_pages_put_together_are_the_whole_by_producer(kept):
    num = num_given(kept, "valley-1")
    pages = [page_of_given(kept, "valley-1", first, 7) for first in range(0, num, 7)]

    assert num == len(WHOLE) > 20
    assert [given for page in pages for given in page] == WHOLE


def test_a_page_past_the_end_is_empty_and_one_across_it_short(kept):
    assert page_of_given(kept, "valley-1", len(WHOLE), 7) == ()
    assert page_of_given(kept, "valley-1", len(WHOLE) - 2, 7) == tuple(WHOLE[-2:])


def test_each_producer_finds_what_it_is_given_and_nothing_else(kept):
    for producer in range(len(valley().graph.catalog.producers)):
        assert list(given_to(kept, "valley-1", producer)) == [
            given for given in WHOLE if given.producer == producer
        ]


def test_a_plan_that_gives_nothing_has_no_rows(engine):
    nothing = replace(valley().plan, exposure=np.zeros_like(valley().plan.exposure))
    PlanShelf(engine).keep(replace(valley(), plan=nothing))

    assert num_given(engine, "valley-1") == 0
    assert page_of_given(engine, "valley-1", 0, 10) == ()


def test_a_part_that_was_tampered_with_is_not_believed(kept):
    with kept.begin() as connection:
        connection.execute(update(ALLOCATIONS).values(body=b"something else"))

    with pytest.raises(ValueError, match="sha256"):
        page_of_given(kept, "valley-1", 0, 5)


def spoil_all_but(engine, *first_rows):
    with engine.begin() as connection:
        others = update(ALLOCATIONS).where(ALLOCATIONS.c.first_row.not_in(first_rows))
        connection.execute(others.values(body=b"something else"))


def test_parts_beside_those_of_a_page_are_not_read(kept):
    spoil_all_but(kept, 5, 10)

    assert page_of_given(kept, "valley-1", 5, 10) == tuple(WHOLE[5:15])
    for first in (0, 4, 14, len(WHOLE) - 1):
        with pytest.raises(ValueError, match="sha256"):
            page_of_given(kept, "valley-1", first, 5)


@pytest.mark.parametrize("row", [0, len(WHOLE) // 2, len(WHOLE) - 1])
def test_parts_beside_those_of_a_producer_are_not_read(kept, row):
    producer = WHOLE[row].producer
    numbers = [number for number, given in enumerate(WHOLE) if given.producer == producer]
    spoil_all_but(kept, *{number // 5 * 5 for number in numbers})

    assert given_to(kept, "valley-1", producer) == tuple(WHOLE[number] for number in numbers)
