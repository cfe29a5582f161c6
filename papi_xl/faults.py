"""Faults of our own: kept in a log file, without what stood in anybody's cells."""

import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from papi_xl import __version__

PROGRAM: Final = "papi-xl"


def keep(error: BaseException) -> Path | None:
    """Write where ``error`` arose and its kind to a new log file; ``None`` where no file can be written.

    Its text is left out, which may quote the user's data.
    """
    details = "".join(traceback.format_tb(error.__traceback__))
    text = f"{datetime.now(UTC).isoformat()} {PROGRAM} {__version__}\n{details}{type(error).__name__}\n"
    try:
        handle, log = tempfile.mkstemp(prefix=f"{PROGRAM}-", suffix=".log", text=True)
        with open(handle, "w", encoding="utf-8") as stream:  # noqa: PTH123 (a handle, not a path)
            stream.write(text)
    except OSError:
        return None
    return Path(log)
