"""What is written while screen_updating is False goes to LibreOffice together, all or none."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from papi_xl.libreoffice import CALLS, OfficeError

RED = (255, 0, 0)


def report(book: xw.Book, first: xw.Sheet) -> xw.Sheet:
    """Write a sheet of findings with everything that is kept for one call, and marks on the first sheet."""
    sheet = book.sheets.add("Kết quả", after=first)
    sheet.clear()
    sheet["A1"].value = [["Trang", "Ô", "Ngày", "Số"], ["Sheet1", "A1", dt.date(2026, 1, 2), "=1+1"]]
    sheet["D3"].formula = "=SUM(D2:D2)"
    sheet["A1:D1"].color = RED
    font = sheet["A1:D1"].font
    font.bold, font.italic, font.size, font.color, font.name = True, True, 13, (0, 0, 255), "Times New Roman"
    sheet["D2"].number_format = "0.00"
    sheet["A1:D2"].wrap_text = True
    sheet["A1:D1"].horizontal_alignment = "center"
    sheet["A1:D1"].vertical_alignment = "top"
    sheet["A1:D2"].borders.set("all", line_style="continuous", weight="thin")
    sheet["A1"].column_width = 30
    sheet["A1"].row_height = 40
    sheet["B:B"].columns.autofit()
    sheet["A7"].rows.hidden = True
    sheet["F1"].columns.hidden = True
    sheet["A5:D5"].merge()
    sheet["A6:B6"].merge()
    sheet["A6:B6"].unmerge()
    sheet["B2"].add_hyperlink("#Sheet1.A1", "A1")
    sheet["Z1"].value = "x"
    sheet["Z1"].clear_contents()
    sheet["Z1"].clear_formats()
    first["A1:A2"].conditional_formats.add_custom("=TRUE", fill_color=RED)
    first.range("A1,B2").color = (1, 2, 3)
    sheet["B2"].select()
    return sheet


def test_everything_in_one_call(book: xw.Book, sheet: xw.Sheet) -> None:
    assert sheet["A1"].value is None
    CALLS.count = 0
    with book.app.properties(screen_updating=False):
        made = report(book, sheet)
        assert CALLS.count == 1  # the names of the sheets, which the new name must not repeat
    assert CALLS.count == 2
    assert book.api.isActionLocked() is False
    assert [one.name for one in book.sheets] == ["Sheet1", "Kết quả"]
    assert made["A1:D3"].value == [
        ["Trang", "Ô", "Ngày", "Số"],
        ["Sheet1", "A1", dt.datetime(2026, 1, 2), 2.0],
        [None, None, None, 2.0],
    ]
    title = made["A1:D1"]
    assert (title.color, title.font.bold, title.font.italic, title.font.size) == (RED, True, True, 13)
    assert (title.font.color, title.font.name, title.wrap_text) == ((0, 0, 255), "Times New Roman", True)
    assert (title.horizontal_alignment, title.vertical_alignment) == ("center", "top")
    assert (title.borders["inside_vertical"].line_style, title.borders["edge_top"].weight) == (
        "continuous",
        "thin",
    )
    assert (made["D2"].number_format, made["A1"].column_width, made["A1"].row_height) == ("0.00", 30, 40)
    assert (made["A7"].rows.hidden, made["F1"].columns.hidden) == (True, True)
    assert (made["A5:D5"].merge_cells, made["A6:B6"].merge_cells) == (True, False)
    assert (made["B2"].hyperlink, made["Z1"].value) == ("#Sheet1.A1", None)
    assert [one.fill_color for one in sheet["A1:A2"].conditional_formats] == [RED]
    assert (sheet["B2"].color, book.app.selection, book.sheets.active) == ((1, 2, 3), made["B2"], made)


def test_one_undo_takes_all_back(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["A1"].value = "trước"
    book.impl.undo_title = "Kiểm tra"
    with book.app.properties(screen_updating=False):
        report(book, sheet)
    undo = book.api.UndoManager
    assert undo.getCurrentUndoActionTitle() == "Kiểm tra"
    undo.undo()
    assert [one.name for one in book.sheets] == ["Sheet1"]
    assert (sheet["A1"].value, sheet["A1:B2"].color, len(sheet["A1:A2"].conditional_formats)) == (
        "trước",
        None,
        0,
    )
    undo.redo()
    assert book.sheets["Kết quả"]["A1"].value == "Trang"


def test_undo_empties_what_was_empty(book: xw.Book, sheet: xw.Sheet) -> None:
    """Calc itself would leave values there."""
    sheet["A1"].value = [[1, None, "=A1+1"], ["x", True, None]]
    sheet["B2"].color = RED
    before = sheet["A1:D3"].formula
    with book.app.properties(screen_updating=False):
        sheet["A1"].value = [["a", "b", None, "d"]] * 3
        sheet["F9"].value = "=1+1"
    assert sheet["A1:D3"].formula == (("a", "b", "", "d"),) * 3
    undo = book.api.UndoManager
    undo.undo()
    assert (sheet["A1:D3"].formula, sheet["F9"].value, sheet["B2"].color) == (before, None, RED)
    undo.redo()
    assert sheet["A1:D3"].formula == (("a", "b", "", "d"),) * 3
    undo.undo()
    assert (sheet["A1:D3"].formula, sheet.used_range.address) == (before, "$A$1:$C$2")


def fail(book: xw.Book) -> None:
    """Have LibreOffice refuse something among what is kept."""
    book.impl.tell("RemoveSheet", "nirgends")


def broken_report(book: xw.Book, sheet: xw.Sheet) -> None:
    """Write a report with a step that fails near its end."""
    with book.app.properties(screen_updating=False):
        report(book, sheet)
        sheet["A1:B2"].clear()
        sheet["C1"].value = "neu"
        sheet.name = "Khác"
        fail(book)
        sheet["A1"].value = 5


def test_a_step_that_fails_leaves_the_workbook_as_it_was(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 2], [3, 4]]
    sheet["A1"].conditional_formats.add_custom("=$A1>0", fill_color=RED)
    titles = book.api.UndoManager.getAllUndoActionTitles()
    with pytest.raises(OfficeError, match=r"RemoveSheet on sheet nirgends: .*; the workbook is as it was"):
        broken_report(book, sheet)
    assert ([one.name for one in book.sheets], sheet.name) == (["Sheet1"], "Sheet1")
    assert sheet["A1:C2"].value == [[1.0, 2.0, None], [3.0, 4.0, None]]
    assert [one.formula for one in sheet["A1"].conditional_formats] == ["=$A1>0"]
    assert (sheet["A1"].color, book.sheets.active) == (None, sheet)
    assert book.api.UndoManager.getAllUndoActionTitles() == titles
    assert book.api.UndoManager.getAllRedoActionTitles() == ()
    assert book.api.isActionLocked() is False


def broken_rules(book: xw.Book, sheet: xw.Sheet) -> None:
    """Write a value and rules of which one is no rule."""
    with book.app.properties(screen_updating=False):
        sheet["A1"].value = 2
        sheet["A1"].conditional_formats.add_custom("=TRUE", fill_color=RED)
        book.impl.change_rules(sheet.impl).additions.append((((0, 0, 0, 0),), 24, "1", "", ()))


def test_rules_that_fail_leave_the_workbook_as_it_was(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["A1"].value = 1
    with pytest.raises(OfficeError, match=r"ChangeRules on sheet Sheet1: .*; the workbook is as it was"):
        broken_rules(book, sheet)
    assert (sheet["A1"].value, len(sheet["A1"].conditional_formats)) == (1.0, 0)


def test_a_failure_without_anything_done_undoes_nothing_else(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["A1"].value = 1
    with pytest.raises(OfficeError, match="as it was before"):
        fail(book)
    assert sheet["A1"].value == 1.0


def test_reading_writes_first(book: xw.Book, sheet: xw.Sheet) -> None:
    book.app.screen_updating = False
    sheet["A1"].value = [1, 2]
    assert sheet["A1:B1"].value == [1.0, 2.0]
    sheet["C1"].value = 3
    assert sheet.used_range.address == "$A$1:$C$1"
    sheet["A1"].value = "=B1"
    assert sheet["A1"].formula == "=B1"
    sheet["D4"].select()
    assert book.app.selection == sheet["D4"]
    sheet["B1"].color = RED
    assert sheet["B1"].color == RED
    sheet["A2"].value = 9
    assert sheet["A2"].api.getCellByPosition(0, 0).Value == 9
    book.app.screen_updating = True


def interrupted(book: xw.Book, sheet: xw.Sheet) -> None:
    """Fail half-way."""
    with book.app.properties(screen_updating=False):
        sheet["A1"].value = 1
        book.sheets.add("Nửa")
        sheet.name = "Khác"
        _ = 1 / 0


def test_an_exception_on_the_way_drops_what_was_kept(book: xw.Book, sheet: xw.Sheet) -> None:
    with pytest.raises(ZeroDivisionError):
        interrupted(book, sheet)
    assert book.app.screen_updating
    assert (book.sheet_names, sheet.name, sheet["A1"].value) == (["Sheet1"], "Sheet1", None)


def test_handling_an_exception_does_not_drop(book: xw.Book, sheet: xw.Sheet) -> None:
    try:
        _ = 1 / 0
    except ZeroDivisionError:
        with book.app.properties(screen_updating=False):
            sheet["A1"].value = 1
    assert sheet["A1"].value == 1.0


def test_sheets_come_and_go_and_change_their_names(book: xw.Book, sheet: xw.Sheet) -> None:
    with book.app.properties(screen_updating=False):
        old = book.sheets.add("Cũ", before=sheet)
        old["A1"].value = 1
        old["A1"].conditional_formats.add_custom("=TRUE", fill_color=RED)
        last = book.sheets.add(after=sheet)
        last["A1"].value = "cuối"
        last["A1"].select()
        last["A1"].conditional_formats.add_custom("=TRUE", fill_color=RED)
        last.name = "Sau cùng"
        last["A2"].value = "='Sau cùng'!A1"
        old.delete()
        assert [one.name for one in book.sheets] == ["Sheet1", "Sau cùng"]
    assert book.sheet_names == ["Sheet1", "Sau cùng"]
    assert book.sheets["Sau cùng"]["A1:A2"].value == ["cuối", "cuối"]
    assert len(last["A1"].conditional_formats) == 1
    assert book.app.selection == last["A1"]


def test_rules_added_and_cleared_while_writing_is_kept(book: xw.Book, sheet: xw.Sheet) -> None:
    with book.app.properties(screen_updating=False):
        sheet["A1:A3"].conditional_formats.add_custom("=TRUE", fill_color=RED)
        sheet["A2"].conditional_formats.clear()
        sheet["A1:A3"].conditional_formats.add_custom("=A1>0", fill_color=RED)
        sheet["A1:A3"].conditional_formats.add_custom("=A1>1", fill_color=RED)
    assert [one.formula for one in sheet["A1"].conditional_formats] == ["=A1>1", "=A1>0", "=TRUE"]
    assert [one.formula for one in sheet["A2"].conditional_formats] == ["=A1>1", "=A1>0"]


def test_areas_of_another_sheet(book: xw.Book, sheet: xw.Sheet) -> None:
    other = book.sheets.add("Hai", after=sheet)
    several = sheet.range("Hai!B2,C3:D4")
    assert (several.sheet, several.row, several.column, several.shape) == (other, 2, 2, (1, 1))
    with pytest.raises(NotImplementedError, match=r"Range of several areas\.expand"):
        several.impl.expand("table")


def test_copied_and_moved_sheets_while_writing_is_kept(book: xw.Book, sheet: xw.Sheet) -> None:
    with book.app.properties(screen_updating=False):
        book.sheets.add("Hai", after=sheet)
        sheet["A1"].value = 7
        copied = sheet.copy(name="Bản sao")
        copied.move(before=sheet)
        book.sheets.add("Ba", before=copied)
        assert [one.name for one in book.sheets] == ["Ba", "Bản sao", "Sheet1", "Hai"]
    assert (book.sheet_names, copied["A1"].value) == (["Ba", "Bản sao", "Sheet1", "Hai"], 7.0)


def test_a_very_large_block_stays_in_the_undo_step(book: xw.Book, sheet: xw.Sheet) -> None:
    rows = [[f"t{row}", float(row)] for row in range(20_000)]
    assert sheet["A1"].value is None
    CALLS.count = 0
    with book.app.properties(screen_updating=False):
        sheet["A1"].value = rows
        sheet["A1"].color = RED
        sheet["D1"].value = [[dt.date(2026, 1, 2), 1]] * 20_000
        sheet["D1"].conditional_formats.add_custom("=TRUE", fill_color=RED)
    assert CALLS.count == 5
    assert sheet["A20000:E20000"].value == ["t19999", 19999.0, None, dt.datetime(2026, 1, 2), 1.0]
    assert sheet["A1"].color == RED
    book.api.UndoManager.undo()
    assert (sheet.used_range.address, sheet["A1"].value, len(sheet["D1"].conditional_formats)) == (
        "$A$1",
        None,
        0,
    )


def test_a_document_that_keeps_no_undo_says_so(book: xw.Book, sheet: xw.Sheet) -> None:
    book.api.UndoManager.lock()
    with book.app.properties(screen_updating=False):
        sheet["A1"].value = 1
        sheet["A1"].conditional_formats.add_custom("=TRUE", fill_color=RED)
    assert (sheet["A1"].value, len(sheet["A1"].conditional_formats)) == (1.0, 1)
    other = book.app.books.add()
    other.api.UndoManager.lock()
    with pytest.raises(OfficeError, match="keeps no undo: what was done before stays"):
        fail(other)


def test_saving_and_closing_write_first(app: xw.App, book: xw.Book, sheet: xw.Sheet, tmp_path: Path) -> None:
    app.screen_updating = False
    sheet["A1"].value = "ghi"
    book.save(tmp_path / "ghi.xlsx")
    found = openpyxl.load_workbook(tmp_path / "ghi.xlsx").active
    assert found is not None
    assert found["A1"].value == "ghi"
    sheet["A1"].value = "thôi"
    book.close()
    app.screen_updating = True


def test_names_are_asked_anew_after_a_change(book: xw.Book) -> None:
    book.names.add("ô", "=Sheet1!$A$1")
    name = book.names["ô"]
    assert name.refers_to == "=Sheet1!$A$1"
    name.refers_to = "=Sheet1!$B$2"
    assert (name.refers_to, name.refers_to_range.address) == ("=Sheet1!$B$2", "$B$2")
    name.delete()
    with pytest.raises(OfficeError, match="ô does not exist"):
        _ = name.refers_to


def test_answers_to_alerts(app: xw.App) -> None:
    asked: list[tuple[object, ...]] = []

    def answer(*question: object) -> str:
        asked.append(question)
        return "yes"

    app.impl.answers = answer
    try:
        assert app.alert("Tiếp tục?", "Sửa", buttons="yes_no_cancel", mode="info") == "yes"
    finally:
        app.impl.answers = None
    assert asked == [("Tiếp tục?", "Sửa", "yes_no_cancel", "info")]


def test_answers_to_the_question_for_a_folder(app: xw.App) -> None:
    """Who sits there names a folder or none; with nobody there the engine says so."""
    asked: list[str] = []

    def choose(title: str) -> str | None:
        asked.append(title)
        return "/tmp/Đã nhận" if title == "Chọn" else None  # noqa: S108 (a name, no file is written)

    with pytest.raises(NotImplementedError, match=r"App\.choose_folder is not available with LibreOffice"):
        app.impl.choose_folder("Chọn")
    app.impl.folders = choose
    try:
        assert app.impl.choose_folder("Chọn") == "/tmp/Đã nhận"  # noqa: S108 (as above)
        assert app.impl.choose_folder("Thôi") is None
    finally:
        app.impl.folders = None
    assert asked == ["Chọn", "Thôi"]


def test_protection_and_reading_only(app: xw.App, book: xw.Book, sheet: xw.Sheet, tmp_path: Path) -> None:
    assert book.impl.guards == (False, False, ())
    sheet.api.protect("")
    book.api.protect("")
    assert book.impl.guards == (False, True, (sheet.name,))
    book.save(tmp_path / "khoá.xlsx")
    book.close()
    assert app.books.open(tmp_path / "khoá.xlsx", read_only=True).impl.guards.read_only is True


def test_layout(sheet: xw.Sheet) -> None:
    for place in ("A1:C1", "B3:C3", "B4:C4", "E2:F8", "H1:H2"):
        sheet[place].merge()
    for rows in ("6:7", "9:9"):
        sheet[rows].rows.hidden = True
    sheet["D:E"].columns.hidden = True
    merges = ((1, 1, 1, 3), (2, 5, 8, 6), (3, 2, 3, 3), (4, 2, 4, 3))
    assert sheet["A1:F9"].impl.layout() == (merges, ((6, 7), (9, 9)), ((4, 5),))
    assert sheet["C4:E5"].impl.layout() == (((2, 5, 8, 6), (4, 2, 4, 3)), (), ((4, 5),))
    assert sheet["A6:A7"].impl.layout() == ((), ((6, 7),), ())
    assert sheet["A10"].impl.layout() == ((), (), ())
    assert (sheet["A5:A9"].rows.hidden, sheet["A6:A7"].rows.hidden, sheet["A1:A5"].rows.hidden) == (
        None,
        True,
        False,
    )
