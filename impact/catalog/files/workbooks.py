"""A sheet of a workbook → a text file that is read like any; the workbook is parsed in another process."""

import json
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import BaseModel

from impact.catalog.files.limits import OUT_OF_MEMORY, Limits
from impact.catalog.files.packages import refers_to_others
from impact.catalog.files.source import Kind
from impact.errors import BadInput, Issue, refuse_if_any

CHILD = "impact.catalog.files.child"
OUT_OF_MEMORY_STATUSES = {OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV}
"""How a process ends that asked for more memory than it may have."""


class _Report(BaseModel):
    """What the other process tells: a sheet, or why there is none."""

    sheet: str = ""
    sheets: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    refused: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet as UTF-8 CSV at `path`; the file is gone when `folder` is."""

    folder: "TemporaryDirectory[str]"
    name: str
    names: tuple[str, ...]
    issues: tuple[Issue, ...]

    @property
    def path(self) -> Path:
        return Path(self.folder.name) / "sheet.csv"


def read_sheet(path: Path, kind: Kind, sheet: str | None, limits: Limits) -> Sheet:
    """Read the sheet that is wanted, else the first with a table.

    Raises
    ------
    BadInput
        The workbook is broken or encrypted, has no such sheet, or takes more memory or time than allowed.
    """
    folder = TemporaryDirectory(prefix="impact-")
    out = Path(folder.name) / "sheet.csv"
    task = {"path": str(path.absolute()), "kind": kind, "sheet": sheet, "out": str(out)}
    report = _run(json.dumps(task | {"limits": asdict(limits)}), limits)
    refuse_if_any(report.refused)
    linked = (Issue("workbook_linked"),) if kind is Kind.XLSX and refers_to_others(path) else ()
    return Sheet(folder, report.sheet, report.sheets, (*report.issues, *linked))


def _run(task: str, limits: Limits) -> _Report:
    """Run the other process; however it ends, this one goes on."""
    try:
        done = subprocess.run(  # noqa: S603  our own module, no shell
            [sys.executable, "-m", CHILD],
            input=task.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _out_of_time(limits) from None
    if done.returncode == -signal.SIGXCPU:
        raise _out_of_time(limits)
    if done.returncode in OUT_OF_MEMORY_STATUSES:
        raise BadInput([Issue("workbook_out_of_memory")])
    if done.returncode:
        raise BadInput([Issue("workbook_broken")])
    return _Report.model_validate_json(done.stdout)


def _out_of_time(limits: Limits) -> BadInput:
    return BadInput([Issue("workbook_out_of_time", params={"seconds": limits.seconds})])
