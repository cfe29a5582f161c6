"""Buttons clicked on bad workbooks, as far as LibreOffice opens them; each click is watched.

A process is forked for some files: it starts a LibreOffice, opens each file and clicks what it is told. A
file that LibreOffice does not open in time, or that ends it, is none of ours; all that follows is.
"""

import hashlib
import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Final

import xlwings as xw

from papi_xl import checklist, fix_words, macros, schema
from papi_xl.libreoffice import ENGINE
from papi_xl.libreoffice.apps import App
from papi_xl.libreoffice.links import OfficeError
from papi_xl.libreoffice.process import Process
from papi_xl.passing import OURS
from tests import attempts, hostile
from tests.attempts import GOOD, MEMORY, Outcome
from tests.clicks import Clerk, click
from tests.hostile import Case, Kind, seeds

MACROS: Final = (
    "check", "next_finding", "fix", "undo_fixes", "repair", "summarize", "email", "consolidate", "doctor",
)  # fmt: skip
OPENED: Final = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
TOGETHER: Final = 20
FEW_FILES: Final = 5
SECONDS: Final = 20
"""Of processors, this process's and LibreOffice's together, that a click may take."""
PATIENCE: Final = 90
"""Seconds on the clock that a click may take."""
OPENING: Final = 40
"""Seconds on the clock after which LibreOffice does not open a file."""
ROOM: Final = 6 * 2**30
"""Bytes of addresses that LibreOffice may use."""
FEW: Final = 20
"""Sheets of which each is searched for formulas."""
KEPT: Final = attempts.KEPT / "clicks"
_STATUS: Final = "–"
_OWN: Final = (schema.FINDINGS, schema.FIX_LOG, schema.SENT)
_TITLES: Final = (*checklist.TITLE, *fix_words.TITLE)
ENDED: Final = "LibreOffice ended"
_UNEXPECTED: Final = "ngoài dự kiến"


def kinds(words: str = "") -> list[Kind]:
    """Return the kinds of bad workbooks; what unpacks to gigabytes would try LibreOffice and not us."""
    return [
        kind
        for kind in hostile.KINDS
        if words in kind.name and OPENED & set(kind.formats) and not kind.name.startswith("zip bombs")
    ]


def case_of(kind: Kind, seed: int, number: int, *, large: bool = False) -> Case | None:
    """Return a bad file as `hostile.case` does, ``None`` where it is no workbook by its name."""
    made = hostile.case(kind, seed, number, large=large)
    return made if Path(made.name).suffix in OPENED else None


def batches(seed: int, words: str = "") -> Iterator[list[Case]]:
    """Yield bad workbooks without end, a few of one kind together."""
    for round_ in count():
        for kind in kinds(words):
            if kind.heavy and not words and round_ % 5:
                continue
            numbers = [round_] if kind.heavy else range(round_ * FEW_FILES, (round_ + 1) * FEW_FILES)
            made = [case_of(kind, seed, one, large=not one % 4) for one in numbers]
            cases = [one for one in made if one is not None]
            if cases:
                yield cases


def chosen(case: Case, seed: int) -> tuple[list[str], bool]:
    """Return which buttons are clicked on a file, in order, and what questions are answered."""
    random = Random(f"{hashlib.sha256(case.data).hexdigest()} {seed}")  # noqa: S311 (a seed, no secret)
    rest = [name for name in MACROS if name not in {"fix", "undo_fixes"}]
    random.shuffle(rest)
    at = random.randrange(len(rest))
    return [*rest[:at], "fix", "undo_fixes", *rest[at:]], random.random() < 0.8


def put(case: Case, folder: Path) -> Path:
    """Write the bad workbook and a good one into a new folder; return the bad one's path."""
    folder.mkdir(parents=True)
    (folder / GOOD).write_bytes(seeds.small()[0].data)
    (folder / case.name).write_bytes(case.data)
    return folder / case.name


def opened(app: xw.App, path: Path) -> xw.Book | None:
    """Open a workbook, ``None`` where LibreOffice does not."""
    try:
        return app.books.open(str(path))
    except Exception:  # noqa: BLE001 (whatever is wrong with it)
        return None


def clicked(book: xw.Book, case: Case, names: Sequence[str], clerk: Clerk) -> Iterator[Outcome]:
    """Click buttons on an open workbook one after another and yield what comes of each.

    LibreOffice itself may fall over what it is asked to do: then a click ends, and none comes after it.
    """
    app, path = book.app, Path(book.fullname)
    before = {one: _digest(one) for one in path.parent.iterdir() if one.name in {case.name, GOOD}}
    formulas = _formulas(book)
    for name in names:
        clerk.heard.clear()
        clerk.asked.clear()
        app.status_bar = _STATUS
        started = _worked(app)
        click(book, getattr(macros, name), clerk)
        seconds = _worked(app) - started
        said = [*clerk.heard, *clerk.asked, "" if app.status_bar == _STATUS else str(app.status_bar)]
        fault, why = _judged(said, before, path)
        is_running = app.impl.process.running
        if not is_running and fault == "no message":
            fault, why = "", ENDED
        if not fault and is_running:
            try:
                fault, why = _acting(book, formulas)
            except OfficeError as error:  # it is going, or the document is
                is_running, why = False, str(error)
        yield Outcome(case.kind, name, fault, why, 0, seconds)
        if not is_running:
            return


def closed(app: xw.App) -> None:
    """Close all workbooks without saving."""
    for one in app.books:
        one.close()


def strays(place: Path) -> list[str]:
    """Return what a click left in a folder besides its outputs."""
    return [
        one.name
        for one in place.iterdir()
        if one.name.startswith(".") or OURS.fullmatch(one.name) or one.suffix == ".part"
    ]


def _judged(said: Sequence[str], before: Mapping[Path, str], path: Path) -> tuple[str, str]:
    words = "\n".join(filter(None, said))
    changed = [one.name for one, digest in before.items() if not one.exists() or _digest(one) != digest]
    logs = [one.read_text(encoding="utf-8") for one in Path(tempfile.gettempdir()).glob("*.log")]
    for one in Path(tempfile.gettempdir()).glob("*.log"):
        one.unlink()
    passing = [name for name in strays(path.parent) if not name.startswith(".~lock.")]
    faults = {
        "traceback": "\n".join([words, *logs]) if logs or _UNEXPECTED in words else "",
        "changed input": ", ".join(changed),
        "stray file": ", ".join(passing),
        "no message": "" if words.strip() else "nothing",
    }
    return next(((fault, why) for fault, why in faults.items() if why), ("", words[-300:]))


def _acting(book: xw.Book, formulas: int | None) -> tuple[str, str]:
    """Return a fault where a click wrote a formula, or a link to anywhere but a cell."""
    document = book.impl.document
    for name in document.Sheets.ElementNames:
        if name not in _OWN:
            continue
        sheet = document.Sheets.getByName(name)
        if sheet.getCellByPosition(0, 0).String not in _TITLES:
            continue
        if sheet.queryFormulaCells(7).Count:
            return "passed on", f"a formula on {name}"
        links = [one.URL for one in _links(sheet)]
        if [one for one in links if not one.startswith("#")]:
            return "passed on", f"{links} on {name}"
    now = _formulas(book)
    if formulas is not None and now is not None and now > formulas:
        return "passed on", f"{now} formulas instead of {formulas}"
    return "", ""


def _links(sheet: Any) -> Iterator[Any]:  # noqa: ANN401 (an object of LibreOffice)
    cells = sheet.getCellRangeByPosition(0, 0, 8, 60)
    for row in range(3, 61):
        for column in (2, 3):
            fields = cells.getCellByPosition(column, row).TextFields
            for index in range(fields.Count):
                yield fields.getByIndex(index)


def _formulas(book: xw.Book) -> int | None:
    """Return how many ranges of formulas there are besides our own sheets, ``None`` for many sheets."""
    sheets = book.impl.document.Sheets
    names = [name for name in sheets.ElementNames if name not in _OWN]
    if len(names) > FEW:
        return None
    found: int = sum(
        (one.EndRow - one.StartRow + 1) * (one.EndColumn - one.StartColumn + 1)
        for name in names
        for one in sheets.getByName(name).queryFormulaCells(7).RangeAddresses
    )
    return found


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _worked(app: xw.App) -> float:
    """Return the seconds that this process, those it has waited for and LibreOffice have worked."""
    mine = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    try:
        text = Path(f"/proc/{app.pid}/stat").read_text(encoding="ascii")
    except OSError:
        return mine
    ticks = text.rpartition(")")[2].split()[11:13]
    return mine + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def tried(cases: Sequence[Case], seed: int) -> Iterator[tuple[Case, Outcome | None]]:
    """Yield what comes of every click on each file; ``None`` for a file that LibreOffice does not open."""
    seeds.small()
    done = 0
    while done < len(cases):
        with tempfile.TemporaryDirectory(prefix="papi-clicks-") as folder:
            for number, outcome in _process(cases[done:], Path(folder), seed):
                yield cases[done + number], outcome
                last = number
            done += last + 1


def _process(cases: Sequence[Case], folder: Path, seed: int) -> Iterator[tuple[int, Outcome | None]]:
    """Fork a process and yield what it finds; the file that it dies of is the last."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if not child:
        os.close(reading)
        _work(cases, folder, writing, seed)
    os.close(writing)
    at, doing, started = 0, "", time.monotonic()
    with open(reading, encoding="utf-8") as lines:  # noqa: PTH123 (a pipe)
        for line in lines:
            told = json.loads(line)
            at, doing, started = told["case"], told["doing"], time.monotonic()
            if told["outcome"]:
                yield at, Outcome(**told["outcome"])
            elif doing == "unopened":
                yield at, None
    _, status = os.waitpid(child, 0)
    _end(child)
    if doing != "done":
        code = os.waitstatus_to_exitcode(status)
        if doing == "opening":
            yield at, None
        else:
            fault = "hang" if code == -signal.SIGALRM else "killed"
            seconds = time.monotonic() - started
            said = (folder / "said").read_text(encoding="utf-8", errors="replace")[-3_000:]
            yield at, Outcome(cases[at].kind, doing, fault, f"{code} {said}", seconds=seconds)


def _end(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def _work(cases: Sequence[Case], folder: Path, pipe: int, seed: int) -> None:
    """Be the process that clicks: never returns."""
    code = 1
    try:
        os.setsid()
        said = os.open(folder / "said", os.O_RDWR | os.O_CREAT | os.O_APPEND)
        os.dup2(said, 1)
        os.dup2(said, 2)
        attempts.settle(folder)
        with_program(folder)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (ROOM, resource.RLIM_INFINITY))
        xw.engines[ENGINE.name].activate()
        impl = App(ENGINE.apps, Process(), visible=False)
        ENGINE.apps.put(impl)
        limit = attempts.status("VmSize") * 1024 + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        _each(xw.App(impl=impl), cases, folder, pipe, seed)
        code = 0
    except BaseException:  # noqa: BLE001 (it is told of, and this process ends here)
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def with_program(folder: Path) -> None:
    """Let drafts be opened by a program that does nothing."""
    programs = folder / "bin"
    programs.mkdir()
    path = programs / "xdg-open"
    path.write_text("#!/bin/sh\nexit 0\n", encoding="ascii")
    path.chmod(0o755)
    os.environ["PATH"] = f"{programs}:/usr/bin:/bin"


def _each(app: xw.App, cases: Sequence[Case], folder: Path, pipe: int, seed: int) -> None:
    def tell(number: int, doing: str, outcome: Outcome | None = None) -> None:
        line = {"case": number, "doing": doing, "outcome": outcome and asdict(outcome)}
        os.write(pipe, (json.dumps(line) + "\n").encode())

    for number, case in enumerate(cases):
        tell(number, "opening")
        signal.alarm(OPENING)
        path = put(case, folder / str(number))
        book = opened(app, path)
        if book is None:
            tell(number, "unopened")
        else:
            names, yes = chosen(case, seed)
            clerk = Clerk(yes=yes, folder=path.parent)
            outcomes = clicked(book, case, names, clerk)
            for name in names:
                tell(number, name)
                signal.alarm(PATIENCE)
                attempts.forget_peak()
                outcome = next(outcomes, None)
                if outcome is None:
                    break
                tell(number, name, _weighed(outcome))
        signal.alarm(OPENING)
        if not app.impl.process.running:
            break
        tell(number, "closing")
        closed(app)
        if number == len(cases) - 1 or number == TOGETHER - 1:
            break
    tell(number, "done")


def _weighed(outcome: Outcome) -> Outcome:
    fault = outcome.fault or ("hang" if outcome.seconds > SECONDS else "")
    return replace(outcome, fault=fault, mib=attempts.status("VmHWM") // 1024)
