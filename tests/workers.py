"""Work for the pool's tests: functions that worker processes can load by name."""

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

DEADLY = "deadly"


def lengths(items: Sequence[str]) -> list[int]:
    """Return the length of each item, and the process that found it; of a deadly one the process dies."""
    if DEADLY in items:
        os.kill(os.getpid(), signal.SIGKILL)
    return [len(item) for item in items]


def slowly(items: Sequence[str]) -> list[int]:
    """Say in which process the work is, by a file beside each item, and take some time."""
    for item in items:
        Path(item).with_suffix(f".{os.getpid()}").touch()
        time.sleep(0.2)
    return [len(item) for item in items]
