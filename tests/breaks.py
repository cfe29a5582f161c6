"""Workbooks of the template broken as people break them, by LibreOffice's own commands through the engine."""

from collections.abc import Callable
from typing import Any, Final

import xlwings as xw

from papi_xl import schema


def paste_rows(book: xw.Book) -> None:
    """Paste three rows of another table, which says the same in looks of its own, over tasks."""
    other = book.sheets.add("Bảng khác", after=book.sheets[schema.LISTS])
    other["A1:K3"].value = book.sheets[schema.TASKS]["A12:K14"].value
    other["A1:K3"].font.name = "Arial"
    _copy(other, "A1:K3", book.sheets[schema.TASKS], "A12")


def clear_dropdowns(book: xw.Book) -> None:
    """Clear the dropdown of twelve cells."""
    area = book.sheets[schema.TASKS].api.getCellRangeByName("G5:G16")
    rule = area.Validation
    rule.Type = _enum(rule.Type, "ANY")
    area.Validation = rule


def change_formats(book: xw.Book) -> None:
    """Give numbers and percentages the standard format."""
    book.sheets[schema.TASKS]["A6:A12"].number_format = "General"
    book.sheets[schema.TASKS]["H6:H12"].number_format = "General"


def insert_column(book: xw.Book) -> None:
    """Insert a column of one's own among the template's."""
    sheet = book.sheets[schema.TASKS]
    sheet["C:C"].insert("right")
    sheet["C4"].value, sheet["C6"].value = "Kinh phí", "2 triệu đồng"


def delete_header(book: xw.Book) -> None:
    """Delete the header row."""
    book.sheets[schema.TASKS]["4:4"].delete()


def change_header(book: xw.Book) -> None:
    """Type other words into a header."""
    book.sheets[schema.SUPERVISION]["B4"].value = "Loại kiểm tra"


def rename_sheets(book: xw.Book) -> None:
    """Rename the sheets of tasks and lists."""
    book.sheets[schema.TASKS].name = "NV 2021"
    book.sheets[schema.LISTS].name = "DM"


def delete_names(book: xw.Book) -> None:
    """Delete two named cells."""
    for name in ("papi_unit", "papi_year"):
        book.names[name].delete()


def overwrite_formulas(book: xw.Book) -> None:
    """Type figures over formulas."""
    sheet = book.sheets[schema.SUMMARY]
    sheet.api.unprotect("")
    sheet["D8:E9"].value = 77


def delete_sheet(book: xw.Book) -> None:
    """Delete the sheet of communication work."""
    book.sheets[schema.COMMUNICATION].delete()


def delete_record(book: xw.Book) -> None:
    """Delete the hidden record."""
    book.sheets[schema.META].delete()


def merge_cells(book: xw.Book) -> None:
    """Merge the timing of three tasks."""
    book.sheets[schema.TASKS]["F6:F8"].merge()


def hide_rows(book: xw.Book) -> None:
    """Hide two tasks."""
    book.sheets[schema.TASKS].api.getRows().getByIndex(9).IsVisible = False
    book.sheets[schema.TASKS].api.getRows().getByIndex(10).IsVisible = False


def lose_table(book: xw.Book) -> None:
    """Turn the table of difficulties into plain cells."""
    book.api.DatabaseRanges.removeByName("tblVuongMac")


def sort_rows(book: xw.Book) -> None:
    """Sort the inspections, the last one first."""
    rows = book.sheets[schema.SUPERVISION]["A5:G7"]
    rows.value = rows.value[::-1]


def delete_rows(book: xw.Book) -> None:
    """Delete two tasks, which breaks nothing."""
    book.sheets[schema.TASKS]["9:10"].delete()


BREAKS: Final[dict[str, Callable[[xw.Book], None]]] = {
    one.__name__: one
    for one in (
        paste_rows, clear_dropdowns, change_formats, insert_column, delete_header, change_header,
        rename_sheets, delete_names, overwrite_formulas, delete_sheet, delete_record, merge_cells, hide_rows,
        lose_table, sort_rows, delete_rows,
    )
}  # fmt: skip


def _copy(source: xw.Sheet, area: str, target: xw.Sheet, cell: str) -> None:
    """Copy cells as Ctrl+C and Ctrl+V do, looks and rules included."""
    place = target.api.getCellRangeByName(cell).getCellAddress()
    target.api.copyRange(place, source.api.getCellRangeByName(area).getRangeAddress())


def _enum(like: Any, name: str) -> Any:  # noqa: ANN401 (UNO's enumerations have no types)
    return type(like)(like.typeName, name)
