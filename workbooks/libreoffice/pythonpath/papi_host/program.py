"""The program behind the buttons: where it is, how it is started."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile

SETTINGS = os.path.join(
    os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "papi_xl.json"
)
PATIENCE = 20  # seconds for a program that asks nothing any more to end; it gives itself ten
OFFICES_OWN = {"PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "LD_LIBRARY_PATH", "LD_PRELOAD"}


class MissingError(Exception):
    """The program cannot be started: ``key`` of the words, ``python`` where it should be."""

    def __init__(self, key, python=""):
        super().__init__(key)
        self.key = key
        self.python = python


class Program:
    """A started program: ``input`` and ``output`` are its pipe, ``end`` waits and says how it ended."""

    def __init__(self, button, lang):
        python = interpreter()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed when the program has ended)
        hidden = {"creationflags": subprocess.CREATE_NO_WINDOW} if sys.platform == "win32" else {}
        try:
            self._child = subprocess.Popen(
                [python, "-P", "-m", "papi_xl.clicked", button],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env=surroundings(lang),
                cwd=os.path.expanduser("~"),
                **hidden,
            )
        except (OSError, ValueError):
            raise MissingError("no-interpreter", python)
        self.input = self._child.stdin
        self.output = self._child.stdout

    def end(self):
        """Wait for the program, not for ever; return its exit code and the last line of its complaints."""
        with contextlib.suppress(OSError):
            self.input.close()
        self.output.close()
        try:
            code = self._child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._child.kill()
            code = self._child.wait()
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").split("\n")
        self._errors.close()
        said = [line.strip() for line in lines if line.strip()]
        return code, said[-1] if said else ""


def interpreter():
    """Return the path of the interpreter that papi_xl is installed in, as its installation noted it."""
    try:
        with open(SETTINGS, encoding="utf-8") as stream:
            return str(json.load(stream)["python"])
    except (OSError, ValueError, KeyError, TypeError):
        raise MissingError("not-installed")


def surroundings(lang):
    """Return the program's environment: LibreOffice's own Python is not its."""
    found = {name: value for name, value in os.environ.items() if name.upper() not in OFFICES_OWN}
    return {**found, "PAPI_LANG": lang}
