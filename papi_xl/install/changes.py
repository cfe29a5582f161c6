"""Changes to files, told before they are made, made all or not at all."""

import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple

from papi_xl import files
from papi_xl.errors import InstallError, OutputError


class Kind(Enum):
    """What a path can be besides a file."""

    FOLDER = "folder"


FOLDER: Final = Kind.FOLDER
REFUSED: Final = {"output-unwritable": "install-unwritable", "output-not-a-file": "install-not-a-file"}
"""Refusals of an output, and what they are called here."""
State = bytes | Kind | None
"""What is at a path: a file's content, a folder, or nothing."""


class Said(NamedTuple):
    """A line for the user: its code in the wording, and the values that fill it."""

    code: str
    values: Mapping[str, object]


class Change(NamedTuple):
    """What is at ``path`` now, and what shall be there."""

    said: Said
    path: Path
    before: State
    after: State


def said(code: str, **values: object) -> Said:
    """Return a line for the user."""
    return Said(code, values)


def content_of(path: Path) -> bytes | None:
    """Return the content of a file, ``None`` where there is none.

    Raises:
        InstallError: ``install-not-a-file``, or ``install-unreadable``, also for a pipe, which might never
            answer, and for a link that leads nowhere.
    """
    try:
        if not stat.S_ISFIFO(path.stat().st_mode):
            return path.read_bytes()
        raise InstallError("install-unreadable", file=str(path))
    except (FileNotFoundError, NotADirectoryError) as error:
        if path.is_symlink():
            raise InstallError("install-unreadable", file=str(path)) from error
        return None
    except IsADirectoryError as error:
        raise InstallError("install-not-a-file", file=str(path)) from error
    except OSError as error:
        code = "install-not-a-file" if path.is_dir() else "install-unreadable"
        raise InstallError(code, file=str(path)) from error


def missing_folders(paths: Sequence[Path]) -> list[Path]:
    """Return the folders that must be made before files can be put at ``paths``, upper ones first.

    Raises:
        InstallError: ``install-not-a-folder``, a file is where a folder must be; ``install-unreadable``, not
            even the drive is there.
    """
    missing: set[Path] = set()
    for path in paths:
        folder = path.parent
        while not folder.exists():
            if folder == folder.parent:
                raise InstallError("install-unreadable", file=str(folder))
            missing.add(folder)
            folder = folder.parent
        if not folder.is_dir():
            raise InstallError("install-not-a-folder", file=str(folder))
    return sorted(missing)


def check(changes: Sequence[Change]) -> None:
    """Make sure that every file that is to change can be written now; Excel locks what it has open.

    Raises:
        InstallError: ``install-unwritable``.
    """
    for change in changes:
        if isinstance(change.before, bytes):
            with refusals(change.path), change.path.open("r+b"):
                pass


def carry_out(changes: Sequence[Change]) -> None:
    """Make every change in order; when one fails, those before it are taken back.

    Raises:
        InstallError: ``install-unwritable``; ``install-half-done`` where even taking back failed.
    """
    check(changes)
    begun: list[Change] = []
    try:
        for change in changes:
            begun.append(change)
            _put(change.path, change.after)
    except BaseException as error:
        left = [str(change.path) for change in reversed(begun) if not _taken_back(change)]
        if left:
            raise InstallError("install-half-done", files=", ".join(left)) from error
        raise


def _taken_back(change: Change) -> bool:
    """Undo a change that was made; one that was not, or that someone else has changed, is left."""
    if _is(change.path, change.after):
        try:
            _put(change.path, change.before)
        except InstallError:
            return False
    return True


def _is(path: Path, state: State) -> bool:
    if isinstance(state, bytes):
        return files.holds(path, state)
    return path.is_dir() if state is FOLDER else not path.exists()


def _put(path: Path, state: State) -> None:
    """Make ``path`` be in ``state``; a link stays one, and what it leads to is written."""
    with refusals(path):
        if isinstance(state, bytes):
            files.write_whole(path, state)
        elif state is FOLDER:
            path.mkdir()
        elif path.is_dir():
            path.rmdir()
        else:
            path.unlink()


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turn what the system refuses into an `InstallError` that names ``path``: ``install-unwritable``."""
    try:
        with files.refusals(path):
            yield
    except OutputError as error:
        raise InstallError(REFUSED.get(error.code, error.code), **error.values) from error
