"""Runs `unopkg`, LibreOffice's program that puts extensions in and takes them out."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from papi_xl import files
from papi_xl.errors import InstallError
from papi_xl.schema import EXTENSION

PATIENCE: Final = 180
"""Seconds that it may take; an ordinary run takes two."""

LONGEST: Final = 200
"""Characters of what it says that a user is shown."""

NOT_FOR_IT: Final = frozenset({"PYTHONHOME", "PYTHONPATH"})
"""Environment variables that would lead LibreOffice's own Python astray."""

TEMPORARY: Final = ("TMPDIR", "TEMP", "TMP")
COMPLAINT: Final = "ERROR: "
WRAPPING: Final = "Exception occurred: "
SOURCE_LINE: Final = " at ./"
"""What in its words is of no use to anybody but its authors."""


def add(program: Path, package: bytes, options: Sequence[str], environment: Mapping[str, str]) -> None:
    """Install an extension in the place of an older one; raises as `run` does."""
    with files.passing_folder() as folder:
        path = folder / EXTENSION
        files.write_whole(path, package)
        run([str(program), "add", "--force", *options, str(path)], environment)


def run(command: Sequence[str], environment: Mapping[str, str], patience: float = PATIENCE) -> None:
    """Run it to its end, no longer than ``patience`` seconds; what it leaves in temporary folders goes too.

    Raises:
        InstallError: ``unopkg-failed``, with the ``reason`` in its words; ``unopkg-silent``.
    """
    kept = {name: value for name, value in environment.items() if name.upper() not in NOT_FOR_IT}
    with files.passing_folder() as folder:
        code, said = _ended(command, kept | dict.fromkeys(TEMPORARY, str(folder)), patience)
    if code:
        raise InstallError("unopkg-failed", reason=shortened(said) or code)


def _ended(command: Sequence[str], environment: Mapping[str, str], patience: float) -> tuple[int, str]:
    """Return its exit code and all it said."""
    try:
        child = subprocess.Popen(  # noqa: S603 - LibreOffice's own program, no shell
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
    except OSError as error:
        raise InstallError("unopkg-failed", reason=error.strerror or str(error)) from error
    with child:
        try:
            said, _ = child.communicate(timeout=patience)
        except BaseException as error:
            _end(child)
            if isinstance(error, subprocess.TimeoutExpired):
                raise InstallError("unopkg-silent", seconds=f"{patience:g}") from error
            raise
    return child.returncode, said.decode("utf-8", "replace")


def shortened(said: str) -> str:
    """Return the line that says why it failed: its first complaint, else what it said last."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    complaints = [line.removeprefix(COMPLAINT) for line in lines if line.startswith(COMPLAINT)]
    line = (complaints or lines[-1:] or [""])[0]
    line = line.removeprefix(WRAPPING).partition(SOURCE_LINE)[0]
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _end(child: subprocess.Popen[bytes]) -> None:
    """End it and all that it started."""
    if hasattr(os, "killpg"):
        os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
