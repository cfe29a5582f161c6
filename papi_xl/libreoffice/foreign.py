"""A LibreOffice that somebody else started: connected to, and left as it was."""

import atexit
import contextlib
import os
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from papi_xl.libreoffice.bridge import Office
from papi_xl.libreoffice.links import Direct, OfficeError
from papi_xl.libreoffice.process import MOMENT, POLL, connected, resolver

STARTING = 5.0


class Foreign:
    """A running LibreOffice that accepts connections on a pipe; it is never ended from here.

    While connected it holds a Basic library of a name of its own, which :meth:`end` removes.

    Attributes:
        opened: The workbooks that were opened or saved here; nothing is done about them.
    """

    def __init__(self, pipe: str) -> None:
        """Connect to the LibreOffice that was started with ``--accept=pipe,name=<pipe>;urp;``.

        Raises:
            OfficeError: None answers there.
        """
        self.opened: set[Path] = set()
        self.pid = process_of(pipe)
        self._connected = True
        self.office = Office(self._answer(pipe), Direct(self._survives))
        atexit.register(self.end)

    def _answer(self, pipe: str) -> Any:
        """Return the component context; one that has only just started refuses at times."""
        finder, until = resolver(), time.monotonic() + STARTING
        while True:
            try:
                return connected(finder, pipe)
            except Exception as error:
                if time.monotonic() > until or not self.running:
                    raise OfficeError(f"The LibreOffice on the pipe {pipe} does not answer") from error
            time.sleep(POLL)

    @property
    def running(self) -> bool:
        """Whether it is there and connected."""
        return self._connected and Path("/proc", str(self.pid)).exists()

    def _survives(self) -> bool:
        """Return whether it is there, after giving a dying one a moment to go."""
        until = time.monotonic() + MOMENT
        while self.running and time.monotonic() < until:
            time.sleep(POLL)
        return self.running

    def _folder(self, variable: str) -> Path:
        paths = self.office.service("util.PathSubstitution")
        return path_of(paths.getSubstituteVariableValue(f"$({variable})")) or Path()

    @property
    def executable(self) -> Path:
        """LibreOffice's program file."""
        return self._folder("prog") / "soffice.bin"

    @property
    def profile(self) -> Path:
        """The user's profile."""
        return self._folder("user").parent

    def end(self) -> None:
        """Disconnect and leave nothing behind; safe to repeat."""
        atexit.unregister(self.end)
        if self.running:
            with contextlib.suppress(OfficeError):
                self.office.leave()
        self._connected = False

    def kill(self) -> None:
        """Disconnect: what somebody else started is not ended."""
        self.end()


def process_of(pipe: str) -> int:
    """Return the process id of the LibreOffice whose command names the pipe.

    Raises:
        OfficeError: There is none.
    """
    wanted = f"name={pipe};".encode()
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = command.read_bytes().split(b"\0")
            if words[0].endswith(b"soffice.bin") and any(wanted in word for word in words):
                return int(command.parent.name)
    raise OfficeError(f'No LibreOffice runs with "--accept=pipe,name={pipe};urp;"')


def path_of(url: str, *, windows: bool = os.name == "nt") -> Path | None:
    """Return the path of a file's address, None for the address of something else."""
    parts = urlsplit(url)
    if parts.scheme != "file":
        return None
    path = unquote(parts.path)
    if windows:
        path = f"//{parts.netloc}{path}" if parts.netloc else path.lstrip("/")
    return Path(path)
