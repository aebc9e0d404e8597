"""What is written is read again, and is there whole or not at all."""

from dataclasses import replace

import numpy as np
import pytest
from bundles.folders import folder_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import two_valleys

from impact.arrays import floats, ints
from impact.bundles.canonical import canonical
from impact.bundles.document import PROBLEM_FORMAT, ProblemDocument
from impact.bundles.read import Bundle, read_bundle
from impact.bundles.shipped import shipped
from impact.bundles.write import write_bundle
from impact.errors import BadInput
from impact.matching.question.problem import Problem
from impact.matching.question.published import Published
from impact.matching.rules.group_floor import GroupFloor

INF = float("inf")
DOCUMENT = ProblemDocument(
    format=PROBLEM_FORMAT, rules=(GroupFloor(id="floor", group={"type": "rural"}, share=0.3),)
)
letters = st.characters(codec="utf-8", exclude_characters="\0")
ids = st.text(letters, min_size=1, max_size=6)
cells = st.text(letters, max_size=6)
amounts = st.floats(0, 1e15)
unlimited = st.one_of(amounts, st.just(INF))
qualities = st.one_of(st.floats(0, 1), st.just(float("nan")))


@st.composite
def problems(draw) -> Problem:
    producers, products, placements = (
        draw(st.lists(ids, min_size=1, max_size=4, unique=True)) for _ in range(3)
    )
    pairs = [(i, j) for i in range(len(products)) for j in range(len(placements))]
    links = sorted(draw(st.lists(st.sampled_from(pairs), min_size=1, unique=True)))

    def numbers(kind, size):
        return floats(draw(st.lists(kind, min_size=size, max_size=size)))

    def attributes(size):
        name = ids.filter(str.isprintable)
        values = st.lists(cells, min_size=size, max_size=size).map(tuple)
        return draw(st.dictionaries(name, values, max_size=2).filter(_told_apart))

    return Problem(
        producer_ids=tuple(producers),
        product_ids=tuple(products),
        placement_ids=tuple(placements),
        producer_of_product=ints([draw(st.integers(0, len(producers) - 1)) for _ in products]),
        capacity=numbers(unlimited, len(producers)),
        promised=numbers(amounts, len(producers)),
        product_capacity=numbers(unlimited, len(products)),
        supply=numbers(amounts, len(placements)),
        product_of=ints([i for i, _ in links]),
        placement_of=ints([j for _, j in links]),
        value=numbers(amounts, len(links)),
        quality=numbers(qualities, len(links)),
        baseline=numbers(amounts, len(links)),
        max_exposure=numbers(unlimited, len(links)),
        producer_attributes=attributes(len(producers)),
        product_attributes=attributes(len(products)),
        placement_attributes=attributes(len(placements)),
        owed=numbers(st.floats(-1e15, 1e15), len(producers)),
        published=draw(st.one_of(st.none(), published(pairs, links))),
    )


@st.composite
def published(draw, pairs, links) -> Published:
    given = st.floats(1e-3, 1e6)
    gone = draw(st.lists(st.sampled_from(pairs), unique=True).map(lambda some: set(some) - set(links)))
    return Published(
        floats(draw(st.lists(st.one_of(st.just(0.0), given), min_size=len(links), max_size=len(links)))),
        ints([product for product, _ in gone]),
        ints([placement for _, placement in gone]),
        floats([draw(given) for _ in gone]),
    )


def same(one: Problem, other: Problem) -> bool:
    fields = set(Problem.__dataclass_fields__) - {"published"}
    return all(_equal(getattr(one, name), getattr(other, name)) for name in fields) and (
        one.published is other.published is None
        or all(map(_equal, vars(one.published).values(), vars(other.published).values()))
    )


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(problem=problems(), suffix=st.sampled_from(["csv", "parquet"]))
def test_what_is_written_is_read_again(tmp_path, problem, suffix):
    free = ProblemDocument(format=PROBLEM_FORMAT, seed=7)

    write_bundle(Bundle(problem, free, suffix), tmp_path / "bundle")

    again = read_bundle(tmp_path / "bundle")
    assert same(again.problem, canonical(problem))
    assert again.document == free


@pytest.mark.parametrize("out", ["plain", "packed.zip"])
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_files_of_either_kind_have_one_fingerprint(tmp_path, suffix, out):
    bundle = Bundle(two_valleys(), DOCUMENT, suffix)

    write_bundle(bundle, tmp_path / out)

    again = read_bundle(tmp_path / out)
    assert (again.sha256, again.suffix, again.rules) == (bundle.sha256, suffix, DOCUMENT.rules)


def test_the_same_bundle_has_the_same_bytes(tmp_path):
    for out in ("a.zip", "b.zip"):
        write_bundle(Bundle(two_valleys(), DOCUMENT, "parquet"), tmp_path / out)

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_column_named_like_one_of_ours_is_refused_rather_than_lost(tmp_path):
    problem = replace(two_valleys(), producer_attributes={"capacity": ("big", "small")})

    with pytest.raises(ValueError, match="capacity"):
        write_bundle(Bundle(problem, DOCUMENT), tmp_path / "bundle")


def test_writing_replaces_an_earlier_bundle(tmp_path):
    folder = folder_of(tmp_path / "bundle")

    write_bundle(Bundle(two_valleys(), DOCUMENT, "parquet"), folder)

    assert not (folder / "links.csv").exists()
    assert read_bundle(folder).suffix == "parquet"


def test_writing_never_takes_a_foreign_folder_away(tmp_path):
    (tmp_path / "thesis.doc").write_text("three years of work")

    with pytest.raises(BadInput, match="out_taken"):
        write_bundle(Bundle(two_valleys(), DOCUMENT), tmp_path)

    assert (tmp_path / "thesis.doc").exists()


def test_a_block_that_fails_leaves_nothing_behind(tmp_path):
    with pytest.raises(RuntimeError, match="power cut"), shipped(tmp_path / "out", ()) as folder:
        (folder / "half.csv").write_text("a,b\n1,")
        raise RuntimeError("power cut")

    assert list(tmp_path.iterdir()) == []


def _told_apart(names: dict[str, object]) -> bool:
    return len({name.casefold() for name in names}) == len(names)


def _equal(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other, equal_nan=True)
    return one == other
