"""What each use of xlwings costs in calls into LibreOffice, with nothing fetched before."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from papi_xl.libreoffice import CALLS

Use = Callable[[xw.Book], object]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workbook with two sheets, a name, a table, merged and hidden cells, a date and an error."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Một"
    sheet.append(["TT", "Việc", "Ngày"])
    sheet.append([1, True, dt.datetime(2026, 1, 2)])
    sheet.append([2, "=1/0", "x"])
    sheet.merge_cells("A5:B6")
    sheet.row_dimensions[3].hidden = True
    sheet.add_table(Table(displayName="tbl", ref="A1:C3"))
    made.create_sheet("Hai")["A1"] = 5
    made.defined_names["ô"] = DefinedName("ô", attr_text="'Một'!$A$2:$B$2")
    target = tmp_path_factory.mktemp("calls") / "cold.xlsx"
    made.save(target)
    return target


@pytest.fixture
def cold(app: xw.App, path: Path) -> Iterator[xw.Book]:
    """Give the workbook just opened."""
    book = app.books.open(path)
    yield book
    book.close()


def first(book: xw.Book) -> xw.Sheet:
    """Return the first sheet as a program holds it, its name being known."""
    return xw.Sheet(impl=book.impl.sheets.kept("Một"))


READS: dict[str, tuple[Use, object]] = {
    "sheets": (lambda book: [sheet.name for sheet in book.sheets], ["Một", "Hai"]),
    "active": (lambda book: book.sheets.active.name, "Một"),
    "used": (lambda book: first(book).used_range.address, "$A$1:$C$3"),
    "tables": (
        lambda book: [(one.name, one.range.address) for one in first(book).tables],
        [("tbl", "$A$1:$C$3")],
    ),
    "names": (
        lambda book: [(one.name, one.refers_to, one.refers_to_range.address) for one in book.names],
        [("ô", "=Một!$A$2:$B$2", "$A$2:$B$2")],
    ),
    "one name": (lambda book: book.names["ô"].refers_to_range.address, "$A$2:$B$2"),
    "a named range": (lambda book: first(book)["ô"].address, "$A$2:$B$2"),
    "a table's body": (lambda book: first(book)["tbl"].address, "$A$2:$C$3"),
    "values": (
        lambda book: first(book)["A1:C3"].value,
        [["TT", "Việc", "Ngày"], [1.0, True, dt.datetime(2026, 1, 2)], [2.0, None, "x"]],
    ),
    "raw values": (lambda book: first(book)["A2:B2"].raw_value, [[1.0, True]]),
    "options": (lambda book: first(book)["A3:B3"].options(err_to_str=True, ndim=2).value, [[2.0, "#DIV/0!"]]),
    "formulas": (lambda book: first(book)["A3:B3"].formula, (("2", "=1/0"),)),
    "hidden rows": (lambda book: first(book)["A2:A3"].rows.hidden, None),
    "a hidden row": (lambda book: first(book)["A3"].rows.hidden, True),
    "hidden columns": (lambda book: first(book)["A2:A3"].columns.hidden, False),
    "merged": (lambda book: first(book)["A5:B6"].merge_cells, True),
    "layout": (lambda book: first(book)["A1:C6"].impl.layout(), (((5, 1, 6, 2),), ((3, 3),), ())),
    "fonts": (
        lambda book: first(book)["A1:A2"].impl.fonts(((1, 1), (9, 9))),
        (
            (("Calibri", (1, 1, 1, 1)), ("Calibri", (2, 1, 2, 1))),
            ((("Calibri", "TT"),), (("Calibri", ""),)),
        ),
    ),
    "shown": (lambda book: first(book).visible, True),
    "guards": (lambda book: book.impl.guards, (False, False, ())),
    "selection": (lambda book: book.selection and book.selection.address, "$A$1"),
    "the app's selection": (lambda book: book.app.selection and book.app.selection.address, "$A$1"),
    "colour": (lambda book: first(book)["A1"].color, None),
    "number format": (lambda book: first(book)["A1"].number_format, "General"),
    "conditional formats": (
        lambda book: [(one.formula, one.fill_color) for one in first(book)["A1"].conditional_formats],
        [],
    ),
}


@pytest.mark.parametrize("name", READS)
def test_reading_is_one_call(cold: xw.Book, name: str) -> None:
    use, expected = READS[name]
    CALLS.count = 0
    found = use(cold)
    assert (found, CALLS.count) == (expected, 1)


WRITES: dict[str, Use] = {
    "select": lambda book: first(book)["B2"].select(),
    "activate": lambda book: first(book).activate(),
    "values": lambda book: setattr(first(book)["E1"], "value", [[1, "x"], [True, "=E1"]]),
    "formula": lambda book: setattr(first(book)["E1:F2"], "formula", "=$A$2"),
    "clear": lambda book: first(book).clear(),
    "colour": lambda book: setattr(first(book)["E1"], "color", (1, 2, 3)),
    "font": lambda book: setattr(first(book)["E1"].font, "bold", True),
    "borders": lambda book: first(book)["E1:F2"].borders.set("all", line_style="continuous"),
    "link": lambda book: first(book)["E1"].add_hyperlink("#Hai.A1", "xem"),
    "delete": lambda book: first(book).delete(),
    "mark": lambda book: first(book)["A1"].conditional_formats.add_custom("=TRUE", fill_color="#ff0000"),
}


@pytest.mark.parametrize("name", WRITES)
def test_writing_is_one_call(cold: xw.Book, name: str) -> None:
    CALLS.count = 0
    WRITES[name](cold)
    assert CALLS.count == 1


def test_a_block_up_to_20000_cells_is_one_call(sheet: xw.Sheet) -> None:
    rows = [[float(row), f"t{row}"] for row in range(10_000)]
    CALLS.count = 0
    sheet["A1"].value = rows
    assert CALLS.count == 1
    CALLS.count = 0
    assert sheet["A1:B10000"].value == rows
    assert CALLS.count == 1


def test_a_bigger_block_is_three_calls_at_most(sheet: xw.Sheet) -> None:
    rows = [[float(row), f"t{row}"] for row in range(10_001)]
    CALLS.count = 0
    sheet["A1"].value = rows
    assert CALLS.count == 3
    CALLS.count = 0
    assert sheet["A1:B10001"].value == rows
    assert CALLS.count == 2
