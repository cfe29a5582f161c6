"""A received workbook as it goes back: values where they stood, remarks that lead to them, nothing else."""

import re
import subprocess
import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from papi_xl import returns
from papi_xl.check import check
from papi_xl.consolidated import Unit
from papi_xl.raw import Cell, CellError, RawSheet, RawWorkbook
from papi_xl.read import read_workbook
from papi_xl.rules import RULES
from papi_xl.rules.base import Rule
from papi_xl.template import sources
from papi_xl.text import numbered
from tests import office
from tests.tables import AS_OF, HEADERS, TODAY, workbook
from tests.test_examples import examples

MADE_ON = date(2021, 7, 6)
RED, ORANGE, BLUE = "FFE57373", "FFFFB74D", "FF64B5F6"
LONG = "Tăng cường công tác tuyên truyền, phổ biến, giáo dục pháp luật về thực hiện dân chủ ở cơ sở; "
TABLE = """
@sheet Kế hoạch
@info unit=Trường Mầm non Tân Tiến; year=2021; period=Quý II/2021; as_of=30/6/2021
TRƯỜNG MẦM NON TÂN TIẾN
TT | Nội dung nhiệm vụ | Sản phẩm | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian thực hiện | Trạng thái | Tỷ lệ hoàn thành | Minh chứng
3.   | Trách nhiệm giải trình với người dân
3.1. | =HYPERLINK("http://x.vn") | +84 | @lead | -1+2 | 2021-09-30 | xog | #0.5
3.2. | http://x.vn/a?b=1&c=2 | file:///C:/a.xlsx | !#REF! | | Quý III/2021 | Hoàn thành | #1
#3.3 | «<b>&amp; _x0041_ \\nhai» | VB | MN | | | Đang thực hiện | 80,5%
"""  # noqa: E501


def returned(raw: RawWorkbook, lang: str = "vi", as_of: date | None = AS_OF) -> bytes:
    return returns.workbook_bytes(raw, check(raw, as_of=as_of, today=TODAY), lang, MADE_ON)


def sheets(content: bytes) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(BytesIO(content)).worksheets}


def shown(sheet: Worksheet) -> dict[str, object]:
    """Return what the cells hold, by address."""
    return {
        cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
    }


def colour(sheet: Worksheet, cell: str) -> str | None:
    fill = sheet[cell].fill
    return str(fill.fgColor.rgb) if fill.fill_type else None


@pytest.fixture(scope="module")
def content() -> bytes:
    """The table above, sent back."""
    return returned(workbook(TABLE))


def test_values_stand_where_they_stood(content: bytes) -> None:
    """Texts, numbers and days of the task sheet, cell by cell; an error value is its text."""
    held = shown(sheets(content)["Kế hoạch"])
    assert held == {
        "A1": "TRƯỜNG MẦM NON TÂN TIẾN",
        **{f"{column}2": header for column, header in zip("ABCDEFGHI", HEADERS, strict=False)},
        "A3": "3.", "B3": "Trách nhiệm giải trình với người dân",
        "A4": "3.1.", "B4": '=HYPERLINK("http://x.vn")', "C4": "+84", "D4": "@lead", "E4": "-1+2",
        "F4": datetime(2021, 9, 30), "G4": "xog", "H4": 0.5,
        "A5": "3.2.", "B5": "http://x.vn/a?b=1&c=2", "C5": "file:///C:/a.xlsx", "D5": "#REF!",
        "F5": "Quý III/2021", "G5": "Hoàn thành", "H5": 1,
        "A6": 3.3, "B6": "<b>&amp; _x0041_ \nhai", "C6": "VB", "D6": "MN",
        "G6": "Đang thực hiện", "H6": "80,5%",
    }  # fmt: skip


def test_the_units_own_facts_come_back_beside_their_labels(content: bytes) -> None:
    held = shown(sheets(content)["Thông tin"])
    assert {held[cell] for cell in ("A1", "A6", "A7", "A8")} == {
        "Đơn vị", "Năm kế hoạch", "Kỳ báo cáo", "Tính đến ngày",
    }  # fmt: skip
    assert (held["B1"], held["B6"], held["B7"]) == ("Trường Mầm non Tân Tiến", "2021", "Quý II/2021")


def test_remarks_come_first_and_say_where(content: bytes) -> None:
    """Title, counts and a line each, as the button `Kiểm tra` lists them."""
    sheet = next(iter(sheets(content).values()))
    assert sheet.title == "Kết quả kiểm tra"
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert [row[0] for row in rows[:3]] == [
        "KẾT QUẢ KIỂM TRA",
        "Tính đến 30/06/2021 · 3 nhiệm vụ. Kết quả: 4 lỗi, 3 cảnh báo, 1 gợi ý, 0 đã giải trình.",
        "Các trang sau giữ nguyên nội dung của tệp bang.xlsx đã nhận; ô cần xem được tô màu. "
        "Đơn vị sửa trong tệp gốc của mình rồi gửi lại.",
    ]
    assert rows[3] == ["STT", "Mức độ", "Ô", "Nội dung", "Cách sửa"]
    assert [tuple(row[:3]) for row in rows[4:]] == [
        (1, "Lỗi", "B4 (Thông tin)"), (2, "Lỗi", "G4"), (3, "Lỗi", "D5"), (4, "Lỗi", "F6"),
        (5, "Cảnh báo", "–"), (6, "Cảnh báo", "I5"), (7, "Cảnh báo", "A6"), (8, "Gợi ý", "B6"),
    ]  # fmt: skip
    assert rows[5][3:] == ['Trạng thái "xog" không có trong danh mục.', 'Chọn "Hoàn thành" (gần giống nhất).']


def test_remarks_lead_to_their_cells_which_are_coloured(content: bytes) -> None:
    held = sheets(content)
    remarks = held["Kết quả kiểm tra"]
    links = {cell.value: cell.hyperlink for row in remarks.iter_rows() for cell in row if cell.hyperlink}
    assert {text: link.location for text, link in links.items()} == {
        "B4 (Thông tin)": "'Thông tin'!B4", "G4": "'Kế hoạch'!G4", "D5": "'Kế hoạch'!D5",
        "F6": "'Kế hoạch'!F6", "I5": "'Kế hoạch'!I5", "A6": "'Kế hoạch'!A6", "B6": "'Kế hoạch'!B6",
    }  # fmt: skip
    assert {link.target for link in links.values()} == {None}
    assert {link.tooltip for link in links.values()} == {"Bấm để đến ô này"}
    plan = held["Kế hoạch"]
    assert {cell: colour(plan, cell) for cell in ("G4", "D5", "F6", "I5", "A6", "B6", "C4", "D6")} == {
        "G4": RED, "D5": RED, "F6": RED, "I5": ORANGE, "A6": ORANGE, "B6": BLUE, "C4": None, "D6": None,
    }  # fmt: skip
    assert colour(held["Thông tin"], "B4") == RED


def test_nothing_received_acts(content: bytes) -> None:
    """No formula, no link but ours, no name but those of printing, no part from outside."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    assert not [
        name for name in parts if re.search("external|hyperlink|vba|embeddings|calcChain|drawing", name)
    ]
    for name, text in parts.items():
        assert "TargetMode" not in text, name
        assert not re.search("<f[ >]", text), name
    linked = [name for name, text in parts.items() if "<hyperlink" in text]
    assert linked == ["xl/worksheets/sheet1.xml"]
    assert set(re.findall('definedName name="([^"]*)"', parts["xl/workbook.xml"])) == {
        "_xlnm.Print_Area", "_xlnm.Print_Titles",
    }  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_every_rule_colours_its_cells(rule: Rule) -> None:
    """In the rule's own examples each cell that it names is coloured, be it in the header or empty."""
    for _, table in examples(rule):
        raw = workbook(table)
        held = sheets(returned(raw))
        for finding in check(raw, as_of=AS_OF, today=TODAY).findings:
            if finding.cell and not finding.justified:
                assert colour(held[str(finding.sheet)], finding.cell) in {RED, ORANGE, BLUE}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_is_valid(tmp_path: Path, lang: str) -> None:
    """An independent validator of the file format has nothing to say."""
    path = tmp_path / "back.xlsx"
    path.write_bytes(returned(workbook(TABLE), lang))
    assert OpenXmlValidator().validate(str(path)).errors == []


def test_in_english(content: bytes) -> None:
    """The remarks are English; what was received stays as it was."""
    held = sheets(returned(workbook(TABLE), "en"))
    remarks = held["Kết quả kiểm tra"]
    assert [cell.value for cell in remarks[4]] == ["No.", "Severity", "Cell", "Finding", "What to do"]
    assert remarks["A3"].value == (
        "The sheets that follow hold what was received in bang.xlsx; the cells to look at are coloured. "
        "Please mend your own file and send it again."
    )
    assert shown(held["Kế hoạch"]) == shown(sheets(content)["Kế hoạch"])


def test_equal_input_gives_equal_bytes(content: bytes) -> None:
    assert returned(workbook(TABLE)) == content
    assert openpyxl.load_workbook(BytesIO(content)).properties.created == datetime(2021, 7, 6)


def test_each_kind_of_value_stays_what_it_is() -> None:
    """Numbers, days and times stay such where a cell can hold them, else they become text."""
    cells: tuple[Cell, ...] = (
        True, 7, 0.1, datetime(2021, 6, 30, 8, 15), date(2021, 6, 30), time(8, 30), timedelta(hours=30),
        date(1899, 5, 1), timedelta(days=-1), float("inf"), "a\x01\ud800b", "ă" * 40_000, CellError("#N/A"),
    )  # fmt: skip
    rows: list[list[Cell]] = [[*HEADERS], *([None, cell] for cell in cells)]
    raw = RawWorkbook("a.xls", (RawSheet("Bảng", rows, range(1, len(rows) + 1)),))
    sheet = sheets(returned(raw))["Bảng"]
    assert [sheet.cell(row, 2).value for row in range(2, len(rows) + 1)] == [
        True, 7, 0.1, datetime(2021, 6, 30, 8, 15), datetime(2021, 6, 30), time(8, 30), timedelta(hours=30),
        "01/05/1899", "-1 day, 0:00:00", "inf", "ab", "ă" * 32_767, "#N/A",
    ]  # fmt: skip
    assert [sheet.cell(row, 2).number_format for row in (5, 6, 7, 8)] == [
        "dd/mm/yyyy hh:mm", "dd/mm/yyyy", "hh:mm:ss", "[h]:mm:ss",
    ]  # fmt: skip


def test_shares_read_as_percentages(content: bytes) -> None:
    sheet = sheets(content)["Kế hoạch"]
    assert [sheet[cell].number_format for cell in ("H4", "H5", "H6")] == ["0%", "0%", "General"]


def test_it_reads_back_with_the_same_findings(tmp_path: Path) -> None:
    """A unit that mends this file instead of its own, and sends it again, is checked as before."""
    raw = read_workbook(sources.folder() / "papi_example.xlsx")
    path = tmp_path / "back.xlsx"
    path.write_bytes(returned(raw))
    before, after = (check(one, as_of=AS_OF, today=TODAY) for one in (raw, read_workbook(path)))
    assert after.findings == before.findings
    assert after.figures() == before.figures()
    assert sum(before.counts.values()) == 7


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_any_format_comes_back_as_xlsx(tmp_path: Path, kind: str) -> None:
    (tmp_path / "bang.xlsx").write_bytes(returned(workbook(TABLE)))
    sent = office.convert(tmp_path / "bang.xlsx", kind, tmp_path)
    held = sheets(returned(read_workbook(sent)))
    assert list(held) == ["Kết quả kiểm tra", "Kế hoạch", "Thông tin"]
    assert [held["Kế hoạch"][cell].value for cell in ("B4", "F4", "H4", "D5")] == [
        '=HYPERLINK("http://x.vn")', datetime(2021, 9, 30), 0.5, "#REF!",
    ]  # fmt: skip


def test_only_sheets_that_findings_can_stand_on() -> None:
    """Of a unit's own workbook the sheet of tasks; all of it where no table was found."""
    task = RawSheet("KH", [list(HEADERS), ["3.1.", "Họp"]], (1, 2))
    other = RawSheet("Lương", [["Nguyễn Thị Hoa", 5.0]], (1,))
    assert list(sheets(returned(RawWorkbook("a.ods", (other, task))))) == ["Kết quả kiểm tra", "KH"]
    held = sheets(returned(RawWorkbook("a.ods", (other,))))
    assert list(held) == ["Kết quả kiểm tra", "Lương"]
    assert shown(held["Lương"]) == {"A1": "Nguyễn Thị Hoa", "B1": 5}


def test_an_own_table_reads_well() -> None:
    """Titles and headings run over the empty cells beside them and make no column wide; tasks wrap."""
    table = """
        TRƯỜNG MẦM NON HOA SEN THỊ TRẤN VĂN GIANG
        STT | Nội dung | Chủ trì | Thời gian
        III. Trách nhiệm giải trình với người dân
        1 | Họp phụ huynh cuối năm học | MN | Năm 2021
        Nơi nhận: | | | HIỆU TRƯỞNG
        """
    sheet = sheets(returned(workbook(table)))["Bảng"]
    wraps = [sheet[cell].alignment.wrap_text for cell in ("A1", "A2", "A3", "A4", "B4", "A5")]
    assert wraps == [None, True, None, True, True, None]
    assert [sheet[cell].font.bold for cell in ("A1", "A2", "A3", "A4")] == [False, True, True, False]
    assert sheet.column_dimensions["A"].width < sheet.column_dimensions["B"].width
    assert [sheet[cell].border.left.style for cell in ("A2", "A3", "D4", "A5")] == [
        "thin",
        None,
        "thin",
        None,
    ]
    assert colour(sheet, "A2") == RED  # a column is missing
    assert sheet.freeze_panes == "A3"
    assert sheet.print_title_rows == "$2:$2"


def test_nothing_to_mend_is_not_asked_for() -> None:
    table = "\n".join(f"{n}.1. | Việc {n} | VB | MN | | Quý IV/2021 | Đang thực hiện" for n in range(1, 9))
    sheet = sheets(returned(workbook(table)))["Kết quả kiểm tra"]
    assert str(sheet["A2"].value).endswith("Không có lỗi, không có cảnh báo.")
    assert str(sheet["A3"].value).endswith("ô cần xem được tô màu.")


def test_names_of_sheets_that_excel_refuses() -> None:
    """They are cut, cleaned and told apart; links follow."""
    names = [
        "Kết quả kiểm tra",
        "KẾT QUẢ KIỂM TRA",
        "a/b:c",
        "a-b-c",
        "'x'",
        "'",
        "N" * 40,
        "😀" * 20,
        "History",
    ]
    assert list(returns.sheet_names(names).values()) == [
        "Kết quả kiểm tra (2)", "KẾT QUẢ KIỂM TRA (3)", "a-b-c", "a-b-c (2)", "x", "Nhiệm vụ", "N" * 31,
        "😀" * 15, "History (2)",
    ]  # fmt: skip
    rows: list[list[Cell]] = [[*HEADERS], ["3.1.", "Họp", None]]
    held = sheets(returned(RawWorkbook("a.ods", (RawSheet("Năm 2021/'22'", rows, (1, 2)),))))
    assert list(held) == ["Kết quả kiểm tra", "Năm 2021-'22"]
    links = [row[2].hyperlink for row in held["Kết quả kiểm tra"].iter_rows(min_row=5) if row[2].hyperlink]
    assert {link.location for link in links} >= {"'Năm 2021-''22'!C2"}


def test_a_stray_cell_far_away_comes_back_but_is_not_printed() -> None:
    rows: list[list[Cell]] = [[*HEADERS], ["3.1.", "Họp"], [*[None] * 500, "xa"], ["dưới"]]
    held = sheets(returned(RawWorkbook("a.xlsx", (RawSheet("KH", rows, (1, 2, 3, 1_048_576)),))))["KH"]
    assert (held["SG3"].value, held["A1048576"].value) == ("xa", "dưới")
    assert held.print_area == "'KH'!$A$1:$K$42"


def test_printed(tmp_path: Path) -> None:
    """Landscape A4, as wide as a page; the header stands on every page; no text is lost."""
    tasks = "\n".join(f"3.{n}. | {LONG}{n}! | VB | MN | | Quý IV/2021 | xog" for n in range(1, 61))
    path = tmp_path / "back.xlsx"
    path.write_bytes(returned(workbook(f"@sheet Kế hoạch\n{tasks}")))
    sheet = sheets(path.read_bytes())["Kế hoạch"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet["B2"].font.name == "Times New Roman"
    assert (sheet["B1"].font.bold, sheet["B1"].alignment.wrap_text) == (True, True)
    pdf = office.convert(path, "pdf", tmp_path)
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    first, *others = done.stdout.split("\f")[:-1]
    assert "KẾT QUẢ KIỂM TRA" in first
    printed = [page for page in others if re.search(r"3\.\d+\.", page)]
    assert len(printed) > 1
    assert all(re.search(r"^\s*TT .*Nội dung nhiệm vụ", page, re.MULTILINE) for page in printed)
    assert {int(found) for page in printed for found in re.findall(r"\b(\d+)!", page)} == set(range(1, 61))


@pytest.mark.parametrize(
    ("unit", "stem"),
    [
        (Unit("33/012", "Trường Mầm non Tân Tiến"), "33-012"),
        (Unit("", "Trường Mầm non Tân Tiến"), "Truong-Mam-non-Tan-Tien"),
        (Unit("", "Đồng Đăng " * 100), "Dong-Dang-Dong-Dang-Dong-Dang-Dong-Dang"),
        (Unit("", "???"), "Don-vi"),
    ],
)
def test_files_are_named_after_their_unit(unit: Unit, stem: str) -> None:
    assert returns.file_stem(unit) == stem


def test_file_names() -> None:
    """Short, without accents; equal stems are told apart, whatever their case."""
    assert returns.file_names("33-012", "Quý II/2021") == (
        "33-012_Ket-qua_Quy-II-2021.xlsx", "33-012_Tra-loi_Quy-II-2021.eml",
        "33-012_Nhac-gui_Quy-II-2021.eml",
    )  # fmt: skip
    assert returns.file_names("33-012", "").reply == "33-012_Tra-loi.eml"
    assert max(map(len, returns.file_names("N" * 40, "N" * 40))) <= 80
    assert numbered(["MN-1", "mn-1", "MN-2", "MN-1", "MN-1-2"]) == [
        "MN-1",
        "mn-1-3",
        "MN-2",
        "MN-1-4",
        "MN-1-2",
    ]
