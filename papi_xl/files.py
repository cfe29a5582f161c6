"""Outputs: checked before any work is done, written beside their place and moved into it whole."""

import os
import secrets
from pathlib import Path

from papi_xl.errors import OutputError

SUFFIX = ".xlsx"


def check_output(path: Path, *, source: Path | None = None, force: bool = False) -> None:
    """Make sure that ``path`` may be written.

    Raises:
        OutputError: it is not named .xlsx, is the input ``source``, exists while ``force`` is not given,
            or its folder does not exist.
    """
    if path.suffix.lower() != SUFFIX:
        raise OutputError("output-not-xlsx", file=str(path))
    if source is not None and path.exists() and source.exists() and path.samefile(source):
        raise OutputError("output-is-input", file=str(path))
    if path.exists() and not force:
        raise OutputError("output-exists", file=str(path))
    if not path.parent.is_dir():
        raise OutputError("output-no-folder", file=str(path), folder=str(path.parent))


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, replacing a file that is there; nothing is left behind on failure.

    Raises:
        OutputError: the folder does not take the file.
    """
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        try:
            with part.open("wb") as stream:
                stream.write(content)
                os.fsync(stream.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError("output-unwritable", file=str(path), reason=error.strerror or str(error)) from error


def check_folder(folder: Path) -> None:
    """Make sure that ``folder`` exists.

    Raises:
        OutputError: there is no such folder.
    """
    if not folder.is_dir():
        raise OutputError("output-no-folder", file=str(folder), folder=str(folder))


def make_folder(folder: Path) -> None:
    """Make ``folder`` and those above it where they are missing.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            "output-unwritable", file=str(folder), reason=error.strerror or str(error)
        ) from error


def holds(path: Path, content: bytes) -> bool:
    """Whether the file at ``path`` is there and holds exactly ``content``."""
    return path.is_file() and path.read_bytes() == content
