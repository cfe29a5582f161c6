"""The extension's own code, run here against a LibreOffice without windows instead of inside one."""

import builtins
import importlib
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import xlwings as xw

from papi_xl.libreoffice import connect
from papi_xl.libreoffice.links import DIST_PACKAGES, load_uno
from papi_xl.template import sources

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


@contextmanager
def hosted(app: xw.App, book: xw.Book) -> Iterator[xw.Book]:
    """Give ``book`` as a program sees it that the extension has started for it."""
    context = app.impl.process.office._context._target
    frame = book.api.getCurrentController().Frame._target
    window = papi_host("window").Window(context, frame)
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
