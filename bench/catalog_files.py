"""Files of partners: how long a table takes to be read, and what memory."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

READ = """
import resource, sys
from pathlib import Path
from impact.catalog.files import open_table
from impact.memory import peak_mb
num_rows = sum(1 for _ in open_table(Path(sys.argv[1])).lines())
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(num_rows, sum(u.ru_utime + u.ru_stime for u in used), peak_mb(), used[1].ru_maxrss / 1e3)
"""


def rows() -> list[dict[str, object]]:
    """Read a table of twelve columns as CSV in two encodings, and as XLSX; each in a process of its own."""
    with TemporaryDirectory() as folder:
        return [
            _measured(Path(folder) / name, write, num_rows)
            for name, write, num_rows in (
                ("utf8.csv", _write_utf8, 100_000),
                ("gb18030.csv", _write_gb18030, 100_000),
                ("utf8.csv", _write_utf8, 1_000_000),
                ("book.xlsx", _write_xlsx, 100_000),
            )
        ]


def _measured(path: Path, write: Callable[[Path, int], None], num_rows: int) -> dict[str, object]:
    write(path, num_rows)
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    found, seconds, own_mb, child_mb = map(float, done.stdout.split())
    assert found == num_rows
    return {
        "file": path.name,
        "rows": num_rows,
        "CPU seconds": round(seconds, 2),
        "peak MB": round(own_mb),
        "peak MB of the process that parses": round(child_mb) or None,
    }


def _cells(num_rows: int) -> Iterator[list[object]]:
    yield ["编号", "名称", "省", "市", "县", "品类", "产能", "单位", "价格", "有机", "日期", "备注"]
    for i in range(num_rows):
        yield [
            i,
            f"产品{i}",
            "浙江省",
            "杭州市",
            "西湖区",
            "茶叶",
            3 * i,
            "公斤",
            12.5,
            "是",
            "2024-01-01",
            f"备用{i}",
        ]


def _write_utf8(path: Path, num_rows: int, encoding: str = "utf-8") -> None:
    with path.open("w", encoding=encoding) as file:
        file.writelines(",".join(map(str, row)) + "\n" for row in _cells(num_rows))


def _write_gb18030(path: Path, num_rows: int) -> None:
    _write_utf8(path, num_rows, "gb18030")


def _write_xlsx(path: Path, num_rows: int) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("货")
    for row in _cells(num_rows):
        sheet.append(row)
    book.save(path)
