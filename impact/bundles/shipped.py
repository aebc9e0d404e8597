"""Write a folder or .zip so that it is there whole or not at all."""

import shutil
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from impact.errors import Issue, refuse_if_any

EPOCH = (1980, 1, 1, 0, 0, 0)
"""A .zip of the same files has the same bytes, whenever it is made."""


@contextmanager
def shipped(out: Path, names: Collection[str]) -> Iterator[Path]:
    """Give a folder to fill; when the block ends well it takes the place of `out`.

    Raises
    ------
    BadInput
        If `out` is there already and holds anything but files called `names`.
    """
    demand_free(out, names)
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as beside:
        filled = Path(beside) / "new"
        filled.mkdir()
        yield filled
        if out.suffix == ".zip":
            _zipped(filled, Path(beside) / "zip").replace(out)
        else:
            if out.exists():
                out.rename(Path(beside) / "old")
            filled.rename(out)


def demand_free(out: Path, names: Collection[str]) -> None:
    """Refuse an `out` that writing would take something foreign away from."""
    refuse_if_any([Issue("out_taken", params={"out": str(out)})] if _taken(out, names) else [])


def _taken(out: Path, names: Collection[str]) -> bool:
    if out.suffix == ".zip":
        return out.is_dir()
    if not out.exists():
        return False
    return not out.is_dir() or any(entry.name not in names for entry in out.iterdir())


def _zipped(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            entry = zipfile.ZipInfo(file.name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with file.open("rb") as source, archive.open(entry, "w", force_zip64=True) as into:
                shutil.copyfileobj(source, into)
    return target
