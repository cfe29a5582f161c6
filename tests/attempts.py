"""Commands tried on bad files, each in a process of its own or many in one, watched from outside.

A process is forked from this one, which has loaded everything already. What it may use is bounded by the
system; when it dies, the trial under way is to blame, and another process goes on with the rest.
"""

import contextlib
import faulthandler
import gc
import hashlib
import json
import os
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from papi_xl.cli.main import CANNOT, OK, main
from papi_xl.documents.moving import moved
from papi_xl.documents.reading import read_document
from papi_xl.documents.tables import find
from papi_xl.errors import PapiError
from papi_xl.gather import records
from papi_xl.gather.mapping import How, map_files
from papi_xl.received import Rejected, Source
from papi_xl.refusals import explain
from tests.hostile import Case, seeds

SECONDS: Final = 20
"""Of a processor: other people's work on the same machine does not count."""
PATIENCE: Final = 90
"""Seconds on the clock, for what waits without working."""
MEMORY: Final = 2**30
"""Bytes beyond what is loaded already."""
INPUT: Final = "{input}"
"""Stands for the bad file in a command line."""
GOOD: Final = "tot.xlsx"
"""A good workbook that stands beside the bad one."""
READING: Final = ("--allow-errors", "--as-of", "2021-06-30")
GATHERING: Final = ("-o", "../ra.xlsx", "--workers", "1", "--no-cache")
KEPT: Final = Path(__file__).parent / "fixtures" / "hostile"
"""Files that brought out a fault once, each named after the command; for buttons in a folder below."""
READ: Final = "read"
"""What most trials do: read and judge as `consolidate` does, or place as `import` does; write nothing."""
COMMANDS: Final[dict[str, tuple[str, ...]]] = {
    "check": ("check", INPUT),
    "check --format json": ("check", INPUT, "--format", "json", "--lang", "en"),
    "summarize": ("summarize", INPUT, "-o", "ra.xlsx", *READING),
    "fix": ("fix", INPUT),
    "fix --undo": ("fix", INPUT, "--undo"),
    "repair": ("repair", INPUT),
    "new --from": ("new", "--from", INPUT, "-o", "ra.xlsx"),
    "email": ("email", INPUT, *READING),
    "email --keep": ("email", INPUT, "--keep", "giu.xlsx", *READING),
    "email --since": ("email", GOOD, "--since", INPUT, *READING),
    "import": ("import", INPUT, "-o", "ra.xlsx"),
    "doctor": ("doctor", INPUT, "--support", "ho-tro.txt"),
    "consolidate": ("consolidate", ".", *GATHERING),
    "consolidate --returns": ("consolidate", INPUT, GOOD, *GATHERING, "--returns", "../tra-loi"),
    "consolidate --roster": ("consolidate", GOOD, *GATHERING, "--roster", INPUT),
}
"""Every command that reads what somebody else may have made."""
FAULTS: Final = (
    "traceback",
    "killed",
    "hang",
    "changed input",
    "stray file",
    "no message",
    "exit code",
    "passed on",
)
_TRACE: Final = re.compile(r"Traceback|panicked at|\.py:\d+: \w*Warning|Fatal Python|memory allocation of")
_LAST: Final = 3_000

Trial = tuple[Case, str]


@dataclass(frozen=True)
class Outcome:
    """What came of a trial: ``fault`` is one of `FAULTS` or empty, ``said`` what explains it."""

    kind: str
    command: str
    fault: str = ""
    said: str = ""
    code: int | None = None
    seconds: float = 0.0
    mib: int = 0


def tried(trials: Sequence[Trial], *, together: int = 1) -> Iterator[Outcome]:
    """Yield what comes of each trial, in order; at most ``together`` of them share a process."""
    seeds.small()
    done = 0
    while done < len(trials):
        with tempfile.TemporaryDirectory(prefix="papi-trials-") as folder:
            for outcome in _process(trials[done : done + together], Path(folder)):
                done += 1
                yield outcome


def _process(trials: Sequence[Trial], folder: Path) -> Iterator[Outcome]:
    """Fork a process for some trials and yield what comes of those that it gets to."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if not child:
        os.close(reading)
        _work(trials, folder, writing)
    os.close(writing)
    seen, started = 0, time.monotonic()
    with open(reading, encoding="utf-8") as lines:  # noqa: PTH123 (a pipe)
        for line in lines:
            seen, started = seen + 1, time.monotonic()
            yield Outcome(**json.loads(line))
    _, status = os.waitpid(child, 0)
    if seen < len(trials):
        case, command = trials[seen]
        ended = os.waitstatus_to_exitcode(status)
        fault = "hang" if ended in {-signal.SIGALRM, -signal.SIGPROF} else "killed"
        said = (folder / "said").read_text(encoding="utf-8", errors="replace")
        words = f"{ended} {said[:_LAST] if fault == 'hang' else said[-_LAST:]}"
        yield Outcome(case.kind, command, fault, words, seconds=time.monotonic() - started)


def _work(trials: Sequence[Trial], folder: Path, pipe: int) -> None:
    """Be the process that works: never returns."""
    code = 1
    try:
        gc.freeze()
        said = _bounded(folder)
        for number, (case, command) in enumerate(trials):
            outcome = _try(case, command, folder / str(number), said)
            os.write(pipe, (json.dumps(asdict(outcome)) + "\n").encode())
        code = 0
    except BaseException:  # noqa: BLE001 (what the command line lets through is just what is looked for)
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _bounded(folder: Path) -> int:
    """Bound what this process uses, let it write only under ``folder``; return what it prints into."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit = status("VmSize") * 1024 + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    said = os.open(folder / "said", os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(said, number)
        stream = os.fdopen(number, "w", encoding="utf-8", errors="replace", closefd=False)
        setattr(sys, name, stream)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    faulthandler.register(signal.SIGPROF, file=said, chain=True)
    settle(folder)
    return said


def settle(folder: Path) -> None:
    """Let temporary files and those of the user's home go under ``folder``."""
    (folder / "tmp").mkdir()
    tempfile.tempdir = str(folder / "tmp")
    os.environ |= {"TMPDIR": str(folder / "tmp"), "HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    os.environ["COLUMNS"] = "100"
    os.environ.pop("PAPI_LANG", None)


def _try(case: Case, command: str, place: Path, said: int) -> Outcome:
    os.ftruncate(said, 0)
    file = put(case, command, place)
    before = {path: _digest(path) for path in file.parent.iterdir()}
    helpers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    forget_peak()
    signal.alarm(PATIENCE)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    started = _worked()
    code = run(command, file)
    seconds = _worked() - started
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.alarm(0)
    sys.stdout.flush()
    sys.stderr.flush()
    text = os.pread(said, 1_000_000, 0).decode("utf-8", "replace")
    fault, why = _judged(code, text, before, place)
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    mib = max(status("VmHWM"), largest if largest > helpers else 0) // 1024
    return Outcome(case.kind, command, fault, why, code, seconds, mib)


def put(case: Case, command: str, place: Path) -> Path:
    """Write the bad file (and for a whole command a good one) into a folder, and work there."""
    folder = place / "cho"
    folder.mkdir(parents=True)
    os.chdir(folder)
    if command != READ:
        Path(GOOD).write_bytes(seeds.small()[0].data)
    (folder / case.name).write_bytes(case.data)
    return folder / case.name


def run(command: str, file: Path) -> int:
    """Run a command of `COMMANDS`, or just read and judge the file; return the exit code."""
    if command != READ:
        return main([file.name if one == INPUT else one for one in COMMANDS[command]])
    if file.suffix in {".docx", ".txt"}:
        try:
            print(moved(find(read_document(file))).pieces)
        except PapiError as error:
            error.values.setdefault("file", file.name)
            print(explain(error, "vi"))
            return CANNOT
        return OK
    source = Source(str(file), file.name, None, file.stat().st_size)
    ((_, record),) = map_files([source], How(None, seeds.TODAY), frozenset())
    said = records.read(source, record.digest, record.facts)
    print(explain(PapiError(said.code, **said.values), "en") if isinstance(said, Rejected) else said)
    return CANNOT if isinstance(said, Rejected) else OK


def _judged(code: int, text: str, before: Mapping[Path, str], place: Path) -> tuple[str, str]:
    """Return the fault of a trial that came to its end, and what explains it."""
    temporary = list((place.parent / "tmp").iterdir())
    logs = [path.read_text(encoding="utf-8") for path in temporary if path.suffix == ".log"]
    changed = [path.name for path, digest in before.items() if not path.exists() or _digest(path) != digest]
    strays = [*temporary, *place.rglob(".*"), *place.rglob("*.part")]
    for path in temporary:
        path.unlink()
    faults = {
        "traceback": "\n".join([*map(_brief, logs), text[-_LAST:]]) if logs or _TRACE.search(text) else "",
        "changed input": ", ".join(changed),
        "stray file": ", ".join(path.name for path in strays),
        "exit code": "" if code in {0, 1, 2} else str(code),
        "no message": "" if text.strip() else "nothing",
    }
    found = ((fault, why) for fault, why in faults.items() if why)
    return next(found, ("", text[-300:] if code == CANNOT else ""))


def _brief(log: str) -> str:
    """Return the lines of a traceback that name this project's code, and its last line."""
    lines = log.strip().splitlines()
    ours = [f"{line.strip()} {then.strip()}" for line, then in pairwise(lines) if "papi_xl/" in line]
    return "\n".join([*ours[-6:], lines[-1]])


def _worked() -> float:
    """Return the seconds that this process and those it has waited for have worked."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def status(key: str) -> int:
    """Return a figure of this process in KiB (source: proc(5))."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(f"{key}:")))


def forget_peak() -> None:
    """Let the system count this process's peak of memory anew (source: proc(5), clear_refs)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def preload() -> None:
    """Run each command once here, so that no forked process has to load what they load late."""
    log = next(one for one in seeds.small() if one.name == "log")
    plan = next(one for one in seeds.small() if one.suffix == ".docx")
    place, temporary, environment = Path.cwd(), tempfile.tempdir, dict(os.environ)
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        settle(Path(folder))
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            for number, command in enumerate((READ, *COMMANDS)):
                seed = plan if command == "import" else log
                file = put(Case("good", f"vao{seed.suffix}", seed.data), command, Path(folder, str(number)))
                run(command, file)
        os.chdir(place)
    tempfile.tempdir = temporary
    os.environ.clear()
    os.environ.update(environment)
