"""What a killed program leaves of its LibreOffice: known by a lock that nobody holds any more, and removed.

LibreOffice itself ends with the thread that started it, where that is the program's main one; another thread
may well end before its LibreOffice is to.
"""

import ctypes
import hashlib
import os
import shutil
import signal
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

if sys.platform != "win32":
    import fcntl

PREFIX = "xlwings-calc-"
OWNER = "owner"
PARENT_DEATH = 1
"""Linux's `PR_SET_PDEATHSIG` (source: prctl(2))."""
SECONDS = 5.0
"""That a killed LibreOffice gets to be gone."""
POLL = 0.05


class Home(NamedTuple):
    """A folder for a LibreOffice, and the lock that says that its program is alive."""

    folder: Path
    lock: BinaryIO


def made() -> Home:
    """Make a folder among the temporary files."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    lock = (folder / OWNER).open("xb")
    if sys.platform != "win32":
        with suppress(OSError):  # a drive without locks
            fcntl.flock(lock, fcntl.LOCK_EX)
    return Home(folder, lock)


def address(folder: Path) -> str:
    """Return the address of the profile in such a folder."""
    return (folder / "profile").as_uri()


def sockets(pipe: str, profile: str) -> list[Path]:
    """Return the two sockets that LibreOffice makes: our pipe, and one named after its profile's address.

    A killed LibreOffice leaves both behind. The second name is an MD5 sum written without leading zeros.
    """
    digest = hashlib.md5(profile.encode("utf-16-le"), usedforsecurity=False).digest()
    single = "SingleOfficeIPC_" + "".join(f"{byte:x}" for byte in digest)
    folder = Path("/tmp")  # noqa: S108 - LibreOffice puts them there whatever TMPDIR says
    return [folder / f"OSL_PIPE_{os.getuid()}_{name}" for name in (pipe, single)]


def follower() -> Callable[[], None] | None:
    """Return what a new process calls to end with this one, ``None`` where it could end too early."""
    if sys.platform != "linux" or threading.current_thread() is not threading.main_thread():
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PARENT_DEATH, signal.SIGKILL, 0, 0, 0)


def sweep() -> None:
    """Remove the folders of programs that are gone, and end the LibreOffices that still use them."""
    if sys.platform == "win32":
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            status = folder.lstat()
            if stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid():
                _remove_left(folder)


def _remove_left(folder: Path) -> None:
    handle = os.open(folder / OWNER, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for number in _users(folder):
            os.kill(number, signal.SIGKILL)
        until = time.monotonic() + SECONDS
        while any(_users(folder)) and time.monotonic() < until:
            time.sleep(POLL)
        shutil.rmtree(folder, ignore_errors=True)
        for left in sockets(folder.name, address(folder)):
            left.unlink(missing_ok=True)
    finally:
        os.close(handle)


def _users(folder: Path) -> Iterator[int]:
    """Yield the processes that were started with the profile in a folder."""
    wanted = f"-env:UserInstallation={address(folder)}".encode()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if wanted in path.read_bytes().split(b"\0"):
                yield int(path.parent.name)
