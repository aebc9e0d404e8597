"""What a bundle says."""

import codecs
import zipfile

import numpy as np
from bundles.folders import FILES, folder_of

from impact.bundles.read import read_bundle
from impact.matching.rules.group_floor import GroupFloor


def test_a_bundle_becomes_a_problem_in_the_order_of_its_ids(tmp_path):
    bundle = read_bundle(folder_of(tmp_path))

    problem = bundle.problem
    assert problem.product_ids == ("lamp", "tea")
    assert problem.producer_ids == ("hill", "town")
    assert problem.producer_of_product.tolist() == [1, 0]
    assert problem.value.tolist() == [1.0, 0.5]
    assert problem.producer_attributes == {"type": ("rural", "urban")}
    assert bundle.rules == (GroupFloor(id="rural-floor", group={"type": "rural"}, share=0.3),)


def test_an_empty_cell_means_unlimited_unknown_or_nothing(tmp_path):
    links = "product_id,placement_id,value,quality,baseline,max_exposure\ntea,live,1,,,\n"

    problem = read_bundle(folder_of(tmp_path, links=links)).problem

    assert problem.capacity.tolist() == [100, np.inf]
    assert problem.promised.tolist() == [0, 0]
    assert np.isnan(problem.quality).all()
    assert (problem.baseline.tolist(), problem.max_exposure.tolist()) == ([0], [np.inf])


def test_without_products_each_producer_is_one(tmp_path):
    links = "producer_id,placement_id,value\nhill,live,1\n"

    problem = read_bundle(folder_of(tmp_path, products=None, links=links)).problem

    assert problem.product_ids == ("hill", "town")
    assert problem.producer_of_product.tolist() == [0, 1]


def test_links_may_call_a_producer_its_product_where_there_are_no_products(tmp_path):
    links = "product_id,placement_id,value\nhill,live,1\n"

    assert read_bundle(folder_of(tmp_path, products=None, links=links)).problem.num_links == 1


def test_a_byte_order_mark_does_not_eat_the_first_column(tmp_path):
    marked = {name: codecs.BOM_UTF8 + text.encode() for name, text in FILES.items()}

    bundle = read_bundle(folder_of(tmp_path / "marked", **marked))

    assert bundle.sha256 == read_bundle(folder_of(tmp_path / "plain")).sha256


def test_ids_stay_text(tmp_path):
    producers = "producer_id,capacity,type\n007,1,rural\n7,1,urban\n"
    links = "producer_id,placement_id,value\n007,live,1\n"

    problem = read_bundle(folder_of(tmp_path, producers=producers, products=None, links=links)).problem

    assert problem.producer_ids == ("007", "7")


def test_the_order_of_rows_changes_nothing(tmp_path):
    shuffled = {name: _backwards(text) for name, text in FILES.items() if name.endswith(".csv")}

    straight, backwards = folder_of(tmp_path / "a"), folder_of(tmp_path / "b", **shuffled)

    assert read_bundle(straight).sha256 == read_bundle(backwards).sha256


def test_another_value_is_another_fingerprint(tmp_path):
    changed = FILES["links.csv"].replace("0.9", "0.8")

    straight, other = folder_of(tmp_path / "a"), folder_of(tmp_path / "b", links=changed)

    assert read_bundle(straight).sha256 != read_bundle(other).sha256


def test_a_folder_whose_name_looks_like_a_pattern_is_read(tmp_path):
    assert read_bundle(folder_of(tmp_path / "run [1]*")).problem.num_links == 2


def test_a_bundle_may_come_as_one_zip_with_or_without_its_folder(tmp_path):
    expected = read_bundle(folder_of(tmp_path / "plain")).sha256
    for prefix in ("", "bundle/"):
        with zipfile.ZipFile(tmp_path / "bundle.zip", "w") as archive:
            for name, text in FILES.items():
                archive.writestr(prefix + name, text)

        assert read_bundle(tmp_path / "bundle.zip").sha256 == expected


def _backwards(text: str) -> str:
    header, *rows = text.splitlines(keepends=True)
    return header + "".join(reversed(rows))


def test_what_was_published_lies_on_its_links_and_the_rest_is_gone(tmp_path):
    links = "product_id,placement_id,value\ntea,live,1\n"
    before = "product_id,placement_id,exposure\nlamp,live,7\ntea,live,30\n"

    published = read_bundle(folder_of(tmp_path, links=links, **{"published.csv": before})).problem.published

    assert published.exposure.tolist() == [30]
    assert (published.gone_product.tolist(), published.gone_exposure.tolist()) == ([0], [7])
    assert (published.whole, published.gone) == (37, 7)


def test_where_producers_are_products_what_was_published_may_name_them(tmp_path):
    links = "producer_id,placement_id,value\nhill,live,1\n"
    before = "producer_id,placement_id,exposure\nhill,live,30\n"

    bundle = read_bundle(folder_of(tmp_path, products=None, links=links, **{"published.csv": before}))

    assert bundle.problem.published.exposure.tolist() == [30]


def test_another_published_plan_is_another_problem(tmp_path):
    before = "product_id,placement_id,exposure\ntea,live,{}\n"
    bundles = [folder_of(tmp_path / name, **{"published.csv": before.format(name)}) for name in ("1", "2")]

    fingerprints = {read_bundle(folder).sha256 for folder in (*bundles, folder_of(tmp_path / "none"))}

    assert len(fingerprints) == 3
