"""Children of this process for a case each: all is loaded already, and what happens to one is nobody else's.

Call `adopt` first, so that what a killed child leaves running is waited for too.
"""

import ctypes
import fcntl
import gc
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

PATIENCE = 60
"""Seconds that a child may take."""
SUBREAPER = 36
"""Linux's `PR_SET_CHILD_SUBREAPER` (source: prctl(2))."""
ALTERING = {
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.truncate",
    "os.link",
    "os.symlink",
    "os.chmod",
}
"""Audit events of what changes a folder, besides opening to write."""
FAULT = 99
ROOM = 2**20
"""Bytes that a child may say."""
END = "\0"


class Moment(NamedTuple):
    """When a child is killed.

    That is so many ``seconds`` after it began, or as it is about to make its ``call``-th altering call (from
    1), or so many seconds ``after`` that.
    """

    seconds: float | None = None
    call: int | None = None
    after: float = 0


NEVER = Moment()


class Ended(NamedTuple):
    """How a child ended: its exit code, negative for a signal; what it said; seconds; altering calls."""

    code: int
    said: str
    seconds: float
    calls: int

    @property
    def killed(self) -> bool:
        """Whether it was killed."""
        return self.code in {-signal.SIGKILL, -signal.SIGALRM}


def adopt() -> None:
    """Have this process wait for the children of its children, too, and share its memory with them."""
    gc.disable()
    gc.freeze()
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)


def forked(work: Callable[[], int], place: Path, moment: Moment = NEVER) -> Ended:
    """Run ``work`` in a child whose home and temporary files are below ``place``, killed at ``moment``.

    What it started is waited for.
    """
    words, speaks = os.pipe()
    fcntl.fcntl(speaks, fcntl.F_SETPIPE_SZ, ROOM)
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        _run(work, place, speaks, moment)
    os.close(speaks)
    code = _waited(child, began, moment.seconds)
    taken = time.monotonic() - began
    while _reaped(child):
        time.sleep(0.005)
        if time.monotonic() - began > PATIENCE:
            os.killpg(child, signal.SIGKILL)
    with os.fdopen(words, encoding="utf-8", errors="replace") as stream:
        said, _, calls = stream.read().partition(END)
    return Ended(code, said, taken, int(calls or 0))


def _waited(child: int, began: float, seconds: float | None) -> int:
    until = began + (PATIENCE if seconds is None else seconds)
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _reaped(group: int) -> bool:
    """Whether anything of the child's group is left."""
    try:
        while os.waitpid(-group, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def _run(work: Callable[[], int], place: Path, speaks: int, moment: Moment) -> None:
    """Do the work and end this process, whatever happens."""
    code = FAULT
    try:
        os.setsid()
        os.dup2(speaks, 1)
        os.dup2(speaks, 2)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        _settle(place)
        calls = _counted(moment)
        code = work()
        print(f"{END}{calls()}")
    except BaseException:  # noqa: BLE001 (it is told of, and this process ends here)
        traceback.print_exc()
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)


def _settle(place: Path) -> None:
    """Let the child know nothing but ``place``."""
    for name, folder in (("HOME", "home"), ("XDG_CACHE_HOME", "home/.cache"), ("TMPDIR", "tmp")):
        (place / folder).mkdir(parents=True, exist_ok=True)
        os.environ[name] = str(place / folder)
    tempfile.tempdir = None
    os.environ.pop("PAPI_LANG", None)
    os.chdir(place)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _counted(moment: Moment) -> Callable[[], int]:
    """Count the altering calls of this process from now on; at that of ``moment``, or after it, it dies."""
    made = 0
    mine = os.getpid()

    def heed(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal made
        if os.getpid() == mine and (event in ALTERING or (event == "open" and _writes(arguments))):
            made += 1
            if made == moment.call:
                if moment.after:
                    signal.setitimer(signal.ITIMER_REAL, moment.after)  # nobody heeds it, so it kills
                else:
                    os.kill(mine, signal.SIGKILL)

    sys.addaudithook(heed)
    return lambda: made


def _writes(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2] if len(arguments) > 2 else None
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
