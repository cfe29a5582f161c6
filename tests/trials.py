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
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
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
INPUT: Final = "{input}"
"""Stands for the bad file in a command line."""
GOOD: Final = "tot.xlsx"
"""A good workbook that stands beside the bad one."""
READING: Final = ("--allow-errors", "--as-of", "2021-06-30")
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
    "consolidate": ("consolidate", ".", "-o", "../ra.xlsx", "--workers", "1", "--no-cache", "--force"),
    "consolidate --returns": (
        "consolidate", INPUT, GOOD, "-o", "../ra.xlsx", "--workers", "1", "--no-cache", "--returns", "../tra-loi",
        "--force",
    ),
    "consolidate --roster": (
        "consolidate", GOOD, "-o", "../ra.xlsx", "--workers", "1", "--no-cache", "--roster", INPUT, "--force",
    ),
}  # fmt: skip
"""Every command that reads what somebody else may have made."""
FAULTS: Final = ("traceback", "killed", "hang", "changed input", "stray file", "no message", "exit code")
_TRACE: Final = re.compile(r"Traceback|panicked at|\.py:\d+: \w*Warning|Fatal Python|memory allocation of")


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


Trial = tuple[Case, str]


def tried(trials: Sequence[Trial], *, together: int = 1) -> Iterator[Outcome]:
    """Yield what comes of each trial, in order; at most ``together`` of them share a process."""
    seeds.small()
    done = 0
    with tempfile.TemporaryDirectory(prefix="papi-trials-") as folder:
        while done < len(trials):
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
    seen = 0
    started = time.monotonic()
    with open(reading, encoding="utf-8") as lines:  # noqa: PTH123 (a pipe)
        for line in lines:
            seen += 1
            started = time.monotonic()
            yield Outcome(**json.loads(line))
    _, status = os.waitpid(child, 0)
    if seen < len(trials):
        case, command = trials[seen]
        seconds = time.monotonic() - started
        ended = os.waitstatus_to_exitcode(status)
        fault = "hang" if ended in {-signal.SIGALRM, -signal.SIGPROF} else "killed"
        said = (folder / "said").read_text(encoding="utf-8", errors="replace")
        yield Outcome(case.kind, command, fault, f"{ended} {said[-2_000:]}", None, seconds)


def _work(trials: Sequence[Trial], folder: Path, pipe: int) -> None:
    """Be the process that works: never returns."""
    code = 1
    try:
        gc.freeze()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        limit = _status("VmSize") * 1024 + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        said = os.open(folder / "said", os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        for number, name in ((1, "stdout"), (2, "stderr")):
            os.dup2(said, number)
            setattr(sys, name, open(number, "w", encoding="utf-8", errors="replace", closefd=False))  # noqa: PTH123, SIM115
        faulthandler.register(signal.SIGPROF, file=said, chain=True)
        for case, command in trials:
            outcome = _try(case, command, folder, said)
            os.write(pipe, (json.dumps(asdict(outcome)) + "\n").encode())
        code = 0
    except BaseException:  # noqa: BLE001 (what the command line lets through is just what is looked for)
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _try(case: Case, command: str, folder: Path, said: int) -> Outcome:
    os.ftruncate(said, 0)
    place = _place(folder)
    file = place / case.name
    file.write_bytes(case.data)
    (place / GOOD).write_bytes(seeds.small()[0].data)
    before = {path: _digest(path) for path in place.iterdir()}
    os.chdir(place)
    _forget_peak()
    argv = [file.name if one == INPUT else one for one in COMMANDS.get(command, ())]
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    signal.alarm(PATIENCE)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    started = _worked()
    code = main(argv) if command in COMMANDS else _read(file)
    seconds = _worked() - started
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.alarm(0)
    sys.stdout.flush()
    sys.stderr.flush()
    text = os.pread(said, 1_000_000, 0).decode("utf-8", "replace")
    helpers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    mib = max(_status("VmHWM"), helpers if helpers > largest else 0) // 1024
    fault, why = _judged(code, text, before, folder)
    return Outcome(case.kind, command, fault, why, code, seconds, mib)


def _read(file: Path) -> int:
    """Read and judge a file as `consolidate` does, or place it as `import` does, with nothing written."""
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


def _place(folder: Path) -> Path:
    """Return a fresh folder for the files, with others around it for what must not go astray."""
    for name in ("cho", "tmp", "nha"):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
    for path in folder.iterdir():
        if path.name not in {"cho", "tmp", "nha", "said"}:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    tempfile.tempdir = str(folder / "tmp")
    os.environ.update(
        TMPDIR=str(folder / "tmp"), HOME=str(folder / "nha"), XDG_CACHE_HOME=str(folder / "nha"), COLUMNS="100"
    )
    os.environ.pop("PAPI_LANG", None)
    return folder / "cho"


def _judged(code: int, text: str, before: dict[Path, str], folder: Path) -> tuple[str, str]:
    """Return the fault of a trial that came to its end, and what explains it."""
    logs = [brief(path.read_text(encoding="utf-8")) for path in (folder / "tmp").glob("papi-xl-*.log")]
    if logs or _TRACE.search(text):
        return "traceback", "\n".join([*logs, text[-3_000:]])
    changed = [path.name for path, digest in before.items() if not path.exists() or _digest(path) != digest]
    if changed:
        return "changed input", ", ".join(changed)
    strays = [path.name for path in folder.rglob(".*")] + [path.name for path in folder.rglob("*.part")]
    strays += [path.name for path in (folder / "tmp").iterdir()]
    strays += [path.name for path in folder.iterdir() if path.name.startswith("papi-xl-")]
    if strays:
        return "stray file", ", ".join(strays)
    if code not in {0, 1, 2}:
        return "exit code", str(code)
    if not text.strip():
        return "no message", ""
    return "", text[-300:] if code == 2 else ""  # noqa: PLR2004 (the exit code)


def brief(log: str) -> str:
    """Return the lines of a traceback that name this project's code, and its last line."""
    lines = log.strip().splitlines()
    ours = [f"{line.strip()} {then.strip()}" for line, then in pairwise(lines) if "/papi_xl/" in line]
    return "\n".join([*ours[-6:], lines[-1]])


def _worked() -> float:
    """Return the seconds that this process and those it has waited for have worked."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _status(key: str) -> int:
    """Return a figure of this process in KiB (source: proc(5))."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(f"{key}:")))


def _forget_peak() -> None:
    """Let the system count this process's peak of memory anew (source: proc(5), clear_refs)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def preload() -> None:
    """Run each command once here, so that no forked process has to load what they load late."""
    log = next(one for one in seeds.small() if one.name == "log")
    plan = next(one for one in seeds.small() if one.suffix == ".docx")
    cwd, kept = Path.cwd(), (tempfile.tempdir, dict(os.environ))
    with tempfile.TemporaryDirectory() as name, open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        folder = Path(name)
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            for command, argv in COMMANDS.items():
                seed = plan if command == "import" else log
                place = _place(folder)
                os.chdir(place)
                (place / f"vao{seed.suffix}").write_bytes(seed.data)
                (place / GOOD).write_bytes(seeds.small()[0].data)
                main([f"vao{seed.suffix}" if one == INPUT else one for one in argv])
        os.chdir(cwd)
    tempfile.tempdir = kept[0]
    os.environ.clear()
    os.environ.update(kept[1])
