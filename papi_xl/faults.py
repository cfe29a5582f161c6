"""Faults of our own: kept in a log file, without what stood in anybody's cells."""

import sysconfig
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path
from traceback import FrameSummary
from typing import Final

from papi_xl import __version__

PROGRAM: Final = "papi-xl"
PACKAGE: Final = Path(__file__).parent
LIBRARIES: Final = ("purelib", "platlib", "platstdlib", "stdlib")
"""The folders of Python's own code and of what is installed for it, as `sysconfig` calls them."""


def keep(error: BaseException) -> Path | None:
    """Write where ``error`` arose and its kind to a new log file; ``None`` where no file can be written.

    Its text is left out, which may quote the user's data, and so are folders, which may name the user, and
    lines of anything but installed code.
    """
    details = "".join(map(_line, traceback.extract_tb(error.__traceback__)))
    text = f"{datetime.now(UTC).isoformat()} {PROGRAM} {__version__}\n{details}{type(error).__name__}\n"
    try:
        handle, log = tempfile.mkstemp(prefix=f"{PROGRAM}-", suffix=".log", text=True)
        with open(handle, "w", encoding="utf-8") as stream:  # noqa: PTH123 (a handle, not a path)
            stream.write(text)
    except OSError:
        return None
    return Path(log)


def _line(frame: FrameSummary) -> str:
    place = _inside(frame.filename)
    if place is None:
        return "  in other code\n"
    return f"  {place}:{frame.lineno} in {frame.name}\n    {frame.line}\n"


def _inside(file: str) -> str | None:
    """Return the path of installed code from where it is installed on, ``None`` for other code."""
    path = Path(file)
    if path.is_relative_to(PACKAGE):
        return path.relative_to(PACKAGE.parent).as_posix()
    for folder in map(sysconfig.get_path, LIBRARIES):
        if path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return None
