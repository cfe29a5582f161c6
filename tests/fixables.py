"""A clerk's own workbook with one of each finding that has a safe fix, amid all that must survive fixing."""

import datetime as dt
import io
import re
import warnings
import zipfile
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.worksheet.worksheet import Worksheet as OpenedSheet
from xlsxwriter.worksheet import Worksheet

from papi_xl.template import sources

HEADERS = ("TT", "Nội dung", "Sản phẩm", "Chủ trì", "Thời gian", "Trạng thái", "Tỷ lệ", "Minh chứng")
SHEET = "Bảng 'A' 1"

FIXES = {
    "A3": (1.1, "1.1."),
    "A4": (dt.date(2021, 2, 1), "1.2."),
    "A5": (None, "1.3."),
    "B3": ("Thông  báo", "Thông báo"),
    "B4": ("Ho\u0323p\u00a0lớp ", "Họp lớp"),
    "B5": ("Häp phô huynh", "Họp phụ huynh"),
    "C4": ("Bµi viÕt  vµ ảnh", "Bài viết và ảnh"),
    "F3": ("Đang thưc hiện", "Đang thực hiện"),
    "G4": ("khoảng 80%", 0.8),
}
"""Cell → what it holds, what it is fixed to."""
LEFT = {"B6": "formula", "F5": "no-value"}


def write(path: Path) -> Path:
    """Write the workbook; a name that ends in .xlsm gets macros."""
    book = xlsxwriter.Workbook(path)
    if path.suffix == ".xlsm":
        project = path.with_name("vbaProject.bin")
        with zipfile.ZipFile(sources.folder() / "papi_xl.xlam") as addin:
            project.write_bytes(addin.read("xl/vbaProject.bin"))
        book.add_vba_project(str(project))
    sheet = book.add_worksheet(SHEET)
    _write_tasks(book, sheet)
    other = book.add_worksheet("Khác")
    other.write_formula("A1", f"=COUNTA('{SHEET.replace(chr(39), chr(39) * 2)}'!B:B)", None, 5)
    other.write_comment("A1", "ghi chú")
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=Khác!$A$1:$A$3"})
    other.insert_chart("C2", chart)
    line = book.add_chart({"type": "line"})
    line.add_series({"values": "=Khác!$A$1:$A$3"})
    book.add_chartsheet("Biểu đồ").set_chart(line)
    book.define_name("cua_toi", "=Khác!$A$1")
    book.close()
    return path


def _write_tasks(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    yellow = book.add_format({"bg_color": "#FFFF00", "border": 1, "text_wrap": True})
    day = book.add_format({"num_format": "dd/mm/yyyy", "bg_color": "#FFFF00"})
    old = book.add_format({"font_name": ".VnTime", "font_size": 14, "italic": True})
    bold, old_bold = book.add_format({"bold": True}), book.add_format({"font_name": ".VnArial", "bold": True})
    plain = book.add_format({"font_name": "Times New Roman"})
    sheet.set_column("B:B", 41, yellow)
    sheet.write_row("A1", HEADERS, bold)
    sheet.write_row("A2", ["1.", "Tham gia của người dân ở cấp cơ sở"], bold)
    sheet.write("A3", 1.1, yellow)
    sheet.write_datetime("A4", dt.datetime(2021, 2, 1), day)
    sheet.write("B3", FIXES["B3"][0], yellow)
    sheet.write_rich_string("B4", bold, "Ho\u0323p\u00a0", "lớp ", yellow)
    sheet.write("B5", FIXES["B5"][0], old)
    sheet.write_formula("B6", '="Tập  huấn"', None, "Tập  huấn")
    sheet.write_rich_string("C4", old_bold, "Bµi viÕt  vµ", plain, " ảnh", yellow)
    for row in (3, 4, 5, 6):
        sheet.write_row(f"D{row}", ["Trường MN", "Thường xuyên"])
        if row != 4:
            sheet.write(f"C{row}", "Văn bản")
    sheet.write("A6", "1.4.")
    sheet.write_column("F3", [FIXES["F3"][0], "Đang thực hiện", "5/5 cuộc", "Chưa thực hiện"])
    sheet.write_column("G3", [0.5, FIXES["G4"][0], 0.2, 0], book.add_format({"num_format": "0.0%"}))
    sheet.set_row(5, 33)
    sheet.write_comment("F3", "chú ý")
    sheet.data_validation("F3:F6", {"validate": "list", "source": "=Khác!$D$1:$D$4"})
    sheet.conditional_format("G3:G6", {"type": "data_bar", "data_bar_2010": True})
    sheet.insert_image("J2", sources.folder() / "pictures" / "gaps.png")
    sheet.merge_range("A8:H8", "Người lập biểu", yellow)
    sheet.freeze_panes(1, 0)
    sheet.autofilter("A1:H6")


def parts(path: Path) -> dict[str, bytes]:
    """Return the parts of a file."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(path: Path) -> openpyxl.Workbook:
    """Open a file with openpyxl, which drops what of it is newer than it knows, and says so."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()), rich_text=True)


def held(path: Path, *, without: str = "Nhật ký sửa") -> dict[tuple[str, str], tuple[object, ...]]:
    """Return what every cell of a file holds and how it looks, by sheet and cell, as openpyxl reads it."""
    book = opened(path)
    return {
        (sheet.title, cell.coordinate): (
            _runs(cell.value), type(cell.value), cell.number_format, cell.font.name, cell.font.b, cell.font.i,
            cell.font.sz, cell.fill.fgColor.rgb, cell.border.left.style, cell.alignment.wrap_text,
        )
        for sheet in book.worksheets
        if sheet.title != without
        for cell in _cells(sheet)
    }  # fmt: skip


def _cells(sheet: OpenedSheet) -> list[Cell | MergedCell]:
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None or cell.has_style]


def _runs(value: object) -> object:
    if not isinstance(value, CellRichText):
        return value
    return [
        (run, None) if isinstance(run, str) else (run.text, (run.font.rFont, run.font.b, run.font.sz))
        for run in value
    ]


def cell_xml(content: bytes) -> dict[str, bytes]:
    """Return each cell of a sheet's XML by its name, and the rest of the sheet under an empty one."""
    cells = dict(re.findall(rb'(?s)(?=<c r="([A-Z]+[0-9]+)")(<c [^>]*?/>|<c .*?</c>)', content))
    rest = re.sub(rb"(?s)<c (?:[^>]*?/>|.*?</c>)", b"", content)
    return {name.decode(): cell for name, cell in cells.items()} | {"": rest}
