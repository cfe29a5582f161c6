"""Workbooks in old Vietnamese fonts: read from the file and from the application that has them open."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw
from openpyxl.styles import Font

from papi_xl import fixes
from papi_xl.bounds import Limits
from papi_xl.check import Result, check
from papi_xl.errors import UnreadableWorkbookError
from papi_xl.legacy import is_text
from papi_xl.libreoffice import CALLS
from papi_xl.live import cells, fonts
from papi_xl.raw import RawSheet, RawWorkbook
from papi_xl.read import read_content, read_workbook
from papi_xl.template import sources
from tests.old_codes import AS_THEY_ARE

JUNE = date(2021, 6, 30)
HEAD = ["stt", "néi dung", "s¶n phÈm", "chñ tr×", "thêi gian", "tr¹ng th¸i", "minh chøng"]
ROWS = [
    ["3.1.", "Th«ng b¸o", "V¨n b¶n", "Tr\xadêng MN", "Th\xadêng xuyªn", "§ang thùc hiÖn"],
    ["3.2.", "", "Biªn b¶n", "Tr\xadêng MN", "Quý II/2021", "Hoµn thµnh", "Sè 5"],
    ["3.3.", "Gãp ý", "½ ngày", "Bé", "Tháng 6/2021", "Ch\xada thùc hiÖn"],
]
READ = [
    ["STT", "NỘI DUNG", "SẢN PHẨM", "CHỦ TRÌ", "THỜI GIAN", "TRẠNG THÁI", "MINH CHỨNG"],
    ["3.1.", "Thông báo", "Văn bản", "Trường MN", "Thường xuyên", "Đang thực hiện", None],
    ["3.2.", "Họp phụ huynh lớp", "Biên bản", "Trường MN", "Quý II/2021", "Hoàn thành", "Số 5"],
    ["3.3.", "Góp ý", "½ ngày", "Bộ", "Tháng 6/2021", "Chưa thực hiện", None],
]
CONVERTED = [
    "A2", "A4", "B4", "C4", "D4", "E4", "F4", "G4", "B5", "C5", "D5", "E5", "F5", "B6", "C6", "D6", "F6",
    "G6", "B7", "D7", "F7",
]  # fmt: skip


def own_table(path: Path, *, far: bool = False) -> Path:
    """Write a clerk's table all in .VnTime and .VnTimeH, one cell of it in three pieces; return its path."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Bang")
        small, capital = (book.add_format({"font_name": name}) for name in (".VnTime", ".VnTimeH"))
        times = book.add_format({"font_name": "Times New Roman"})
        sheet.write(1, 0, "kÕ ho¹ch n¨m 2021", capital)
        sheet.write_row(3, 0, HEAD, capital)
        for index, row in enumerate(ROWS, start=4):
            sheet.write_row(index, 0, row, small)
        sheet.write_rich_string(5, 1, times, "Họp ", small, "phô huynh", times, " lớp", small)
        if far:
            sheet.write(9, 16_000, "x")
    return path


def checked(workbook: RawWorkbook) -> Result:
    return check(workbook, as_of=JUNE, today=JUNE)


def with_parts(path: Path, changes: Mapping[str, tuple[str, str]]) -> bytes:
    """Return the workbook with a text of each part named replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name in changes:
                assert changes[name][0] in content
                content = content.replace(*changes[name])
            new.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("far", [False, True], ids=["plain", "with a stray far cell"])
def test_a_table_all_in_old_fonts(tmp_path: Path, *, far: bool) -> None:
    """Its headers and statuses are understood; the cells named are those whose text is another."""
    workbook = read_workbook(own_table(tmp_path / "a.xlsx", far=far))
    (sheet,) = workbook.sheets
    assert [list(row[:7]) for row in sheet.rows if row[0] and len(str(row[0])) < 5] == READ
    result = checked(workbook)
    _, total = result.figures()
    assert (total.tasks, total.done, total.in_progress, total.not_started) == (3, 1, 1, 1)
    old = [one for one in result.findings if one.rule == "text-legacy-font"]
    assert [one.cell for one in old] == CONVERTED
    assert sheet.legacy[5, 4] == "Tr\xadêng MN"


def test_pieces_of_a_cell_are_each_in_their_font(tmp_path: Path) -> None:
    (sheet,) = read_workbook(own_table(tmp_path / "a.xlsx")).sheets
    assert sheet.legacy[6, 2] == "Họp phô huynh lớp"
    assert sheet.cell(6, 2) == "Họp phụ huynh lớp"


def test_shared_and_inline_texts_under_a_prefix(tmp_path: Path) -> None:
    """Texts that stand in the sheet itself, or that another program wrote with a prefix, are read alike."""
    path = own_table(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as parts:
        shared = parts.read("xl/sharedStrings.xml").decode()
    item = shared[shared.index("<si><r>") : shared.index("</si>", shared.index("<si><r>"))]
    number = shared[: shared.index("<si><r>")].count("<si>")
    inside = item.removeprefix("<si>")
    told = f'<c r="B6" s="2" t="s"><v>{number}</v></c>'
    inline = f'<c r="B6" s="2" t="inlineStr"><is>{inside}</is></c>'
    data = with_parts(path, {"xl/worksheets/sheet1.xml": (told, inline)})
    assert read_content("a.xlsx", data).sheets[0].cell(6, 2) == "Họp phụ huynh lớp"
    for tag in ("sst", "si", "r", "rPr", "rFont", "t"):
        for end in (">", " ", "/>"):
            shared = shared.replace(f"<{tag}{end}", f"<x:{tag}{end}")
        shared = shared.replace(f"</{tag}>", f"</x:{tag}>")
    shared = shared.replace("<x:sst xmlns=", "<x:sst xmlns:x=")
    with zipfile.ZipFile(path) as parts:
        old = parts.read("xl/sharedStrings.xml").decode()
    prefixed = with_parts(path, {"xl/sharedStrings.xml": (old, shared)})
    assert read_content("a.xlsx", prefixed).sheets[0].cell(6, 2) == "Họp phụ huynh lớp"


def test_unicode_fonts_are_left_alone(tmp_path: Path) -> None:
    """Beside texts in old fonts, what is in Times New Roman stays, whatever it looks like."""
    path = own_table(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    for row, text in enumerate(AS_THEY_ARE, start=5):
        cell = book["Bang"].cell(row, 12, text)
        cell.font = Font(name="Times New Roman")
    book.save(path)
    (sheet,) = read_workbook(path).sheets
    assert [sheet.cell(row, 12) for row in range(5, 5 + len(AS_THEY_ARE))] == list(AS_THEY_ARE)
    assert {column for _, column in sheet.legacy} == set(range(1, 8))


def test_fields_of_the_template(tmp_path: Path) -> None:
    """A field in an old font is understood, named at its cell, and its fix is planned once."""
    path = tmp_path / "a.xlsx"
    book = openpyxl.load_workbook(sources.folder() / "papi_example.xlsx")
    book["Thông tin"]["B4"] = "Tr\xadêng MÇm non T©n TiÕn"
    book["Thông tin"]["B4"].font = Font(name=".VnTime")
    book.save(path)
    workbook = read_workbook(path)
    assert workbook.info["unit"] == "Trường Mầm non Tân Tiến"
    assert workbook.info_legacy == {"unit": "Tr\xadêng MÇm non T©n TiÕn"}
    result = checked(workbook)
    (finding,) = [one for one in result.findings if one.rule == "text-legacy-font"]
    assert (finding.sheet, finding.cell, finding.fix) == ("Thông tin", "B4", "Trường Mầm non Tân Tiến")
    plan = fixes.plan(workbook, result, checked, only=["text-legacy-font"])
    assert [(one.place, one.before, one.after, one.font) for one in plan.changes] == [
        (
            ("Thông tin", 4, 2), "Tr\xadêng MÇm non T©n TiÕn", "Trường Mầm non Tân Tiến", "Times New Roman",
        ),
    ]  # fmt: skip


def test_a_justified_row(tmp_path: Path) -> None:
    """As every warning, this one is justified on a row with a justification."""
    path = tmp_path / "a.xlsx"
    book = openpyxl.load_workbook(sources.folder() / "papi_example.xlsx")
    book["Nhiệm vụ"]["C11"] = "V¨n b¶n"
    book["Nhiệm vụ"]["C11"].font = Font(name=".VnTime")
    book["Nhiệm vụ"]["K11"] = "Máy cũ"
    book.save(path)
    (finding,) = [one for one in checked(read_workbook(path)).findings if one.rule == "text-legacy-font"]
    assert (finding.cell, finding.justified) == ("C11", True)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/styles.xml", 'val=".VnTime"', f'val=".VnTime" n="{"9" * 5000}"'),
        ("xl/styles.xml", 'fontId="1"', f'fontId="{"9" * 5000}"'),
        ("xl/styles.xml", "<cellXfs", "<cellXfs><cellXfs"),
        ("xl/styles.xml", "</fonts>", ""),
        ("xl/sharedStrings.xml", "<rFont", "<rFont val='VNI-Times'/><rFont"),
        ("xl/sharedStrings.xml", "<r><rPr>", "<r/><r><rPr>"),
        ("xl/sharedStrings.xml", "<si><r>", "<si><!-- <r> --><r>"),
    ],
)  # fmt: skip
def test_damaged_fonts_never_break_the_reading(tmp_path: Path, part: str, old: str, new: str) -> None:
    data = with_parts(own_table(tmp_path / "a.xlsx"), {part: (old, new)})
    (sheet,) = read_content("a.xlsx", data).sheets
    assert sheet.cell(5, 1) == "3.1."


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/sharedStrings.xml"])
def test_no_document_type_gets_past(tmp_path: Path, part: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]>'
    start = "<styleSheet" if "styles" in part else "<sst"
    data = with_parts(own_table(tmp_path / "a.xlsx"), {part: (start, f"{bomb}{start}")})
    with pytest.raises(UnreadableWorkbookError) as caught:
        read_content("a.xlsx", data)
    assert caught.value.code == "damaged"


def test_the_bound_holds_for_shared_texts(tmp_path: Path) -> None:
    """What is unpacked to look for fonts counts as what is read otherwise."""
    path = own_table(tmp_path / "a.xlsx")
    data = with_parts(path, {"xl/sharedStrings.xml": ("</sst>", f"<!--{' ' * 3_000_000}--></sst>")})
    with pytest.raises(UnreadableWorkbookError) as caught:
        read_content("a.xlsx", data, Limits(unpacked=2_000_000))
    assert caught.value.code == "too-large"


def test_the_open_workbook_reads_as_its_file(office: xw.App, tmp_path: Path) -> None:
    """In LibreOffice too headers and statuses are understood, and the same cells are named; in one call."""
    path = own_table(tmp_path / "a.xlsx")
    (sheet,) = read_workbook(path).sheets
    book = office.books.open(str(path))
    (opened,) = cells.read(book).raw.sheets
    assert opened.legacy == sheet.legacy
    assert opened.rows == [*sheet.rows]
    raw, shown = as_kept(sheet), book.sheets["Bang"]
    CALLS.count = 0
    assert fonts.with_old_texts(shown, raw).legacy == sheet.legacy
    assert CALLS.count == 1


def test_fonts_are_found_by_what_every_application_offers(office: xw.App, tmp_path: Path) -> None:
    """Halving blocks finds the cells that the engine tells, but for pieces of texts: Calc hides them."""
    path = own_table(tmp_path / "a.xlsx")
    raw = as_kept(read_workbook(path).sheets[0])
    texts = {
        (number, column): cell
        for number, row in zip(raw.numbers, raw.rows, strict=True)
        for column, cell in enumerate(row, start=1)
        if is_text(cell)
    }
    book = office.books.open(str(path))
    block = book.sheets["Bang"].range("A1:G7")
    found = dict(fonts.searched(block, texts))
    assert {place: "".join(run.text for run in runs) for place, runs in found.items()} == texts
    assert {runs[0].encoding for place, runs in found.items() if place[0] > 4} == {"tcvn3"}
    assert {runs[0].encoding for place, runs in found.items() if place[0] <= 4} == {"tcvn3-capitals"}


def test_a_workbook_in_unicode_costs_no_call(office: xw.App) -> None:
    path = sources.folder() / "papi_example.xlsx"
    book = office.books.open(str(path))
    (sheet,) = read_workbook(path).sheets
    shown = book.sheets[sheet.name]
    CALLS.count = 0
    assert fonts.with_old_texts(shown, sheet) is sheet
    assert CALLS.count == 0


def as_kept(sheet: RawSheet) -> RawSheet:
    """Return the sheet with its texts as the cells keep them."""
    return sheet.with_cells(sheet.legacy)
