"""The extension's own code, run here against a LibreOffice without windows instead of inside one."""

import builtins
import importlib
import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import xlwings as xw

from papi_xl.libreoffice import connect
from papi_xl.libreoffice.links import DIST_PACKAGES, load_uno
from papi_xl.template import sources
from tests.clicks import Clerk

EXTENSION = sources.folder() / "libreoffice"


def papi_host(module: str) -> Any:  # noqa: ANN401 (a module of another Python's, without types)
    """Import a module of the extension, with UNO's way of importing interfaces."""
    uno, genuine = load_uno(), builtins.__import__
    places = list(sys.path)
    sys.path += [str(EXTENSION / "pythonpath"), DIST_PACKAGES]
    builtins.__import__ = uno._uno_import
    try:
        return importlib.import_module(f"papi_host.{module}")
    finally:
        builtins.__import__ = genuine
        sys.path[:] = places


class Here:
    """What the extension takes for the program it started: the two ends of the pipe that it is given."""

    def __init__(self, put: IO[bytes], output: IO[bytes]) -> None:
        self.input, self.output = put, output

    def end(self) -> tuple[int, str]:
        """Say that it ended well."""
        self.input.close()
        self.output.close()
        return 0, ""


def window_of(app: xw.App, book: xw.Book, clerk: Clerk | None = None) -> Any:  # noqa: ANN401 (as above)
    """Return the window of ``book`` as the extension has it, ``clerk`` sitting in front of it."""
    context = app.impl.process.office._context._target
    window = papi_host("window").Window(context, book.api.getCurrentController().Frame._target)
    if clerk:
        window.ask, window.folder = clerk, clerk.choose
    return window


def clicked(app: xw.App, book: xw.Book, button: str, clerk: Clerk, python: str = sys.executable) -> None:
    """Have the extension start the program for a button, and wait until it has said what there is to say."""
    program, clicks, window = papi_host("program"), papi_host("clicks"), window_of(app, book, clerk)
    finished = threading.Event()
    with TemporaryDirectory() as folder:
        program.SETTINGS = str(Path(folder, "papi_xl.json"))
        Path(program.SETTINGS).write_text(json.dumps({"python": python}), encoding="utf-8")
        assert clicks.RUNNING.begin()
        click = clicks.Click(window, program.Program(button, "vi"), "vi")
        finish = click._finish

        def note(code: int, complaint: str) -> None:
            finish(code, complaint)
            finished.set()

        click._finish = note
        click.run()
        assert finished.wait(30)


@contextmanager
def hosted(app: xw.App, book: xw.Book) -> Iterator[xw.Book]:
    """Give ``book`` as a program sees it that the extension has started for it."""
    window = window_of(app, book)
    to_program, to_office = os.pipe(), os.pipe()
    program = Here(os.fdopen(to_program[1], "wb"), os.fdopen(to_office[0], "rb"))
    click = papi_host("clicks").Click(window, program, "vi")
    papi_host("clicks").RUNNING.begin()
    answering = threading.Thread(target=click.run)
    answering.start()
    there = connect(os.fdopen(to_program[0], "rb"), os.fdopen(to_office[1], "wb"), lambda: None)
    try:
        yield xw.Book(impl=there.impl.caller)
    finally:
        there.quit()
        answering.join()
        app.activate()
