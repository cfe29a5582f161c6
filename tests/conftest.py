"""The live spreadsheet application for the engine's tests: one LibreOffice a module, a new book a test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

import papi_xl.libreoffice


@pytest.fixture(scope="module")
def app() -> Iterator[xw.App]:
    """Give a running LibreOffice, ended after the module."""
    xw.engines[papi_xl.libreoffice.ENGINE.name].activate()
    with xw.App(visible=False, add_book=False) as started:
        yield started


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
