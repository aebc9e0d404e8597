from dataclasses import fields, replace

import pytest
from sqlalchemy.exc import IntegrityError

from impact.catalog.sample.load import load_sample
from impact.config import DATA
from impact.model import Catalog
from impact.store.catalogs import TABLES, load_catalog, save_catalog


def test_the_sample_comes_back_as_it_was_kept(engine):
    sample = load_sample(DATA)

    save_catalog(engine, sample)

    assert load_catalog(engine) == sample


def test_saving_again_replaces_what_was_there(engine):
    first = load_sample(DATA)
    save_catalog(engine, first)

    save_catalog(engine, replace(first, producers=first.producers[:10], products=first.products[:10]))

    assert len(load_catalog(engine).producers) == 10


def test_a_save_that_fails_leaves_the_catalog_as_it_was(engine):
    sample = load_sample(DATA)
    save_catalog(engine, sample)
    twice = replace(sample, regions=sample.regions[:2], placements=sample.placements[:1] * 2)

    with pytest.raises(IntegrityError):
        save_catalog(engine, twice)

    assert load_catalog(engine) == sample


def test_every_noun_of_a_catalog_has_a_table():
    assert set(TABLES) == {field.name for field in fields(Catalog)}
