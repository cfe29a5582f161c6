"""Files and folders in passing: gone after the run that made them, or after the next where it was killed.

Each belongs to a file that is kept open and locked, so nothing of a living process is ever taken, not even of
one on another machine that shares the drive. Where the system knows no locks, nothing is taken at all.
"""

import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

if sys.platform != "win32":
    import fcntl

PREFIX: Final = ".papi-xl-"
FILE: Final = ".part"
FOLDER: Final = ".parts"
"""The ending of the folder that belongs to a file of the same name."""
OURS: Final = re.compile(r"\.papi-xl-[0-9a-f]{8}\.parts?")
INSTANT: Final = 5
"""Seconds that Windows is given to move a file: it must be closed for that, and is not protected then."""


class Part(NamedTuple):
    """A file in passing, open for writing."""

    path: Path
    stream: BinaryIO


@contextmanager
def file(place: Path) -> Iterator[Part]:
    """Open a new file in the folder ``place``, which is gone afterwards unless `move` has moved it.

    What killed runs left in ``place`` is removed first. Raises what the system does.
    """
    sweep(place)
    part = _opened(place)
    try:
        with part.stream:
            yield part
    finally:
        part.path.unlink(missing_ok=True)


@contextmanager
def folder(place: Path) -> Iterator[Path]:
    """Make a new folder in the folder ``place``; it is gone afterwards.

    Nobody else may look into it. What killed runs left is removed first. Raises what the system does.
    """
    with file(place) as owner:
        path = owner.path.with_suffix(FOLDER)
        path.mkdir(0o700)
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)


def move(part: Part, target: Path) -> None:
    """Put ``part``, when all of it is on the disk, in place of ``target``. Raises what the system does."""
    part.stream.flush()
    os.fsync(part.stream.fileno())
    if sys.platform == "win32":
        os.utime(part.path)
        part.stream.close()
    part.path.replace(target)


def sweep(place: Path) -> None:
    """Remove what killed runs left in the folder ``place``; what cannot be removed stays."""
    with suppress(OSError), os.scandir(place) as entries:
        left = [Path(entry) for entry in entries if OURS.fullmatch(entry.name) and not entry.is_symlink()]
        for path in left:
            if path.suffix == FOLDER:
                _remove_folder(path)
            else:
                with suppress(OSError):
                    _remove_file(path)


def _opened(place: Path) -> Part:
    """Create a file that no other run takes away: one that another run has just swept is made anew."""
    while True:
        path = place / f"{PREFIX}{secrets.token_hex(4)}{FILE}"
        stream = path.open("x+b")
        if sys.platform == "win32":
            return Part(path, stream)
        with suppress(OSError):  # a drive without locks
            fcntl.flock(stream, fcntl.LOCK_EX)
        if os.fstat(stream.fileno()).st_nlink:
            return Part(path, stream)
        stream.close()


def _remove_file(path: Path) -> None:
    """Remove a file that no living process has, and the folder that belongs to it."""
    if sys.platform == "win32":
        if 0 <= time.time() - path.stat().st_mtime < INSTANT:
            return
        path.unlink()  # which Windows refuses while the file is open
    else:
        handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
        finally:
            os.close(handle)
    _remove_folder(path.with_suffix(FOLDER))


def _remove_folder(path: Path) -> None:
    """Remove a folder whose file is gone; the file is made before it and removed after it."""
    if not path.with_suffix(FILE).exists():
        shutil.rmtree(path, ignore_errors=True)
