"""Files of any length are read row by row, in memory that does not grow with them."""

import subprocess
import sys

import pytest

HEADER = "编号,名称,省,市,县,品类,产能,单位,价格,有机,日期,备注\n"
PEAK = """
import sys
from pathlib import Path
from impact.catalog.files import open_table
from impact.memory import peak_mb
before = peak_mb()
table = open_table(Path(sys.argv[1]))
print(sum(1 for _ in table.lines()), len(table.issues), peak_mb() - before)
"""


def write(path, num_rows):
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for i in range(num_rows):
            file.write(f"{i},产品{i},浙江省,杭州市,西湖区,茶叶,{3 * i},公斤,12.5,是,2024-01-01,备用{i}\n")


def peak(path):
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, timeout=120, check=True
    )
    num_rows, num_issues, took_mb = done.stdout.split()
    return int(num_rows), int(num_issues), float(took_mb)


@pytest.mark.slow
def test_a_million_rows_stream_in_the_memory_of_few(tmp_path):
    write(tmp_path / "few.csv", 1_000)
    write(tmp_path / "many.csv", 1_000_000)

    *_, few_mb = peak(tmp_path / "few.csv")
    num_rows, num_issues, many_mb = peak(tmp_path / "many.csv")

    assert (num_rows, num_issues) == (1_000_000, 0)
    assert many_mb < few_mb + 20


@pytest.mark.slow
def test_findings_do_not_fill_the_memory(tmp_path):
    path = tmp_path / "short.csv"
    path.write_text("a,b,c\n" + "7,8\n" * 1_000_000)

    num_rows, num_issues, took_mb = peak(path)

    assert (num_rows, num_issues) == (1_000_000, 10_001)  # the last says how many more there are
    assert took_mb < 40
