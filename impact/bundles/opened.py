"""Open a bundle, a folder or a .zip, without trusting it."""

import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from impact.errors import BadInput, Issue, refuse_if_any

MOST_ENTRIES = 1_000
MOST_BYTES = 8 * 2**30
MOST_RATIO = 200
SMALL_BYTES = 2**20
"""Below this size a high ratio is harmless."""
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
CHECKED = (".csv", ".parquet", ".json")
"""A file so named that no bundle has is a mistake; any other file is none of our business."""


@contextmanager
def opened(path: Path, names: Collection[str]) -> Iterator[Path]:
    """Give the folder in which the files called `names` lie; a .zip is unpacked into a temporary one.

    Raises
    ------
    BadInput
        If there is no such bundle, it has files of other names, or the .zip cannot be trusted.
    """
    if path.is_dir():
        refuse_if_any(_strangers([entry.name for entry in path.iterdir() if entry.is_file()], names))
        yield path
    elif not path.exists():
        raise BadInput([Issue("bundle_missing", file=path.name)])
    elif not zipfile.is_zipfile(path):
        raise BadInput([Issue("not_a_bundle", file=path.name)])
    else:
        with TemporaryDirectory(prefix="impact-") as folder:
            _unpack(path, Path(folder), names)
            yield Path(folder)


def _unpack(path: Path, folder: Path, names: Collection[str]) -> None:
    """Write the files called `names` to `folder`, under those names and nowhere else."""
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_if_any(_dangers(archive, path.name))
            inside = _inside(archive)
            refuse_if_any(_strangers([name for name, _ in inside], names))
            refuse_if_any(_repeated([name for name, _ in inside]))
            for name, entry in inside:
                if name in names:
                    with archive.open(entry) as source, (folder / name).open("wb") as target:
                        copyfileobj(source, target)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise BadInput([Issue("zip_broken", file=path.name, params={"reason": str(error)})]) from error


def _dangers(archive: zipfile.ZipFile, file: str) -> Iterator[Issue]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        yield Issue("zip_too_many_files", file, params={"found": len(entries), "most": MOST_ENTRIES})
    size = sum(entry.file_size for entry in entries)
    if size > MOST_BYTES:
        yield Issue("zip_too_large", file, params={"found": size, "most": MOST_BYTES})
    for entry in entries[:MOST_ENTRIES]:
        if entry.flag_bits & 1 or entry.compress_type not in METHODS:
            yield Issue("zip_not_readable", file, params={"entry": entry.filename})
        elif entry.file_size > max(SMALL_BYTES, MOST_RATIO * entry.compress_size):
            yield Issue("zip_too_dense", file, params={"entry": entry.filename, "most": MOST_RATIO})


def _inside(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    """Return the files of the archive's top, or of its only folder where it has nothing else."""
    files = [entry for entry in archive.infolist() if not entry.is_dir()]
    paths = [PurePosixPath(entry.filename) for entry in files]
    tops = {path.parts[0] for path in paths if path.parts[0] != "__MACOSX"}
    depth = 2 if len(tops) == 1 and all(len(path.parts) > 1 for path in paths) else 1
    return [(path.name, entry) for path, entry in zip(paths, files, strict=True) if _at(path, depth)]


def _at(path: PurePosixPath, depth: int) -> bool:
    return len(path.parts) == depth and path.parts[0] not in ("__MACOSX", "..", "/")


def _strangers(found: Collection[str], names: Collection[str]) -> Iterator[Issue]:
    for name in sorted(found):
        if name not in names and name.lower().endswith(CHECKED):
            yield Issue("file_unknown", file=name, params={"known": ", ".join(sorted(names))})


def _repeated(found: list[str]) -> Iterator[Issue]:
    for name in sorted({name for name in found if found.count(name) > 1}):
        yield Issue("file_repeated", file=name)
