"""How long a large file takes from bytes to profile, and how much memory.

``python -m tests.benchmarks.reading [share]`` from the root of the clone: 200 MB of CSV (a million rows by twenty
columns: numbers, a group, a date, decimals with units) and a workbook of 100,000 rows by ten columns; ``share`` makes
both smaller. Each is read in a process of its own. Wanted, on two cores: the CSV below 15 s and five times the file in
memory, the workbook below 12 s.
"""

import io
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter

from tests.benchmarks.memory import memory_kib

ROWS, SHEET_ROWS = 1_000_000, 100_000
GROUPS = ("north", "south", "east", "west")


def csv_file(n_rows: int) -> bytes:
    """About 200 bytes a row."""
    rng = np.random.default_rng(1)
    columns: dict[str, object] = {f"x{i}": rng.normal(100, 15, n_rows).round(7) for i in range(15)}
    columns["id"] = np.arange(n_rows)
    columns["n"] = rng.integers(0, 1000, n_rows)
    columns["group"] = rng.choice(GROUPS, n_rows)
    columns["day"] = (np.datetime64("2020-01-01") + rng.integers(0, 2000, n_rows)).astype(str)
    columns["price"] = [f"${cents / 100:.2f}" for cents in rng.integers(100, 99_999, n_rows)]
    return pd.DataFrame(columns).to_csv(index=False).encode()


def workbook(n_rows: int) -> bytes:
    """Nine columns of numbers and one of words."""
    rng = np.random.default_rng(1)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [f"x{i}" for i in range(9)] + ["group"])
        for row, values in enumerate(rng.normal(size=(n_rows, 9)).tolist(), start=1):
            sheet.write_row(row, 0, [*values, GROUPS[row % 4]])
    return out.getvalue()


def measure(path: str) -> None:
    """Read and profile a file in this process, and print what it cost."""
    from gmm_core.tables.profile import profile_columns
    from gmm_core.tables.reading import read_table

    read_table(b"x,y\n1,2\n")  # so that what loads on first use is there
    data = Path(path).read_bytes()
    before, started = memory_kib("VmHWM"), (time.perf_counter(), time.process_time())
    frame = read_table(data, "table")
    read = time.perf_counter() - started[0]
    profile_columns(frame)
    total, busy, grown = (
        time.perf_counter() - started[0],
        time.process_time() - started[1],
        memory_kib("VmHWM") - before,
    )
    size = f"{len(data) / 2**20:.0f} MB, {len(frame):,} rows by {frame.shape[1]}"
    print(f"{size}: read in {read:.1f} s, with profile {total:.1f} s")
    times = 1 + 1024 * grown / len(data)
    print(f"  {busy:.1f} s of processor time; {times:.1f} times the file in memory, the file counted")


def main(share: float) -> None:
    """Make both files and measure each."""
    with tempfile.TemporaryDirectory() as folder:
        for name, make, rows in (("table.csv", csv_file, ROWS), ("book.xlsx", workbook, SHEET_ROWS)):
            path = Path(folder, name)
            path.write_bytes(make(round(share * rows)))
            subprocess.run([sys.executable, "-m", "tests.benchmarks.reading", "--file", str(path)], check=True)


if __name__ == "__main__":
    if "--file" in sys.argv:
        measure(sys.argv[-1])
    else:
        main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
