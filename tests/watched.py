"""`papi-xl consolidate` in a process of its own, which is watched with all its workers."""

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

import psutil

from tests.clusters import unmeasured
from tests.many import PERIOD

LOOK_SECONDS: Final = 0.02


@dataclass(frozen=True)
class Ended:
    """How the command ended: its exit code, the JSON and the errors that it printed, what it took.

    ``peaks`` is the most memory of each process in MiB, by its number; ``killed`` counts workers that were
    killed from outside.
    """

    code: int
    found: Mapping[str, Any]
    errors: str
    seconds: float
    peaks: Mapping[int, int]
    killed: int

    @property
    def units(self) -> Mapping[str, Mapping[str, Any]]:
        """What was read, by the path of the file."""
        return {line["file"]: line for line in self.found.get("units", ())}

    @property
    def rejected(self) -> Mapping[str, str]:
        """Why a file was not read, by its path."""
        return {line["file"]: line["reason"] for line in self.found.get("rejected", ())}


def run(  # noqa: PLR0913 (what may differ between two runs)
    module: Sequence[str],
    places: Sequence[str],
    out: Path,
    workers: int,
    *,
    kills: Sequence[float] = (),
    seed: int = 0,
) -> Ended:
    """Consolidate ``places`` into ``out`` in a process of its own; kill workers at some seconds."""
    argv = [*places, "-o", str(out), "--workers", str(workers), "--period", PERIOD, "--format", "json"]
    home = out.with_name("home")
    home.mkdir()
    surroundings = {**unmeasured(), "HOME": str(home), "XDG_CACHE_HOME": str(home), "TMPDIR": str(home)}
    said, wrong = home / "said", home / "wrong"
    began = time.monotonic()
    with said.open("wb") as stdout, wrong.open("wb") as stderr:
        command = [sys.executable, *module, "consolidate", *argv]
        with subprocess.Popen(command, stdout=stdout, stderr=stderr, env=surroundings) as process:
            peaks, killed = _watched(process, list(kills), Random(seed))  # noqa: S311 (no secret)
    seconds = time.monotonic() - began
    printed = said.read_text(encoding="utf-8")
    found = json.loads(printed) if printed.startswith("{") else {}
    return Ended(process.returncode, found, wrong.read_text(encoding="utf-8"), seconds, peaks, killed)


def _watched(
    process: subprocess.Popen[bytes], kills: list[float], dice: Random
) -> tuple[dict[int, int], int]:
    """Look at all processes until the command ends; return what each took at most and how many it killed."""
    parent = psutil.Process(process.pid)
    peaks: dict[int, int] = {}
    killed, first = 0, 0.0
    while process.poll() is None:
        workers = []
        with suppress(psutil.Error):
            workers = [one for one in parent.children() if one.status() != psutil.STATUS_ZOMBIE]
        for number in (process.pid, *(one.pid for one in workers)):
            peaks[number] = max(peaks.get(number, 0), _peak(number))
        first = first or (time.monotonic() if workers else 0.0)
        if kills and workers and time.monotonic() - first > kills[0]:
            with suppress(psutil.NoSuchProcess):
                dice.choice(workers).kill()
                killed += 1
                del kills[0]
        time.sleep(LOOK_SECONDS)
    return peaks, killed


def _peak(number: int) -> int:
    """Return the most memory that a process has taken so far, in MiB (source: proc(5), `VmHWM`)."""
    with suppress(OSError):
        for line in Path(f"/proc/{number}/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    return 0
