"""The live spreadsheet application for the engine's tests: one LibreOffice a run, a new book a test.

Tests marked `no_cover` are left out of coverage, which doubles the time of all Python code, other packages'
as well: they run many times, or beside much work of other packages, lines that other tests run, too.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings as xw

from papi_xl.libreoffice import ENGINE
from papi_xl.libreoffice.apps import App
from papi_xl.libreoffice.process import Process


@pytest.fixture(scope="session")
def process() -> Iterator[Callable[[], Process]]:
    """Give the LibreOffice of this run, another one where it has ended; it is ended after all tests."""
    started: list[Process] = []

    def running() -> Process:
        if not started or not started[-1].running:
            started.append(Process())
        return started[-1]

    yield running
    for one in started:
        one.end()


@pytest.fixture(scope="module")
def app(process: Callable[[], Process]) -> Iterator[xw.App]:
    """Give a running LibreOffice as an app of the module's own, whose settings and books go with it."""
    xw.engines[ENGINE.name].activate()
    impl = App(ENGINE.apps, process(), visible=False)
    ENGINE.apps.put(impl)
    yield xw.App(impl=impl)
    ENGINE.apps.forget(impl)
    if impl.process.running:
        impl.office.run("CloseAll")


@pytest.fixture
def office(app: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[xw.App]:
    """Give a running LibreOffice without workbooks; passing files go to the test's folder."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield app
    for one in app.books:
        one.close()


@pytest.fixture
def book(app: xw.App) -> Iterator[xw.Book]:
    """Give a new book, closed after the test with all others."""
    yield app.books.add()
    for one in app.books:
        one.close()


@pytest.fixture
def sheet(book: xw.Book) -> xw.Sheet:
    """Give the only sheet of a new book."""
    return book.sheets[0]
