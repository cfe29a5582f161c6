"""The level above, measured: folders of thousands of received workbooks; see `tests.bench`."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import psutil
import python_calamine

from papi_xl import schema
from papi_xl.gather import sources
from papi_xl.gather.mapping import How, map_files
from papi_xl.received import Kind, Source
from tests.many import kind_of, unit_bytes, write_units

AS_OF = date(2021, 6, 30)
PART = 256
ROUNDS = 3
SAMPLE = 5
"""The slow peer reads every so many files; it is linear in them."""
MANY = 20_000


def folders(place: Path, count: int = 2_000) -> None:
    """Measure consolidation of ``count`` files, and its memory at ten times as many."""
    folder = place / "received"
    folder.mkdir()
    write_units(folder, count)
    found = sources.find([str(folder)])
    for kind in (None, *Kind):
        cpu([one for one in found if kind is None or kind_of(int(one.name[7:12])) is kind], kind)
    first = walls(folder, place, found)
    again(folder, place, first, count)
    memory(folder, place, count)
    del found
    write_units(folder, MANY)
    memory(folder, place, MANY)


def cpu(found: Sequence[Source], kind: Kind | None) -> None:
    """Compare the CPU time of the map, checking included, with calamine reading every sheet, by turns."""
    ours, peer = [], []
    for _ in range(ROUNDS):
        ours.append(spent(partial(mapped, found)))
        peer.append(spent(partial(read_alone, found)))
    mine, theirs = (1000 * min(times) / len(found) for times in (ours, peer))
    name = f"CPU of the map, {kind or 'mixed'} ({len(found)} files) / calamine reading all sheets"
    print(f"{name}: {mine:.2f} ms / {theirs:.2f} ms = {mine / theirs:.2f} (goal ≤ 1.5)", flush=True)


def mapped(found: Sequence[Source]) -> None:
    """Read and judge ``found`` as a worker does."""
    how = How(AS_OF, AS_OF)
    for first in range(0, len(found), PART):
        map_files(found[first : first + PART], how, frozenset())


def read_alone(found: Sequence[Source]) -> None:
    """Read every sheet of ``found`` with calamine."""
    for one in found:
        with python_calamine.CalamineWorkbook.from_path(one.path) as book:
            for index in range(len(book.sheet_names)):
                book.get_sheet_by_index(index).to_python()


def spent(run: Callable[[], None]) -> float:
    """Return the CPU time of ``run`` in this process."""
    start = time.process_time()
    run()
    return time.process_time() - start


def walls(folder: Path, place: Path, found: Sequence[Source]) -> float:
    """Compare the whole command with 1 and 2 workers, and with a loop of pandas; return the time with 2."""
    alone = place / "alone"
    alone.mkdir()
    (alone / "don-vi.xlsx").write_bytes(unit_bytes(1))
    start_up = min(command(alone, place, 2) for _ in range(ROUNDS))
    times: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(ROUNDS):
        for workers, spans in times.items():
            spans.append(command(folder, place, workers))
    one, two = (statistics.median(spans) for spans in times.values())
    print(f"consolidate of one file, which is start-up: {start_up:.2f} s", flush=True)
    ratio = (one - start_up) / (two - start_up)
    print(f"consolidate, 1 worker / 2 workers: {one:.2f} s / {two:.2f} s = {one / two:.2f}", flush=True)
    print(f"the same less start-up: {ratio:.2f} (goal ≥ 1.7)", flush=True)
    start = time.perf_counter()
    for source in found[::SAMPLE]:
        read_with_pandas(source)
    slow = (time.perf_counter() - start) * SAMPLE
    print(f"a loop of pandas.read_excel(engine='openpyxl') / consolidate with 2 workers: {slow:.1f} s / "
          f"{two:.2f} s = {slow / two:.1f} (goal ≥ 15)", flush=True)  # fmt: skip
    return two


def read_with_pandas(source: Source) -> None:
    """Read the task sheet of a file as scripts do."""
    with pd.ExcelFile(source.path, engine="openpyxl") as book:
        names = [str(name) for name in book.sheet_names]
        own = next((name for name in names if name in {schema.TASKS, schema.ANNEX}), names[0])
        book.parse(own, header=None)


def command(folder: Path, place: Path, workers: int, *more: str) -> float:
    """Return how long the command takes, from start to end; nothing is kept for the next run by default."""
    start = time.perf_counter()
    subprocess.run(line(folder, place, workers, *(more or ("--no-cache",))), check=True, capture_output=True)
    return time.perf_counter() - start


def line(folder: Path, place: Path, workers: int, *more: str) -> list[str]:
    """Return the command line."""
    return [
        sys.executable, "-m", "papi_xl", "consolidate", str(folder), "-o", str(place / "out.xlsx"), "--force",
        "--workers", str(workers), *more,
    ]  # fmt: skip


def again(folder: Path, place: Path, first: float, count: int) -> None:
    """Compare a second run, 1 % of the files changed, with the first."""
    os.environ["XDG_CACHE_HOME"] = str(place / "cache")
    command(folder, place, 2, "--cache")
    spans = []
    for seed in range(1, ROUNDS + 1):
        for number in range(seed, count + 1, 100):
            path = folder / f"don-vi-{number:05}.xlsx"
            path.write_bytes(unit_bytes(number, kind_of(number), seed=seed))
        spans.append(command(folder, place, 2, "--cache"))
    second = statistics.median(spans)
    print(f"first run / second run, 1 % changed: {first:.2f} s / {second:.2f} s = {first / second:.1f} "
          "(goal ≥ 10)", flush=True)  # fmt: skip


def memory(folder: Path, place: Path, count: int) -> None:
    """Print the most memory that the command and its two workers take together (proportional set size)."""
    most = 0
    start = time.perf_counter()
    with subprocess.Popen(line(folder, place, 2, "--no-cache"), stdout=subprocess.DEVNULL) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            with suppress(psutil.Error):
                every = [watched, *watched.children(recursive=True)]
                most = max(most, sum(one.memory_full_info().pss for one in every))
            time.sleep(0.1)
    seconds = time.perf_counter() - start
    print(f"memory at {count:,} files: {most / 2**20:.0f} MiB (goal ≤ 500), {seconds:.1f} s", flush=True)
