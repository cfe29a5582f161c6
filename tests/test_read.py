"""Workbooks of every kind come in as the same raw cells, or are refused with a reason."""

import datetime as dt
import hashlib
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from papi_xl.bounds import Limits
from papi_xl.errors import UnreadableWorkbookError, UsageError
from papi_xl.raw import Area, CellError, RawSheet
from papi_xl.read import read_workbook
from papi_xl.reading.ole import contained
from tests import office

NOISE = b"".join(hashlib.sha256(bytes([n])).digest() for n in range(150))
MIME_ODS = "application/vnd.oasis.opendocument.spreadsheet"
Cells = dict[tuple[int, int], object]
VALUES: Cells = {
    (2, 1): "3.1.",
    (2, 2): "  Phổ biến\npháp luật ",
    (2, 3): 0.8,
    (2, 4): 5.0,
    (2, 5): True,
    (2, 6): dt.date(2021, 9, 30),
    (2, 7): dt.datetime(2021, 9, 30, 7, 30),
    (2, 8): dt.time(7, 30),
    (2, 9): dt.timedelta(hours=30),
    (4, 2): 6.0,
    (4, 3): "a1",
    (4, 4): "#DIV/0!",
    (4, 5): "#N/A",
}


def write_values(path: Path) -> None:
    """Write every type of cell to the sheet `Trang`, and what surrounds a template."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Trang")
    formats = ("dd/mm/yyyy", "dd/mm/yyyy hh:mm", "hh:mm", "[h]:mm")
    day, moment, clock, hours = (book.add_format({"num_format": text}) for text in formats)
    sheet.write_string("A2", "3.1.")
    sheet.write_string("B2", "  Phổ biến\npháp luật ")
    sheet.write_row("C2", [0.8, 5, True])
    sheet.write_datetime("F2", dt.datetime(2021, 9, 30), day)
    sheet.write_datetime("G2", dt.datetime(2021, 9, 30, 7, 30), moment)
    sheet.write_datetime("H2", dt.time(7, 30), clock)
    sheet.write_datetime("I2", dt.timedelta(hours=30), hours)
    sheet.write_blank("K3", None, day)
    sheet.write_formula("B4", "=1+D2", None, 6)
    sheet.write_formula("C4", '="a"&1', None, "a1")
    sheet.write_formula("D4", "=1/0", None, "#DIV/0!")
    sheet.write_formula("E4", "=NA()", None, "#N/A")
    write_surroundings(book)
    book.close()


def write_surroundings(book: xlsxwriter.Workbook) -> None:
    """Add `Thông tin` with labels only, a hidden sheet, a stray far cell and `_papi`."""
    labels = book.add_worksheet("Thông tin")
    labels.write_column("A1", ["Thông tin chung", " ĐƠN  VỊ *", "Năm kế hoạch:", "Nơi khác"])
    labels.write_column("B2", ["Trường mầm non Hoa Sen", 2021, "x"])
    hidden = book.add_worksheet("Ẩn")
    hidden.write("A1", "thấy")
    hidden.hide()
    far = book.add_worksheet("Xa")
    far.write("A1", "gần")
    far.write("B50000", "xa")
    far.write("IV50000", 1)
    meta = book.add_worksheet("_papi")
    meta.write_row("A1", ["kind", "report"])
    meta.write_row("A2", ["year", 2021])
    meta.write_datetime("B3", dt.datetime(2021, 9, 30), book.add_format({"num_format": "dd/mm/yyyy"}))
    meta.write("A3", "as_of")
    meta.write("A4", "unit_code")
    meta.very_hidden()


def cells(sheet: RawSheet) -> Cells:
    """Return the cells with a value by row and column."""
    return {
        (number, column): cell
        for number, row in zip(sheet.numbers, sheet.rows, strict=True)
        for column, cell in enumerate(row, start=1)
        if cell is not None
    }


def refusal(path: Path) -> str:
    """Return the code of the refusal to read ``path``."""
    with pytest.raises(UnreadableWorkbookError) as caught:
        read_workbook(path)
    assert caught.value.values["file"] == path.name
    return caught.value.code


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same workbook as .xlsx, and as LibreOffice writes it to .xls and .ods."""
    folder = tmp_path_factory.mktemp("files")
    path = folder / "mau.xlsx"
    write_values(path)
    return {"xlsx": path} | {kind: office.convert(path, kind, folder) for kind in ("xls", "ods")}


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_every_kind_of_file_gives_the_same_cells(files: dict[str, Path], kind: str) -> None:
    before = hashlib.sha256(files[kind].read_bytes()).hexdigest()
    book = read_workbook(files[kind])
    first = book.sheets[0]
    assert book.file == f"mau.{kind}"
    assert cells(first) == VALUES
    assert [type(cells(first)[4, column]) for column in (2, 3, 4, 5)] == [float, str, CellError, CellError]
    assert {type(value) for place, value in cells(first).items() if place[1] in (6, 7)} == {
        dt.date,
        dt.datetime,
    }
    assert hashlib.sha256(files[kind].read_bytes()).hexdigest() == before


def test_the_second_reader_gives_the_same_cells(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papi_xl.read.values", lambda *_: None)
    book = read_workbook(files["xlsx"])
    assert cells(book.sheets[0]) == VALUES
    assert [type(cells(book.sheets[0])[2, column]) for column in (4, 6)] == [float, dt.date]
    assert book.meta["as_of"] == "2021-09-30"


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_sheets_info_and_meta_of_every_kind(files: dict[str, Path], kind: str) -> None:
    book = read_workbook(files[kind])
    wanted = ["Trang", "Thông tin", "Ẩn", "Xa"]
    assert [sheet.name for sheet in book.sheets if sheet.name != "_papi"] == wanted
    assert cells(book.sheets[3]) == {(1, 1): "gần", (50_000, 2): "xa", (50_000, 256): 1.0}
    assert book.info == {"unit": "Trường mầm non Hoa Sen", "year": 2021.0}
    assert book.info_cells == {"unit": ("Thông tin", 2, 2), "year": ("Thông tin", 3, 2)}
    assert book.meta == {"kind": "report", "year": "2021", "as_of": "2021-09-30", "unit_code": ""}


def test_the_stray_cell_keeps_the_sheet_small(files: dict[str, Path]) -> None:
    for kind in ("xls", "ods"):
        assert len(read_workbook(files[kind]).sheets[3].rows) == 2


def test_one_sheet_can_be_asked_for(files: dict[str, Path]) -> None:
    for kind in ("xlsx", "xls", "ods"):
        book = read_workbook(files[kind], sheet="ẩn")
        assert [sheet.name for sheet in book.sheets] == ["Ẩn"]
        assert book.info["unit"] == "Trường mầm non Hoa Sen"
        assert book.meta["kind"] == "report"


def test_an_unknown_sheet_is_named_with_those_there_are(files: dict[str, Path]) -> None:
    with pytest.raises(UsageError) as caught:
        read_workbook(files["xlsx"], sheet="Không có")
    assert caught.value.code == "sheet-unknown"
    assert caught.value.values["sheets"] == ["Trang", "Thông tin", "Ẩn", "Xa"]


@pytest.mark.parametrize(("kind", "name"), [("xlsx", "a.xls"), ("xls", "a.xlsx"), ("ods", "a")])
def test_the_content_decides_not_the_name(
    files: dict[str, Path], tmp_path: Path, kind: str, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(files[kind].read_bytes())
    assert cells(read_workbook(path).sheets[0]) == VALUES


@pytest.mark.parametrize("kind", ["xls", "ods"])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_truncated_files_are_damaged(files: dict[str, Path], tmp_path: Path, kind: str, share: float) -> None:
    data = files[kind].read_bytes()
    path = tmp_path / f"cut.{kind}"
    path.write_bytes(data[: int(len(data) * share)])
    assert refusal(path) == "damaged"


def test_limits_hold_for_every_kind(files: dict[str, Path]) -> None:
    for kind in ("xlsx", "xls", "ods"):
        with pytest.raises(UnreadableWorkbookError) as caught:
            read_workbook(files[kind], Limits(packed=50))
        assert caught.value.code == "too-large"
        with pytest.raises(UnreadableWorkbookError) as caught:
            read_workbook(files[kind], Limits(cells=2))
        assert (caught.value.code, caught.value.values["what"]) == ("too-large", "cells")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"", "damaged"),
        ("a.xlsx", "TT;Nội dung\n1;Việc\n".encode(), "not-a-workbook"),
        ("a.xls", b"<html><table><tr><td>TT</td></tr></table></html>", "not-a-workbook"),
        ("a.xlsx", NOISE, "not-a-workbook"),
        ("a.xlsx", b"PK\x03\x04" + NOISE, "damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE, "damaged"),
        ("a.xls", contained("WordDocument", b"text"), "not-a-workbook"),
        ("a.xlsx", contained("EncryptedPackage", b"secret"), "encrypted"),
        ("a.xls", contained("Workbook", bytes(100)), "damaged"),
    ],
    ids=["empty", "csv", "html", "random", "random-zip", "random-ole", "doc", "encrypted", "no-records"],
)
def test_what_is_no_workbook(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal(path) == code


def test_an_xls_behind_a_password(tmp_path: Path) -> None:
    """The record FILEPASS (0x2F) after the first one says so."""
    begin = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 5, 0, 0, 0, 0)
    path = tmp_path / "a.xls"
    path.write_bytes(contained("Workbook", begin + struct.pack("<HHH", 0x2F, 2, 1) + b"\x0a\0\0\0"))
    assert refusal(path) == "encrypted"


def test_other_zip_files_are_no_workbooks(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    relation = '<Relationship Id="r" Type="http://x/officeDocument" Target="word/document.xml"/>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", f"<Relationships>{relation}</Relationships>")
        archive.writestr("word/document.xml", "<w:document/>")
    assert refusal(path) == "not-a-workbook"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert refusal(path) == "not-a-workbook"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ảnh.png", b"png")
    assert refusal(path) == "not-a-workbook"


def test_an_ods_behind_a_password(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", MIME_ODS)
        archive.writestr("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>")
        archive.writestr("content.xml", b"\x01\x02\x03")
    assert refusal(path) == "encrypted"


def test_places_that_hold_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(tmp_path) == "is-a-folder"
    assert refusal(tmp_path / "không có.xlsx") == "file-missing"
    assert refusal(tmp_path / ("a" * 300)) == "no-access"
    assert refusal(Path("/dev/null")) == "not-a-workbook"
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK")

    def locked(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", locked)
    assert refusal(path) == "no-access"


def write_template(path: Path, table: str) -> None:
    """Write a workbook with a task table, named cells, merges, hidden rows and columns, a chart sheet."""
    book = xlsxwriter.Workbook(path)
    info = book.add_worksheet("Thông tin")
    info.write_row("A4", ["Đơn vị *", "Trường A"])
    info.write_row("A5", ["Năm kế hoạch", None, 2022])
    info.write_row("A6", ["Địa danh", "Văn Giang"])
    book.define_name("papi_unit", "='Thông tin'!$B$4")
    book.define_name("papi_year", "='Thông tin'!$C$5:$D$5")
    book.define_name("papi_signer", "=#REF!")
    book.define_name("papi_period", "='Số liệu'!$A$2")
    tasks = book.add_worksheet("Nhiệm vụ")
    tasks.merge_range("A1:C1", "BẢNG")
    tasks.add_table("A3:C5", {"name": table, "columns": [{"header": h} for h in ("TT", "Việc", "Ghi chú")]})
    tasks.write_row("A4", ["1.1.", "Họp"])
    tasks.write_row("A5", ["1.2.", "Ẩn"])
    tasks.set_row(4, None, None, {"hidden": True})
    tasks.set_column("B:B", None, None, {"hidden": True})
    tasks.set_column("D:XFD", None, None, {"hidden": True})
    book.add_worksheet("Số liệu").write_column("A1", ["x", "Quý II"])
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='Số liệu'!$A$1:$A$2"})
    book.add_chartsheet("Biểu đồ").set_chart(chart)
    book.close()


def test_the_template_is_read_for_its_table_only(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_template(path, "tblNhiemVu")
    book = read_workbook(path)
    (sheet,) = book.sheets
    assert sheet.name == "Nhiệm vụ"
    assert sheet.tables == {"tblNhiemVu": Area(3, 1, 5, 3)}
    assert sheet.merges == (Area(1, 1, 1, 3),)
    assert sheet.hidden_rows == {5}
    assert sheet.hidden_columns == {2}
    assert cells(sheet)[4, 2] == "Họp"


def test_info_comes_by_names_then_by_labels(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_template(path, "tblNhiemVu")
    book = read_workbook(path)
    assert book.info == {"unit": "Trường A", "year": 2022.0, "period": "Quý II", "place": "Văn Giang"}
    assert book.info_cells == {
        "unit": ("Thông tin", 4, 2),
        "year": ("Thông tin", 5, 3),
        "period": ("Số liệu", 2, 1),
        "place": ("Thông tin", 6, 2),
    }
    assert book.meta == {}


def test_the_annex_of_a_summary_counts_as_the_table(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_template(path, "tblPhuLuc")
    assert [sheet.name for sheet in read_workbook(path).sheets] == ["Nhiệm vụ"]
    write_template(path, "tblKhac")
    assert [sheet.name for sheet in read_workbook(path).sheets] == ["Thông tin", "Nhiệm vụ", "Số liệu"]
    assert [sheet.name for sheet in read_workbook(path, sheet="Số liệu").sheets] == ["Số liệu"]


def test_a_workbook_without_template_sheets_has_no_info(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Một").write("A1", "Đơn vị")
    book.add_worksheet("Kín").very_hidden()
    book.close()
    found = read_workbook(path)
    assert [sheet.name for sheet in found.sheets] == ["Một"]
    assert (found.info, found.info_cells, found.meta) == ({}, {}, {})


def test_reading_imports_nothing_heavy() -> None:
    """The second reader is loaded only when it is needed."""
    code = "import sys, papi_xl.read; sys.exit('openpyxl' in sys.modules or 'pandas' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
