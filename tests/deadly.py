"""`python -m tests.deadly …` is `papi-xl …` with a file system whose files end the process that reads them.

Its address is `deadly://xa`. One file is an ordinary report.
"""

import io
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

import fsspec

from papi_xl.cli import main
from tests.many import unit_bytes

PLACE: Final = "deadly://xa"
GOOD: Final = "tot.xlsx"
NUMBER, SEED = 9_001, 0
"""The unit whose report the ordinary file is, and how it is filled in."""


def _ends() -> None:
    os._exit(3)


def _is_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


ENDS: Final[Mapping[str, Callable[[], None]]] = {
    "tu-thoat.xlsx": _ends,
    "bi-giet.xlsx": _is_killed,
    "tu-huy.xlsx": os.abort,
}
"""What becomes of the process that reads a file."""


class DeadlyFileSystem(fsspec.AbstractFileSystem):  # type: ignore[misc]
    """A folder of such files, as fsspec asks for it."""

    protocol = "deadly"

    def ls(self, path: str, detail: bool = True, **_: object) -> list[Any]:  # noqa: FBT001, FBT002 (fsspec's)
        """List the files."""
        names = [f"{path.rstrip('/')}/{name}" for name in (*ENDS, GOOD)]
        return [{"name": name, "size": 9, "type": "file"} for name in names] if detail else names

    def _open(self, path: str, mode: str = "rb", **_: object) -> io.BytesIO:
        del mode
        ENDS.get(path.rpartition("/")[2], lambda: None)()
        return io.BytesIO(unit_bytes(NUMBER, seed=SEED))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    fsspec.register_implementation(DeadlyFileSystem.protocol, DeadlyFileSystem)
    sys.exit(main(sys.argv[1:]))
