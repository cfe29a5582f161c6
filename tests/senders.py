"""A folder as it comes in from many units: good workbooks of every format, and what strangers may send."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import chain, cycle, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final, NamedTuple
from unicodedata import normalize

from papi_xl import schema
from papi_xl.cli import options
from papi_xl.cli.check import checked
from papi_xl.completion import SOON_DAYS
from papi_xl.errors import PapiError
from papi_xl.read import read_workbook
from papi_xl.received import Kind
from tests import folders, hostile
from tests.hostile import Case, archives, kinds, records, seeds
from tests.many import TASKS, done_of, kind_of, unit_bytes

PLACES: Final = ("", "Xã Văn Giang", normalize("NFD", "Xã Tân Tiến (nộp lại)"), "a b/rất sâu/=1+1", "c.xlsx")
"""Folders within the folder; the last is one by the name of a file."""
PASSED_OVER: Final = (
    "~$don-vi-00001.xlsx",
    ".~lock.don-vi-00001.xlsx#",
    ".an.xlsx",
    "...xlsx",
    "ghi chú.txt",
)
NAMELESS: Final = (" .xlsx", "\u00a0.ods")
"""Names that hardly are any, of files that are empty."""
OTHER_FORMATS: Final = {1: ".xlsm", 2: ".xls", 3: ".xlsb", 4: ".ods"}
"""Of twenty units so many send another format than .xlsx."""
HOA_MAI: Final = "TRƯỜNG MN HOA MAI"
"""The unit that the tables of its own name, in a fixture too; another takes as many characters."""
WORKBOOKS: Final = tuple(kind for kind in hostile.KINDS if set(kind.formats) & set(kinds.WORKBOOKS))
"""The kinds of bad files that may be workbooks by their names."""


class Figures(NamedTuple):
    """The tasks of a workbook, and how many of them are done."""

    tasks: int
    done: int


class Alone(NamedTuple):
    """What `papi-xl check` finds in a file: its figures, ``None`` where it refuses or finds no tasks.

    ``is_ours`` tells that the file says to be a consolidated workbook: nothing to be consolidated again.
    """

    figures: Figures | None
    is_ours: bool = False


HAS: Final = Figures(tasks=2, done=1)
"""What the tables hold that name `HOA_MAI` (see `tests.folders`)."""


@dataclass(frozen=True)
class Sent:
    """What came in: ``good`` and ``bad`` workbooks by their paths; of bad ones what they were made into."""

    folder: Path
    good: Mapping[str, Figures]
    bad: Mapping[str, str]


def send(folder: Path, count: int, share: float, seed: int) -> Sent:
    """Write ``count`` workbooks into ``folder``, a ``share`` of them bad, and files that are no matter."""
    for place in PLACES:
        (folder / place).mkdir(parents=True)
    bad = round(count * share)
    good = {str(path): figures for path, figures in _good(folder, count - bad, seed)}
    known = {str(path): name for path, name in _bad(folder, bad, seed)}
    for name in PASSED_OVER:
        (folder / PLACES[1] / name).write_bytes(b"no workbook")
    return Sent(folder, good, known)


def _good(folder: Path, count: int, seed: int) -> Iterator[tuple[Path, Figures]]:
    for number in range(1, count + 1):
        suffix = OTHER_FORMATS.get(number % 20, ".xlsx")
        path = folder / PLACES[number % len(PLACES)] / f"don-vi-{number:05}{suffix}"
        kind = Kind.REPORT if suffix == ".xlsm" else kind_of(number)
        figures = Figures(TASKS, done_of(number, kind, seed=seed))
        if suffix == ".xlsm":
            path.write_bytes(seeds.with_macros(unit_bytes(number, kind, seed=seed)))
        elif suffix == ".xlsx":
            path.write_bytes(unit_bytes(number, kind, seed=seed))
        else:
            path.write_bytes(_own_table(suffix, f"TRƯỜNG MN SỐ {number:04}"))
            figures = HAS
        yield path, figures


def _own_table(suffix: str, unit: str) -> bytes:
    """Return the table of `folders.own_table` in another format, as of another unit."""
    if suffix == ".xlsb":
        return records.xlsb([[unit if cell == HOA_MAI else cell for cell in row] for row in _rows()])
    coding = "utf-8" if suffix == ".ods" else "utf-16-le"
    old, new = HOA_MAI.encode(coding), unit.encode(coding)
    content = _saved(suffix)
    if suffix == ".xls":
        return content.replace(old, new)
    parts = archives.unpacked(content)
    return archives.packed({**parts, "content.xml": parts["content.xml"].replace(old, new)})


@cache
def _saved(suffix: str) -> bytes:
    return (seeds.FIXTURES / f"own{suffix}").read_bytes()


@cache
def _rows() -> list[list[object]]:
    return seeds.values(folders.own_table())


def _bad(folder: Path, count: int, seed: int) -> Iterator[tuple[Path, str]]:
    for name in islice(NAMELESS, count):
        path = folder / PLACES[2] / name
        path.write_bytes(b"")
        yield path, "a file without a name"
    for number, case in enumerate(islice(_cases(seed), max(count - len(NAMELESS), 0))):
        suffix = Path(case.name).suffix
        path = folder / PLACES[number % len(PLACES)] / f"la-{number:04}{suffix}"
        path.write_bytes(case.data)
        yield path, case.kind


def _cases(seed: int) -> Iterator[Case]:
    """Yield bad workbooks: one of each kind, then again and again of those that are quickly made and read."""
    light = (kind for kind in cycle(WORKBOOKS) if not kind.heavy)
    numbers: dict[str, int] = {}
    for kind in chain(WORKBOOKS, light):
        while True:
            number = numbers[kind.name] = numbers.get(kind.name, -1) + 1
            case = hostile.case(kind, seed, number)
            if case.name.endswith(kinds.WORKBOOKS):
                yield case
                break


def alone(paths: Sequence[str]) -> list[Alone]:
    """Return what comes of each file when it is checked by itself."""
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        return list(pool.map(_alone, paths, chunksize=4))


def _alone(path: str) -> Alone:
    try:
        book = read_workbook(Path(path))
        result = checked(Path(path), options.Reading(None, SOON_DAYS, None, options.DEFAULT_LIMITS))
    except PapiError:
        return Alone(None)
    total = result.figures()[1] if result.batch is not None else None
    is_ours = book.meta.get("kind") == schema.KIND_CONSOLIDATED
    return Alone(Figures(total.tasks, total.done) if total else None, is_ours=is_ours)
