"""A run: a bundle and the plan that answers it, each as its .zip, in one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from impact.bundles.opened import opened

BUNDLE, PLAN = "bundle.zip", "plan.zip"
RUN_FILES = (BUNDLE, PLAN)


@contextmanager
def run_opened(path: Path) -> Iterator[tuple[Path, Path]]:
    """Give the bundle and the plan of a run, a folder or a .zip; raises as `opened` does."""
    with opened(path, RUN_FILES) as folder:
        yield folder / BUNDLE, folder / PLAN
