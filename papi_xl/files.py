"""Outputs: checked before any work is done, written beside their place and moved into it whole."""

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from papi_xl.errors import OutputError

SUFFIX = ".xlsx"


def check_output(
    path: Path, *, source: Path | None = None, force: bool = False, suffix: str = SUFFIX, option: str = "-o"
) -> None:
    """Make sure that ``path``, which ``option`` of the command names, may be written.

    Raises:
        OutputError: its name does not end in ``suffix``, it is the input ``source``, exists while ``force``
            is not given, its folder does not exist, or the system does not let us look.
    """
    if path.suffix.lower() != suffix:
        raise OutputError("output-not-xlsx", file=str(path), suffix=suffix)
    with refusals(path):
        taken = exists(path)
        if source is not None and taken and source.exists() and path.samefile(source):
            raise OutputError("output-is-input", file=str(path), option=option)
        check_free(path, force=force, option=option)
        check_folder(path.parent, option=option)


def check_free(path: Path, *, force: bool, option: str = "-o") -> None:
    """Make sure that nothing is at ``path``, unless ``force`` lets it be replaced.

    Raises:
        OutputError: ``output-exists``, or the system does not let us look.
    """
    if not force and exists(path):
        raise OutputError("output-exists", file=str(path), option=option)


def exists(path: Path) -> bool:
    """Whether something is at ``path``.

    Raises:
        OutputError: the system does not let us look, or there can be no such name.
    """
    with refusals(path):
        return path.exists()


def check_folder(folder: Path, *, option: str = "-o") -> None:
    """Make sure that ``folder`` exists.

    Raises:
        OutputError: there is no such folder.
    """
    with refusals(folder):
        if not folder.is_dir():
            raise OutputError("output-no-folder", folder=str(folder), option=option)


def make_folder(folder: Path) -> None:
    """Make ``folder`` and those above it where they are missing.

    Raises:
        OutputError: it cannot be made.
    """
    with refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, replacing a file that is there; nothing is left behind on failure.

    Raises:
        OutputError: the folder does not take the file.
    """
    with writing(path) as stream:
        stream.write(content)


@contextmanager
def written_together(contents: Mapping[Path, bytes]) -> Iterator[None]:
    """Write several files; where one cannot be written or the body fails, all is as it was before.

    Raises:
        OutputError: a folder does not take a file, or a file that is to be replaced cannot be read.
    """
    with ExitStack() as undo:
        for path, content in contents.items():
            with refusals(path):
                before = path.read_bytes() if path.exists() else None
            write_whole(path, content)
            undo.callback(_put_back, path, before)
        yield
        undo.pop_all()


def _put_back(path: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink(missing_ok=True)
    else:
        write_whole(path, before)


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside ``path`` that takes its place once all is written; raises as `write_whole` does."""
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    with refusals(path):
        try:
            with part.open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def holds(path: Path, content: bytes) -> bool:
    """Whether the file at ``path`` can be read and holds exactly ``content``."""
    try:
        return path.read_bytes() == content
    except OSError:
        return False


@contextmanager
def refusals(path: Path, code: str = "output-unwritable") -> Iterator[None]:
    """Turn what the system refuses into an `OutputError` with this ``code`` that names ``path``."""
    try:
        yield
    except OSError as error:
        known = {"errno": error.errno or 0, "reason": error.strerror or str(error)}
        raise OutputError(code, file=str(path), **known) from error
