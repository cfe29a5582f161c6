"""Benchmarks, side by side with the peer in one run: `python -m tests.bench`.

Times on shared machines are noisy, so both sides run by turns and the ratio of their medians counts.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import python_calamine
import xlsxwriter
import xlwings as xw

from papi_xl import macros, schema
from papi_xl.check import check
from papi_xl.libreoffice import CALLS, ENGINE
from papi_xl.read import read_workbook
from papi_xl.template import sources
from tests.bench_folders import folders
from tests.clicks import Clerk, write_many
from tests.clicks import click as click_once
from tests.hosting import clicked

COLD_ROUNDS = 15
WARM_ROUNDS = 5
ROWS = 100_000
TIMINGS = ("Thường xuyên", "30/9/2021", "Quý II/2021", "Tháng 6/2021", "Học kỳ II năm học 2020-2021")
STATUSES = ("Hoàn thành", "Đang thực hiện", "Chưa thực hiện", "Đang triển khai")


def main() -> None:
    """Run all benchmarks and print a line for each."""
    template = sources.folder() / "papi_template.xlsx"
    peer = [sys.executable, "-c", "import pandas, python_calamine"]
    ours = [sys.executable, "-m", "papi_xl", "check", str(template)]
    compare(
        "cold check of the template / import pandas, python_calamine",
        1.25,
        COLD_ROUNDS,
        cold(ours),
        cold(peer),
    )
    with tempfile.TemporaryDirectory() as folder:
        big = Path(folder, "big.xlsx")
        write_big_table(big)
        compare(f"check of {ROWS:,} rows / calamine alone", 3.0, WARM_ROUNDS, checked(big), read_alone(big))
        clicks(Path(folder))
        folders(Path(folder))


def clicks(folder: Path) -> None:
    """Measure clicks on workbooks open in a LibreOffice: cold, in a process of their own, and warm."""
    many = folder / "many.xlsx"
    write_many(many)
    xw.engines[ENGINE.name].activate()
    with xw.App(visible=False, add_book=False) as app:
        book = app.books.open(str(sources.folder() / "papi_example.xlsx"))
        start = [sys.executable, "-m", "tests.clicker", app.impl.process.home.name]
        peer = cold([sys.executable, "-c", "import xlwings"])
        for macro in ("check", "next_finding"):
            name = f"cold click `{macro}` on {book.name} / import xlwings"
            compare(name, 1.25, COLD_ROUNDS, cold([*start, macro]), peer)
        for macro in ("check", "next_finding"):
            name = f"cold click `{macro}` in LibreOffice on {book.name} / import xlwings"
            compare(name, None, COLD_ROUNDS, partial(clicked, app, book, macro, Clerk()), peer)
        for path in (book.fullname, str(many)):
            show_click(app.books.open(path), macros.check)
            show_click(app.books.active, macros.next_finding)


def show_click(book: xw.Book, macro: Callable[[], None]) -> None:
    """Print how long a click takes in a process that is warm, and how many calls into the office."""
    times = []
    for _ in range(WARM_ROUNDS + 1):
        CALLS.count, start = 0, time.perf_counter()
        click_once(book, macro)
        times.append(time.perf_counter() - start)
    seconds = statistics.median(times[1:])
    print(f"warm click `{macro.__name__}` on {book.name}: {seconds:.3f} s, {CALLS.count} calls", flush=True)


def compare(
    name: str, goal: float | None, rounds: int, ours: Callable[[], None], peer: Callable[[], None]
) -> None:
    """Run both by turns, print the medians in seconds and their ratio against the goal if there is one."""
    times: dict[str, list[float]] = {"ours": [], "peer": []}
    for _ in range(rounds + 1):
        for side, run in (("ours", ours), ("peer", peer)):
            start = time.perf_counter()
            run()
            times[side].append(time.perf_counter() - start)
    mine, theirs = (statistics.median(times[side][1:]) for side in ("ours", "peer"))
    against = "" if goal is None else f" (goal ≤ {goal})"
    print(f"{name}: {mine:.3f} s / {theirs:.3f} s = {mine / theirs:.2f}{against}", flush=True)


def cold(command: list[str]) -> Callable[[], None]:
    """Return a run of ``command`` in a new process; modules are kept compiled, as when installed."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run() -> None:
        subprocess.run(command, check=True, capture_output=True, env=environment)

    return run


def checked(path: Path) -> Callable[[], None]:
    """Return reading, checking and completion of a workbook."""

    def run() -> None:
        result = check(read_workbook(path), as_of=date(2021, 6, 30), today=date(2021, 6, 30))
        _, total = result.figures()
        if total.tasks != ROWS:
            message = f"{total.tasks} tasks were read instead of {ROWS}"
            raise AssertionError(message)

    return run


def read_alone(path: Path) -> Callable[[], None]:
    """Return what calamine alone takes to hand over the same cells."""

    def run() -> None:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)

    return run


def write_big_table(path: Path) -> None:
    """Write a table of `ROWS` tasks, distinct in number, text and evidence; 1 in 100 has a fault."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(schema.TASKS)
        sheet.write_row(0, 0, [column.header for column in schema.COLUMNS])
        per_domain = ROWS // 8
        for index in range(ROWS):
            domain, number = divmod(index, per_domain)
            status = "xog" if index % 100 == 0 else STATUSES[index % len(STATUSES)]
            done = status == "Hoàn thành"
            row = [
                f"{domain + 1}.{number + 1}.",
                f"Nhiệm vụ số {index} về nâng cao chất lượng phục vụ người dân của nhà trường",
                "Văn bản chỉ đạo, hướng dẫn, đôn đốc, kiểm tra",
                "Trường MN",
                "Các khu tập trung",
                TIMINGS[index % len(TIMINGS)],
                status,
                1 if done else 0,
                f"Quyết định số {index}/QĐ-MN" if done else None,
                None,
                "Đang chờ kinh phí" if index % 3 == 0 else None,
            ]
            sheet.write_row(index + 1, 0, row)


if __name__ == "__main__":
    main()
