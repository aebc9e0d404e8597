"""A .zip is hostile until proved otherwise."""

import re
import zipfile

import pytest
from bundles.folders import FILES

from impact.bundles import opened
from impact.bundles.read import read_bundle
from impact.errors import BadInput


def zipped(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return path


def codes(path) -> set[str]:
    with pytest.raises(BadInput) as refused:
        read_bundle(path)
    return {issue.code for issue in refused.value.issues}


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    bomb = zipped(tmp_path / "b.zip", [*FILES.items(), ("published.csv", b"0" * 50_000_000)])

    assert codes(bomb) == {"zip_too_dense"}


def test_too_many_entries_are_refused(tmp_path):
    crowd = [(f"notes/{number}.txt", b"") for number in range(opened.MOST_ENTRIES)]

    assert codes(zipped(tmp_path / "b.zip", [*FILES.items(), *crowd])) == {"zip_too_many_files"}


def test_what_says_it_unpacks_too_large_is_refused_whatever_it_holds(tmp_path):
    path = zipped(tmp_path / "b.zip", FILES.items())
    content = path.read_bytes()
    sizes = [entry.start() + 24 for entry in re.finditer(rb"PK\x01\x02", content)]
    path.write_bytes(_with(content, sizes, (0xFFFFFFFE).to_bytes(4, "little")))

    assert codes(path) == {"zip_too_large", "zip_too_dense"}


@pytest.mark.parametrize("name", ["../links.csv", "/links.csv", "a/../../links.csv", "C:\\links.csv"])
def test_nothing_is_ever_written_outside(tmp_path, name):
    inside = tmp_path / "in"
    inside.mkdir()
    files = [(key, text) for key, text in FILES.items() if key != "links.csv"]
    path = zipped(inside / "b.zip", [*files, (name, "owned")])

    assert "links.csv" not in {entry.name for entry in tmp_path.iterdir()}
    assert codes(path) & {"file_missing", "file_unknown"}
    assert "links.csv" not in {entry.name for entry in tmp_path.iterdir()}


def test_one_file_twice_is_refused(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = zipped(tmp_path / "b.zip", [*FILES.items(), ("links.csv", "other")])

    assert codes(path) == {"file_repeated"}


def test_an_encrypted_entry_is_refused(tmp_path):
    path = zipped(tmp_path / "b.zip", FILES.items())
    content = path.read_bytes()
    path.write_bytes(_with(content, [content.index(b"PK\x01\x02") + 8], b"\x01"))

    assert codes(path) == {"zip_not_readable"}


def test_a_damaged_zip_is_refused(tmp_path):
    path = zipped(tmp_path / "b.zip", FILES.items())
    path.write_bytes(_with(path.read_bytes(), [60], bytes(20)))

    assert codes(path) == {"zip_broken"}


def test_what_is_neither_folder_nor_zip_is_said_to_be_so(tmp_path):
    (tmp_path / "notes.txt").write_text("hello")

    assert codes(tmp_path / "notes.txt") == {"not_a_bundle"}
    assert codes(tmp_path / "nowhere") == {"bundle_missing"}


def test_what_an_archiver_adds_of_its_own_is_passed_over(tmp_path):
    files = [(f"bundle/{name}", text) for name, text in FILES.items()]
    path = zipped(
        tmp_path / "b.zip", [*files, ("__MACOSX/bundle/._links.csv", b"x"), ("bundle/README.txt", b"x")]
    )

    assert read_bundle(path).problem.num_links == 2


def _with(content: bytes, places: list[int], patch: bytes) -> bytes:
    patched = bytearray(content)
    for place in places:
        patched[place : place + len(patch)] = patch
    return bytes(patched)
