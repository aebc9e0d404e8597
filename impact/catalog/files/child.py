"""Reads one sheet of a workbook in a process of its own, bounded in memory and time, and writes it as CSV.

A task comes as JSON on standard input, a report goes as JSON to standard output; `workbooks` asks for it.
"""

import csv
import json
import resource
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from zipfile import ZipFile

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from impact.catalog.files.layout import letters
from impact.catalog.files.limits import OUT_OF_MEMORY, Limits
from impact.catalog.files.marks import Marks, marks_of
from impact.catalog.files.shown import EXACT, Value, formatted, text_of
from impact.catalog.files.source import Kind
from impact.errors import BadInput, Issue, Param

MOST_FOUND = 10_000
"""Issues about cells that are reported."""


def main() -> None:
    """Do the task on standard input."""
    task = json.load(sys.stdin)
    limits = Limits(**task["limits"])
    _bound(limits)
    try:
        report = read(Path(task["path"]), Kind(task["kind"]), task["sheet"], Path(task["out"]), limits)
    except BadInput as refused:
        report = {"refused": [asdict(issue) for issue in refused.issues]}
    except PasswordError:
        report = {"refused": [asdict(Issue("workbook_encrypted"))]}
    except (MemoryError, OSError):  # the text grew beyond what a file may
        sys.exit(OUT_OF_MEMORY)
    json.dump(report, sys.stdout)


def read(path: Path, kind: Kind, wanted: str | None, out: Path, limits: Limits) -> dict[str, object]:
    """Write the sheet `wanted`, or the first with a table, to `out`, and report what was seen."""
    with CalamineWorkbook.from_path(path) as book:
        sheets = [found.name for found in book.sheets_metadata if found.typ is SheetTypeEnum.WorkSheet]
        if wanted is not None and wanted not in sheets:
            params = {"value": wanted, "known": ", ".join(sheets)}
            raise BadInput([Issue("sheet_unknown", params=params)])
        hidden = {s.name for s in book.sheets_metadata if s.visible is not SheetVisibleEnum.Visible}
        order = [wanted] if wanted else sorted(sheets, key=lambda name: name in hidden)
        name, marks = _first_with_table(path, kind, book, order, limits)
        sheet = book.get_sheet_by_name(name)
        issues = [Issue("sheet_hidden", params={"value": name})] if name in hidden else []
        issues += _write(sheet, marks, out)
    return {"sheet": name, "sheets": sheets, "issues": [asdict(issue) for issue in issues]}


def _bound(limits: Limits) -> None:
    seconds = int(limits.seconds) + 1
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.unpacked_bytes, limits.unpacked_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _first_with_table(
    path: Path, kind: Kind, book: CalamineWorkbook, names: Iterable[str], limits: Limits
) -> tuple[str, Marks]:
    """Find the first sheet with two rows or more, else the first with one."""
    single = None
    for name in names:
        marks = _marks(path, kind, name, limits)
        height = book.get_sheet_by_name(name).height
        if height > 1:
            return name, marks
        single = single or ((name, marks) if height else None)
    if single is None:
        raise BadInput([Issue("table_not_found")])
    return single


def _marks(path: Path, kind: Kind, sheet: str, limits: Limits) -> Marks:
    """Read the marks of an XLSX sheet, and refuse one that reaches too far."""
    if kind is not Kind.XLSX:
        return Marks()
    with ZipFile(path) as package:
        marks = marks_of(package, sheet)
    found = (marks.last_row + 1) * (marks.last_column + 1)
    if found > limits.cells:
        last = f"{letters(marks.last_column + 1)}{marks.last_row + 1}"
        params: dict[str, Param] = {"value": last, "found": found, "most": limits.cells}
        raise BadInput([Issue("sheet_too_large", params=params)])
    return marks


def _write(sheet: CalamineSheet, marks: Marks, out: Path) -> list[Issue]:
    issues = [_issue("error_value", place, error) for place, error in list(marks.errors.items())[:MOST_FOUND]]
    issues += [_issue("formula_unkept", place, "") for place in marks.unkept[:MOST_FOUND]]
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for row, values in _filled(sheet):
            cells = [text_of(value) for value in values]
            for column, value in enumerate(values):
                if isinstance(value, float):
                    if abs(value) >= EXACT and len(issues) < MOST_FOUND:
                        issues.append(_issue("digits_lost", (row, column), cells[column]))
                    if (row, column) in marks.formats:
                        cells[column] = formatted(value, marks.formats[row, column])
            writer.writerow(cells if any(cells) else [])
    return issues


def _issue(code: str, place: tuple[int, int], value: str) -> Issue:
    return Issue(code, row=place[0] + 1, column=letters(place[1] + 1), params={"value": value})


def _filled(sheet: CalamineSheet) -> Iterator[tuple[int, list[Value]]]:
    """Give the rows from the sheet's first, cells merged downwards filled with their value."""
    indent: list[Value] = [""] * (sheet.start[1] if sheet.start else 0)
    starting: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or []:
        if bottom > top:
            starting.setdefault(top, []).append((left, bottom))
    open_until: dict[int, tuple[int, Value]] = {}
    for row, found in enumerate(sheet.iter_rows()):
        values: list[Value] = [*indent, *found]
        for left, (bottom, value) in open_until.items():
            if row <= bottom and not values[left]:
                values[left] = value
        for left, bottom in starting.get(row, ()):
            if left < len(values):
                open_until[left] = (bottom, values[left])
        yield row, values


if __name__ == "__main__":
    main()
