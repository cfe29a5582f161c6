"""The consolidated workbook as a file: valid, values only, printable, and read back as it was meant."""

import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator
from python_calamine import CalamineWorkbook

from papi_xl import schema
from papi_xl.completion import Figures
from papi_xl.consolidated import Consolidated, Line, Unit
from papi_xl.errors import PapiError
from papi_xl.refusals import explain
from papi_xl.write_consolidated import fits, write, write_parquet
from papi_xl.writing import streamed
from papi_xl.writing.cells import ROW, number_cell, row, text_cell
from tests.consolidations import MADE_ON, NOW, TASK, figures, generated, overdue_of, rows_of, small

FORMULA = '=HYPERLINK("http://x.vn")'
SHEETS = [
    "Tổng hợp", "Đơn vị", "Nhiệm vụ quá hạn", "Thiếu – trễ – loại", "Diễn biến", "Toàn bộ nhiệm vụ", "_papi",
]  # fmt: skip


def written(
    made: Consolidated,
    *,
    lang: str = "vi",
    tasks: Callable[[Line], str] = rows_of,
    most_rows: int | None = None,
    rows_beside: str | None = None,
) -> bytes:
    stream = BytesIO()
    write(
        stream, made, lang=lang, made_on=MADE_ON, tasks=tasks, overdue=overdue_of, most_rows=most_rows,
        rows_beside=rows_beside,
    )  # fmt: skip
    return stream.getvalue()


@pytest.fixture(scope="module")
def book() -> bytes:
    return written(small())


@pytest.fixture(scope="module")
def sheets(book: bytes) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(BytesIO(book)).worksheets}


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def shown(sheet: Worksheet, first: int, last: int) -> list[list[object]]:
    """Return the cells of some rows, without the empty ones at the end."""
    return [[cell.value for cell in cells] for cells in sheet.iter_rows(first, last)]


@pytest.mark.no_cover
@pytest.mark.parametrize(("units", "periods"), [(1, 1), (5, 3), (41, 2)])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_is_valid(tmp_path: Path, units: int, periods: int, lang: str) -> None:
    """An independent validator of the file format has nothing to say."""
    path = tmp_path / "out.xlsx"
    path.write_bytes(written(generated(units, periods=periods), lang=lang))
    assert OpenXmlValidator().validate(str(path)).errors == []


def test_nothing_received_is_valid_too(tmp_path: Path) -> None:
    """The sheets say that there is nothing."""
    made = generated(1, periods=1)
    none = replace(made, lines=(), missing=(), rejected=(), total=Figures(None))
    path = tmp_path / "out.xlsx"
    path.write_bytes(written(none))
    assert OpenXmlValidator().validate(str(path)).errors == []
    book = openpyxl.load_workbook(path)
    said = "Chưa có tệp nào được tính. Xem lý do ở trang “Thiếu – trễ – loại”."
    assert said in [cell.value for cell in book["Tổng hợp"]["A"]]
    assert book["Đơn vị"]["A4"].value == said
    assert book["Nhiệm vụ quá hạn"]["A4"].value == "Không có nhiệm vụ quá hạn."
    assert book["Toàn bộ nhiệm vụ"]["A4"].value == "Không có nhiệm vụ."


def test_sheets(sheets: dict[str, Worksheet]) -> None:
    assert list(sheets) == SHEETS
    assert {sheet.sheet_state for sheet in sheets.values()} == {"visible", "veryHidden"}
    assert sheets["_papi"].sheet_state == "veryHidden"


def test_no_trend_with_one_period() -> None:
    book = openpyxl.load_workbook(BytesIO(written(generated(2, periods=1))))
    assert book.sheetnames == [name for name in SHEETS if name != "Diễn biến"]


def test_domains_and_units(sheets: dict[str, Worksheet]) -> None:
    """Figures are numbers that can be calculated with; without tasks there is a dash, not 0 %."""
    sheet = sheets["Tổng hợp"]
    rows = {(values[1], values[2]): values for values in sheet.iter_rows(values_only=True)}
    third = pytest.approx(1 / 3)
    domain = rows["Tham gia của người dân ở cấp cơ sở", None]
    assert domain[:8] == ("1", "Tham gia của người dân ở cấp cơ sở", None, 8, 2, 3, 0.25, 0.625)
    assert rows["Quản trị môi trường", None][3:8] == (0, 0, 0, "–", "–")
    assert list(rows["Tổng cộng", None][3:8]) == [9, 3, 3, third, pytest.approx(2 / 3)]
    unit = rows["33-001", "Trường Mầm non Hoa Sen"]
    assert list(unit) == [1, "33-001", "Trường Mầm non Hoa Sen", third, *"––––––", 1, 4, 2, 1, 0.5, 0.75]


def test_list_of_units(sheets: dict[str, Worksheet]) -> None:
    sheet = sheets["Đơn vị"]
    assert sheet["A4"].value == "TT"
    first, second = shown(sheet, 5, 6)
    assert first == [
        1, "33-001", "Trường Mầm non Hoa Sen", NOW, datetime(2021, 7, 5, 8, 30), "hoa sen.xlsx", "Báo cáo",
        4, 2, 2, 0, 0, 0, 1, 0, 0.5, 0.75, 0, 4, "Đạt yêu cầu", None,
    ]  # fmt: skip
    assert second[-4:] == [2, 4, "Còn lỗi", "Có"]
    assert sheet["E5"].number_format == "dd/mm/yyyy hh:mm"
    assert sheet["P5"].number_format == "[=0]0%;[=1]0%;0.0%"
    assert sheet.max_row == 6


def test_tasks_stand_by_their_units(sheets: dict[str, Worksheet]) -> None:
    sheet = sheets["Toàn bộ nhiệm vụ"]
    rows = shown(sheet, 5, 13)
    assert [values[:4] for values in rows] == (
        [["33-001", "Trường Mầm non Hoa Sen", NOW, "hoa sen.xlsx"]] * 4
        + [["33-002", "Trường Mầm non Sao Mai", NOW, "sao-mai.xlsx"]] * 5
    )
    assert rows[0][4:] == [
        7, 3, "3.1.", TASK, "Văn bản chỉ đạo, hướng dẫn", "Hiệu trưởng", "Công đoàn, Đoàn thanh niên",
        "Tháng 5/2021", "Đang thực hiện", 0.805, "Công văn số 12/MN", None, "Chờ hướng dẫn của cấp trên",
        "Quá hạn", 30,
    ]  # fmt: skip
    assert (sheet.max_row, sheet.auto_filter.ref, sheet.freeze_panes) == (13, "A4:S13", "A5")


def test_overdue_tasks(sheets: dict[str, Worksheet]) -> None:
    """One of Hoa Sen, two of Sao Mai."""
    sheet = sheets["Nhiệm vụ quá hạn"]
    rows = shown(sheet, 5, 7)
    assert [values[0] for values in rows] == ["33-001", "33-002", "33-002"]
    assert rows[0][4:12] == [
        3, "3.1.", TASK, "Hiệu trưởng", "Công đoàn, Đoàn thanh niên", "Tháng 5/2021",
        datetime(2021, 5, 31), 30,
    ]  # fmt: skip
    assert sheet.max_row == 7


def test_calamine_reads_the_same(book: bytes, sheets: dict[str, Worksheet]) -> None:
    other = CalamineWorkbook.from_filelike(BytesIO(book))
    for name in SHEETS:
        rows = other.get_sheet_by_name(name).to_python(skip_empty_area=False)
        mine = list(sheets[name].iter_rows(values_only=True))
        assert len(rows) == len(mine)
        for one, two in zip(rows, mine, strict=True):
            pairs = zip(one, two, strict=True)
            assert all(first == second or (first == "" and second is None) or _day(first, second)
                       for first, second in pairs)  # fmt: skip


def _day(first: object, second: object) -> bool:
    return isinstance(second, datetime) and first == (second.date() if isinstance(first, date) else second)


def test_holds_values_only(book: bytes) -> None:
    """No formula, link, macro or reference to anything outside, whatever the texts look like."""
    unit = Unit(FORMULA, "+84", "@x", date(2021, 7, 10))
    made = small()
    lines = (replace(made.lines[0], unit=unit, period="-1+2"), *made.lines[1:])
    evil = written(
        replace(made, lines=lines, period="-1+2", missing=(unit,), total=figures(None, 4, 2, 1)),
        tasks=lambda _: row(1, text_cell("http://x.vn") + number_cell(1) + text_cell("<b>&amp;")) * 4,
    )
    for content in (book, evil):
        for name, text in parts(content).items():
            assert not re.search("external|hyperlink|vba|embeddings|calcChain", name)
            assert "TargetMode" not in text, name
            if name.startswith("xl/worksheets/sheet"):
                assert not re.search("<f[ >]|<hyperlink", text), name
    found = openpyxl.load_workbook(BytesIO(evil))
    cells = [found["Toàn bộ nhiệm vụ"].cell(5, column) for column in (1, 2, 3, 5, 7)]
    assert [cell.value for cell in cells] == [FORMULA, "+84", "-1+2", "http://x.vn", "<b>&amp;"]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert found["Đơn vị"]["B5"].value == found["Tổng hợp"].cell(_row(found["Tổng hợp"], "+84"), 2).value


def _row(sheet: Worksheet, text: str) -> int:
    return next(cell.row for cells in sheet.iter_rows() for cell in cells if cell.value == text)


@pytest.mark.parametrize("name", SHEETS[:-1])
def test_page(sheets: dict[str, Worksheet], name: str) -> None:
    """A4 landscape, margins 20/20/30/15 mm, one page wide."""
    sheet = sheets[name]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    margins = sheet.page_margins
    millimetres = [round(inch * 25.4) for inch in (margins.top, margins.bottom, margins.left, margins.right)]
    assert millimetres == [20, 20, 30, 15]
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows


def test_every_cell_is_in_times_new_roman(sheets: dict[str, Worksheet]) -> None:
    fonts = {cell.font.name for name in SHEETS for cells in sheets[name].iter_rows() for cell in cells}
    assert fonts == {"Times New Roman"}


def test_charts_are_native_and_hold_their_values(book: bytes) -> None:
    """All domains and each unit as bars, and two charts of lines."""
    charts = {name: text for name, text in parts(book).items() if name.startswith("xl/charts/chart")}
    kinds = [re.findall("<c:(bar|line)Chart>", text)[0] for text in charts.values()]
    assert kinds == ["bar", "bar", "line", "line"]
    units = charts["xl/charts/chart2.xml"]
    assert "<c:v>Trường Mầm non Sao Mai</c:v>" in units
    assert "<c:v>0.2</c:v>" in units


def test_many_units_are_a_histogram() -> None:
    content = parts(written(generated(41, periods=1)))
    assert '<c:barDir val="col"/>' in content["xl/charts/chart2.xml"]
    assert "<c:v>20 – dưới 40 %</c:v>" in content["xl/charts/chart2.xml"]


def test_meta(sheets: dict[str, Worksheet]) -> None:
    pairs = {str(key): value for key, value in sheets["_papi"].iter_rows(values_only=True)}
    assert pairs == {
        "kind": "consolidated", "template_version": "1", "unit": "", "unit_code": "", "year": "2021",
        "period": NOW, "as_of": "2021-06-30", "made_at": "2021-07-20", "digest": "",
    }  # fmt: skip


def test_equal_input_gives_equal_bytes(book: bytes) -> None:
    assert written(small()) == book


def test_the_file_names_no_system_and_no_time(book: bytes) -> None:
    with zipfile.ZipFile(BytesIO(book)) as package:
        entries = package.infolist()
    assert {(entry.create_system, entry.date_time) for entry in entries} == {(0, (1980, 1, 1, 0, 0, 0))}
    assert "2021-07-20T00:00:00Z" in parts(book)["docProps/core.xml"]


@pytest.mark.parametrize(("beside", "said"), [("kq.parquet", "kq.parquet bên cạnh."), (None, "từng phần.")])
def test_more_tasks_than_a_sheet_holds(beside: str | None, said: str) -> None:
    """They are left out, and the sheet says so; overdue ones that fit are there."""
    made = small()
    assert fits(made, most_rows=9)
    assert not fits(made, most_rows=8)
    book = openpyxl.load_workbook(BytesIO(written(made, most_rows=8, rows_beside=beside)))
    assert str(book["Toàn bộ nhiệm vụ"]["A4"].value).endswith(said)
    assert book["Toàn bộ nhiệm vụ"].max_row == 4
    assert book["Nhiệm vụ quá hạn"].max_row == 7


def test_rows_and_figures_must_agree() -> None:
    """Rows that are not those of the figures would make a wrong file."""
    with pytest.raises(ValueError, match="count=9"):
        written(small(), tasks=lambda line: rows_of(line) + row(1, text_cell("x")))


def test_parquet(tmp_path: Path) -> None:
    """Typed columns by the schema's keys; what is no percentage keeps its text."""
    path = tmp_path / "out.parquet"

    def tasks(line: Line) -> str:
        first, *rest = rows_of(line).split(ROW)[1:]
        return (
            ROW
            + first.replace(number_cell(0.805, "percent"), text_cell("abc", "centre"))
            + "".join(ROW + one for one in rest)
        )

    with path.open("wb") as stream:
        write_parquet(stream, small(), "vi", tasks)
    frame = pd.read_parquet(path)
    assert list(frame.columns) == ["unit_code", "unit", "period", "file", *schema.TASK_ROW, "percent_text"]
    assert frame["unit_code"].tolist() == ["33-001"] * 4 + ["33-002"] * 5
    assert frame["percent"].isna().tolist() == [True, False, False, False, True, False, False, False, False]
    assert frame.loc[0, "percent_text"] == "abc"
    assert {key: str(frame[key].dtype) for key in ("row", "domain", "percent", "days_late")} == {
        "row": "int32", "domain": "int8", "percent": "float64", "days_late": "int32",
    }  # fmt: skip
    assert (frame.loc[1, "task"], frame.loc[1, "row"]) == (TASK, 7)
    assert frame["note"].isna().all()


def test_parquet_wants_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has not installed it is told what to type."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(PapiError) as caught:
        write_parquet(BytesIO(), small(), "vi", rows_of)
    assert caught.value.code == "parquet-package-missing"
    assert "pip install pyarrow" in explain(caught.value, "vi")


def test_a_giant_is_written_with_extensions() -> None:
    """A sheet above the limit is written anew, from where the stream stood, with zip's 64-bit fields."""
    shell = BytesIO()
    write(shell, small(), lang="vi", made_on=MADE_ON, tasks=rows_of, overdue=overdue_of)
    filling = {"xl/worksheets/sheet6.xml": streamed.Filling((), 12, 18)}
    plain, extended = BytesIO(b"abc"), BytesIO(b"abc")
    for stream, limit in ((plain, 10**6), (extended, 1000)):
        stream.seek(3)
        streamed.write(stream, shell.getvalue(), filling, greatest_part=limit)
    assert extended.getvalue()[:3] == b"abc"
    assert len(extended.getvalue()) == len(plain.getvalue()) + 20
    assert parts(plain.getvalue()[3:]) == parts(extended.getvalue()[3:])
