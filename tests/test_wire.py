"""The way into LibreOffice over lines of JSON: all that crosses it is on the other side what it was."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import xlwings as xw

from papi_xl.libreoffice import OfficeError
from papi_xl.libreoffice.bridge import enum, properties, struct
from papi_xl.libreoffice.links import Struct, Typed
from tests.hosting import hosted


@pytest.fixture
def seen(app: xw.App, book: xw.Book) -> Iterator[xw.Book]:
    """Give a new book as seen over the wire."""
    with hosted(app, book) as found:
        yield found


def test_values_cross_both_ways(seen: xw.Book) -> None:
    """Numbers, texts with all accents, dates, truth, nothing: blocks come back as they went."""
    rows = [["Tỷ lệ hoàn thành", 0.8, None], ["Nghĩa là “đủ” \U0001f600", -1e300, dt.datetime(2021, 6, 30)]]
    seen.sheets[0].range("B2").value = rows
    assert seen.sheets[0].range("B2:D3").value == rows
    assert seen.sheets[0].range("B2").options(ndim=2).value == [["Tỷ lệ hoàn thành"]]


def test_many_values_cross_at_once(seen: xw.Book) -> None:
    rows = [[f"Việc số {row}", float(row)] for row in range(30_000)]
    seen.sheets[0].range("A1").value = rows
    assert seen.sheets[0].range("A1:B30000").value == rows


def test_structs_enums_and_typed_sequences_cross(seen: xw.Book) -> None:
    """A note's place, shifted cells, sort fields, an export's choices: each is a kind of value of UNO's."""
    sheet = seen.sheets[0]
    sheet.range("A1").value = [["b", 1.0], ["a", 2.0], ["c", 3.0]]
    sheet.range("A1:B3").sort([1])
    assert sheet.range("A1:B3").value == [["a", 2.0], ["b", 1.0], ["c", 3.0]]
    sheet.range("A1").insert("down")
    assert sheet.range("A1:A2").value == [None, "a"]
    sheet.range("B1").add_note("ghi chú")
    note = sheet.range("B1").note
    assert note
    assert note.text == "ghi chú"
    document: Any = seen.api
    place = document.Sheets.getByIndex(0).getCellRangeByName("C3:D4").RangeAddress
    assert isinstance(place, Struct)
    assert (place.StartColumn, place.EndRow) == (2, 3)


def test_what_libreoffice_refuses_is_said(seen: xw.Book) -> None:
    document: Any = seen.api
    with pytest.raises(OfficeError, match="NoSuchElementException"):
        document.Sheets.getByName("không có")
    with pytest.raises(AttributeError):
        _ = document.NothingOfTheKind
    with pytest.raises(TypeError, match="no value of LibreOffice's"):
        document.Sheets.getByName(object())


def test_a_book_that_was_closed_is_not_written_to(app: xw.App, seen: xw.Book) -> None:
    app.books[0].close()
    with pytest.raises(OfficeError):
        seen.sheets[0].range("A1").value = 1
    assert seen.app.impl.caller is None


def test_the_connection_leaves_nothing_behind(app: xw.App, book: xw.Book) -> None:
    """The helpers that it put into LibreOffice go with it, and the office lives on."""
    libraries = app.impl.office.service("script.ApplicationScriptLibraryContainer")
    before = libraries.getElementNames()
    with hosted(app, book) as seen:
        seen.sheets[0].range("A1").value = "x"
        assert len(libraries.getElementNames()) == len(before) + 1
    assert libraries.getElementNames() == before
    assert book.sheets[0].range("A1").value == "x"


def test_neutral_values_name_their_kind() -> None:
    """What the engine hands over is the same whichever way it goes."""
    one = struct("table.CellAddress", Row=3)
    assert (one.Row, vars(one)["__kind__"]) == (3, "com.sun.star.table.CellAddress")
    assert enum("sheet.CellInsertMode", "DOWN").kind == "com.sun.star.sheet.CellInsertMode"
    assert [(item.Name, item.Value) for item in properties(Hidden=True)] == [("Hidden", True)]
    assert Typed("[]long", (1, 2)).value == (1, 2)
