"""A LibreOffice process of one's own: throw-away profile, a named pipe, no TCP port; always ended."""

import atexit
import contextlib
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

from papi_xl.libreoffice import orphans
from papi_xl.libreoffice.bridge import Office
from papi_xl.libreoffice.links import Direct, OfficeError, load_uno

PLACES = (
    "/usr/lib/libreoffice/program/soffice.bin",
    "/usr/lib64/libreoffice/program/soffice.bin",
    "/opt/libreoffice/program/soffice.bin",
)
ASKS_FOR_A_RESTART = 81
PATIENCE = 60.0
POLL = 0.05
GRACE = 10.0
MOMENT = 0.3


def program() -> Path:
    """Return LibreOffice's program file, the process itself and not the shell wrapper round it.

    Raises:
        OfficeError: LibreOffice is not installed.
    """
    wrapper = shutil.which("soffice")
    near = [str(Path(wrapper).resolve().with_name("soffice.bin"))] if wrapper else []
    for place in (*PLACES, *near):
        if Path(place).is_file():
            return Path(place)
    raise OfficeError("LibreOffice was not found: install libreoffice-calc")


def lock_file(path: Path) -> Path:
    """Return the file by which LibreOffice says that it has ``path`` open; it names the profile."""
    return path.with_name(f".~lock.{path.name}#")


def resolver() -> Any:
    """Return what finds a LibreOffice by the name of its pipe."""
    local = load_uno().getComponentContext()
    return local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)


def connected(finder: Any, pipe: str) -> Any:
    """Return the component context of the LibreOffice that listens on ``pipe``; UNO's errors go through."""
    return finder.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")


class Process:
    """One running LibreOffice and the folder with its profile and temporary files.

    Attributes:
        opened: The workbooks that were opened or saved, whose lock files go with the process.
    """

    def __init__(self) -> None:
        """Start LibreOffice and wait until it answers; what killed programs left of others is removed.

        Raises:
            OfficeError: It is missing, ended at once, or did not answer within a minute.
        """
        self.executable = program()
        finder = resolver()
        orphans.sweep()
        self.home, self._lock = orphans.made()
        self._pipe = self.home.name
        self.opened: set[Path] = set()
        profile = orphans.address(self.home)
        self._sockets = orphans.sockets(self._pipe, profile)
        self._command = [
            str(self.executable), f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo",
            "--nodefault", f"--accept=pipe,name={self._pipe};urp;",
        ]  # fmt: skip
        self._child = self._start()
        atexit.register(self.end)
        try:
            self.office = Office(self._wait(finder), Direct(self._survives))
        except BaseException:
            self.end()
            raise

    def _start(self) -> subprocess.Popen[bytes]:
        home = str(self.home)
        surroundings = {"HOME": home, "TMPDIR": home, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        return subprocess.Popen(  # noqa: S603 - the program file found above, no shell
            self._command, env=surroundings, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=orphans.follower(),  # noqa: PLW1509 - one call to the system, safe beside threads
        )  # fmt: skip

    def _wait(self, finder: Any) -> Any:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            code = self._child.poll()
            if code == ASKS_FOR_A_RESTART:
                self._child = self._start()
            elif code is not None:
                raise OfficeError(f"LibreOffice ended while starting (exit code {code})")
            with contextlib.suppress(Exception):  # not there yet, in whatever way UNO says so
                return connected(finder, self._pipe)
            time.sleep(POLL)
        raise OfficeError(f"LibreOffice did not answer within {PATIENCE:.0f} s")

    @property
    def profile(self) -> Path:
        """The throw-away profile."""
        return self.home / "profile"

    @property
    def pid(self) -> int:
        """The process id."""
        return self._child.pid

    @property
    def running(self) -> bool:
        """Whether the process is still there."""
        return self._child.poll() is None

    def _survives(self) -> bool:
        """Return whether the process is there, after giving a dying one a moment to go."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(MOMENT)
        return self.running

    def end(self) -> None:
        """Ask LibreOffice to end, kill it if it does not, and remove its folder; safe to repeat."""
        if self.running and hasattr(self, "office"):
            with contextlib.suppress(OfficeError):
                self.office.run("CloseAll")
                self.office.desktop.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._child.wait(GRACE)
        self.kill()

    def kill(self) -> None:
        """End the process at once and remove its folder and pipe; safe to repeat."""
        if self.running:
            self._child.kill()
        self._child.wait()
        atexit.unregister(self.end)
        shutil.rmtree(self.home, ignore_errors=True)
        self._lock.close()
        for left in self._sockets:
            left.unlink(missing_ok=True)
        for lock in map(lock_file, self.opened):
            with contextlib.suppress(OSError):
                if self.home.name in lock.read_text(encoding="utf-8", errors="replace"):
                    lock.unlink()
