"""Apps, books and sheets through the LibreOffice engine."""

from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from papi_xl.libreoffice import OfficeError


def test_the_app_tells_about_itself(app: xw.App, sheet: xw.Sheet) -> None:
    assert app.version.major >= 7
    assert Path(app.path, "soffice.bin").exists()
    assert Path(app.startup_path).exists()
    assert app.hwnd is None
    assert app.visible is False
    assert repr(app) == f"<App [libreoffice] {app.pid}>"
    assert app.engine.name == "libreoffice"
    sheet["B2:C3"].select()
    assert app.selection == sheet["B2:C3"]
    assert app.range("A1") == sheet["A1"]
    assert app.api is not None


def test_settings_are_kept(app: xw.App) -> None:
    with app.properties(screen_updating=False, display_alerts=False, enable_events=False, status_bar="bận"):
        assert (app.screen_updating, app.display_alerts, app.enable_events) == (False, False, False)
        assert app.status_bar == "bận"
    assert (app.screen_updating, app.display_alerts, app.enable_events) == (True, True, True)
    assert (app.status_bar, app.interactive) == (False, True)


def test_calculation(app: xw.App, sheet: xw.Sheet) -> None:
    sheet["A1"].value = [1, "=A1+1"]
    app.calculation = "manual"
    sheet["A1"].value = 5
    assert (app.calculation, sheet["B1"].value) == ("manual", 2.0)
    app.calculate()
    assert sheet["B1"].value == 6.0
    later = app.books.add().sheets[0]
    later["A1"].value = [2, "=A1+1"]
    app.calculation = "automatic"
    assert (app.calculation, later["B1"].value) == ("automatic", 3.0)


@pytest.mark.parametrize("extension", ["xlsx", "xlsm", "xls", "ods", "xltx"])
def test_saving_and_opening(app: xw.App, book: xw.Book, tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"Biểu 1.{extension}"
    book.sheets[0]["A1"].value = ["Tiến độ", 0.5]
    book.save(path)
    assert (book.name, book.fullname) == (path.name, str(path))
    book.sheets[0]["A1"].value = "đổi"
    book.save()
    book.close()
    again = app.books.open(path)
    if extension != "xltx":
        assert again.sheets[0]["A1:B1"].value == ["đổi", 0.5]
        assert app.books[path.name].fullname == str(path)
        assert app.books.open(path) == again


def test_an_unsaved_book_goes_to_the_working_folder(
    book: xw.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = book.name
    book.save()
    assert (book.name, [path.name for path in tmp_path.glob("*.xlsx")]) == (f"{name}.xlsx", [f"{name}.xlsx"])


def test_what_cannot_be_saved(book: xw.Book, tmp_path: Path) -> None:
    with pytest.raises(NotImplementedError, match=r"\.xlsb"):
        book.save(tmp_path / "a.xlsb")
    with pytest.raises(NotImplementedError, match="password"):
        book.save(tmp_path / "a.xlsx", password="x")  # noqa: S106 - refused
    Path(tmp_path, "folder.xlsx").mkdir()
    with pytest.raises(OfficeError, match="could not write"):
        book.save(tmp_path / "folder.xlsx")


def test_what_cannot_be_opened(app: xw.App, book: xw.Book, tmp_path: Path) -> None:
    Path(tmp_path, "zip.xlsx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(OfficeError, match="could not open"):
        app.books.open(tmp_path / "zip.xlsx")
    book.save(tmp_path / "whole.xlsx")
    book.close()
    assert app.books.open(tmp_path / "whole.xlsx", read_only=True).name == "whole.xlsx"
    with pytest.raises(NotImplementedError, match=r"Books\.open\(format\)"):
        app.books.open(tmp_path / "zip.xlsx", format=2)
    with pytest.raises(FileNotFoundError):
        app.books.open(tmp_path / "none.xlsx")
    Path(tmp_path, "page.html").write_text("<html><body>text</body></html>", encoding="utf-8")
    with pytest.raises(OfficeError, match=r"is not a workbook|could not open"):
        app.books.open(tmp_path / "page.html")


def test_a_protected_workbook(app: xw.App, book: xw.Book, tmp_path: Path) -> None:
    book.sheets[0]["A1"].value = "kín"
    path = tmp_path / "kín.ods"
    book.impl.export(path, "calc8", Password="mở")  # noqa: S106 - of this test
    assert app.books.open(path, password="mở").sheets[0]["A1"].value == "kín"  # noqa: S106 - of this test
    app.books["kín.ods"].close()
    for wrong in (None, "sai"):
        with pytest.raises(OfficeError, match="could not open"):
            app.books.open(path, password=wrong)


def test_text_files(app: xw.App, book: xw.Book, tmp_path: Path) -> None:
    Path(tmp_path, "in.csv").write_text("a;b\n1;Tiến độ\n", encoding="utf-8")
    opened = app.books.open(tmp_path / "in.csv", delimiter=";")
    assert opened.sheets[0]["A1:B2"].value == [["a", "b"], [1.0, "Tiến độ"]]
    book.sheets[0]["A1"].value = [["x", 1.5]]
    book.save(tmp_path / "out.csv")
    assert Path(tmp_path, "out.csv").read_text(encoding="utf-8") == "x,1.5\n"


def test_books_by_name_and_number(app: xw.App, book: xw.Book) -> None:
    second = app.books.add()
    assert [len(app.books), app.books[0], app.books[-1]] == [2, book, second]
    assert app.books.active == second
    book.activate()
    assert app.books.active == book
    assert (book.name in app.books, "none" in app.books) == (True, False)
    with pytest.raises(KeyError):
        _ = app.books["none"]
    second.close()
    assert [one.name for one in app.books] == [book.name]
    book.close()
    with pytest.raises(OfficeError, match="No workbook is open"):
        _ = app.books.active
    assert app.selection is None


def test_sheets(book: xw.Book, sheet: xw.Sheet) -> None:
    second = book.sheets.add("Hai", after=sheet)
    first = book.sheets.add(before=sheet)
    assert book.sheet_names == [first.name, "Sheet1", "Hai"]
    assert book.sheets.active == first
    assert (second.index, book.sheets["hai"].name, len(book.sheets), book.sheets[-1].name) == (
        3,
        "Hai",
        3,
        "Hai",
    )
    second.activate()
    assert book.sheets.active == second
    second.name = "Tổng hợp"
    second["A1"].value = [1, "='Tổng hợp'!A1+1"]
    sheet["A1"].value = "='Tổng hợp'!B1"
    assert (sheet["A1"].value, sheet["'Tổng hợp'!B1"].value) == (2.0, 2.0)
    assert sheet["A1"].formula == "='Tổng hợp'!B1"
    first.visible = False
    assert (first.visible, second.visible) == (False, True)
    first.delete()
    assert (book.sheet_names, "Sheet1" in book.sheets) == (["Sheet1", "Tổng hợp"], True)
    second.move(before=sheet)
    assert book.sheet_names == ["Tổng hợp", "Sheet1"]
    for missing in ("none", 9, 0):
        with pytest.raises(xw.NoSuchObjectError):
            book.sheets(missing)
    with pytest.raises(ValueError, match="already present"):
        book.sheets.add("sheet1")


def test_copying_sheets(app: xw.App, book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["A1"].value = 7
    assert sheet.copy().name == "Sheet1 (2)"
    assert sheet.copy(before=sheet, name="đầu")["A1"].value == 7.0
    assert book.sheet_names == ["đầu", "Sheet1", "Sheet1 (2)"]
    other = app.books.add()
    other.sheets[0].name = "own"
    assert sheet.copy(after=other.sheets[0])["A1"].value == 7.0
    assert other.sheet_names == ["own", "Sheet1"]


def test_view_and_page(sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A1:C9"].value = 1
    assert sheet.page_setup.print_area is None
    sheet.page_setup.print_area = "$A$1:$B$5"
    assert sheet.page_setup.print_area == "$A$1:$B$5"
    sheet.page_setup.print_area = None
    assert sheet.page_setup.print_area is None
    sheet.show_gridlines = False
    assert sheet.show_gridlines is False
    sheet.select()
    sheet.freeze_panes.freeze_at("A1:A2")
    sheet.book.save(tmp_path / "frozen.xlsx")
    assert openpyxl.load_workbook(tmp_path / "frozen.xlsx").active.freeze_panes == "B3"
    sheet.freeze_panes.unfreeze()
    sheet.book.save()
    assert openpyxl.load_workbook(tmp_path / "frozen.xlsx").active.freeze_panes is None


def test_printing_to_pdf(book: xw.Book, sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A1"].value = "in"
    book.to_pdf(tmp_path / "book.pdf")
    sheet.to_pdf(tmp_path / "sheet.pdf")
    sheet["A1:B2"].to_pdf(tmp_path / "range.pdf")
    assert [Path(tmp_path, f"{name}.pdf").read_bytes()[:4] for name in ("book", "sheet", "range")] == [
        b"%PDF"
    ] * 3


def test_what_is_missing_says_its_name(app: xw.App, book: xw.Book, sheet: xw.Sheet) -> None:
    with pytest.raises(NotImplementedError, match=r"Sheet\.charts is not available with LibreOffice"):
        _ = sheet.charts
    with pytest.raises(NotImplementedError, match=r"Sheet\.pivot_tables"):
        _ = sheet.pivot_tables
    with pytest.raises(NotImplementedError, match=r"App\.alert"):
        app.alert("?")
    with pytest.raises(NotImplementedError, match=r"App\.run"):
        book.macro("x")()


def test_a_closed_book_says_so(book: xw.Book, app: xw.App) -> None:
    other = app.books.add()
    cell = other.sheets[0]["A1"]
    cell.value = 1
    other.close()
    with pytest.raises(OfficeError):
        _ = cell.value
    assert book.sheets[0]["A1"].value is None
