"""The template workbook: sheets, table, dropdowns, messages, marks and page set-up that staff rely on."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from functools import cache

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from papi_xl import schema
from papi_xl.errors import OutputError
from papi_xl.raw import CellError
from papi_xl.template import formulas, formulas_rows, formulas_timing, sources
from papi_xl.template.filling import Filling, cell_of
from papi_xl.template.helper_rows import LAST_READ
from papi_xl.template.styles import CHECK_MARKS, MARKS
from papi_xl.template.workbook import template_bytes, write_template

MM = 25.4
EXCEL_2010 = {
    "AND", "CHAR", "COUNTA", "COUNTIFS", "DATE", "DAY", "EXACT", "FIND", "IF", "IFERROR", "INDEX", "INT",
    "ISNUMBER", "LEFT", "LEN", "LOWER", "MATCH", "MAX", "MID", "MOD", "MONTH", "NOT", "OR", "REPT", "RIGHT",
    "ROW", "SUBSTITUTE", "SUM", "SUMIFS", "SUMPRODUCT", "TODAY", "TRIM", "UPPER", "VALUE", "YEAR",
}  # fmt: skip


@cache
def template() -> Workbook:
    return opened(sources.plan())


@cache
def empty() -> Workbook:
    return opened(sources.blank())


def opened(filling: Filling) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(template_bytes(filling)))


def texts(book: Workbook) -> Iterator[str]:
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            yield from (str(value) for value in row if isinstance(value, str) and not value.startswith("="))


def validations(sheet: Worksheet) -> dict[str, tuple[str, str | None, bool]]:
    """Return type, source and whether it is enforced, by the column of each data validation."""
    found = {}
    for rule in sheet.data_validations.dataValidation:
        enforced = bool(rule.showErrorMessage) and rule.errorStyle in (None, "stop")
        kind = (rule.type or "any", rule.formula1, enforced)
        for area in rule.sqref.ranges:
            found[area.coord.partition(":")[0].rstrip("0123456789")] = kind
    return found


def test_the_ten_sheets_stand_in_order_and_the_last_is_very_hidden() -> None:
    assert tuple(template().sheetnames) == (
        "Hướng dẫn", "Thông tin", "Nhiệm vụ", "Giám sát", "Tuyên truyền", "Vướng mắc", "Tổng hợp",
        "Kết quả kiểm tra", "Danh mục", "_papi",
    )  # fmt: skip
    states = {sheet.title: sheet.sheet_state for sheet in template()}
    assert states.pop("_papi") == "veryHidden"
    assert set(states.values()) == {"visible"}


def test_guide_lists_and_summary_are_protected_without_a_password() -> None:
    protected = {sheet.title for sheet in template() if sheet.protection.sheet}
    assert protected == {"Hướng dẫn", "Tổng hợp", "Danh mục"}
    assert not any(template()[name].protection.password for name in protected)


def test_tasks_are_an_excel_table_without_merged_cells() -> None:
    sheet = template()["Nhiệm vụ"]
    table = sheet.tables["tblNhiemVu"]
    assert table.ref == "A4:K29"
    assert [cell.value for cell in sheet[4]] == [
        "TT", "Nội dung nhiệm vụ", "Sản phẩm", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện",
        "Trạng thái", "Tỷ lệ hoàn thành", "Minh chứng", "Ghi chú", "Giải trình",
    ]  # fmt: skip
    assert {area.coord for area in sheet.merged_cells.ranges} == {"A1:K1", "A2:K2", "A3:K3"}


def test_the_other_sections_of_the_plan_have_tables_of_their_own() -> None:
    for name, (table, headers) in schema.SIDE_TABLES.items():
        sheet = template()[name]
        assert list(sheet.tables) == [table]
        assert tuple(cell.value for cell in sheet[4]) == headers
        assert all(area.max_row < 4 for area in sheet.merged_cells.ranges)
    assert "(qua BGH)" in template()["Vướng mắc"]["A2"].value


def test_numbers_and_timings_stay_text_as_typed() -> None:
    sheet = empty()["Nhiệm vụ"]
    assert {sheet[f"{column}6"].number_format for column in "AF"} == {"@"}
    assert {sheet.column_dimensions[column].number_format for column in "AF"} == {"@"}


def test_only_the_status_must_be_one_of_its_list() -> None:
    found = validations(template()["Nhiệm vụ"])
    assert found["G"] == ("list", "dm_TrangThai", True)
    assert found["C"] == ("list", "dm_SanPham", False)
    assert found["D"] == ("list", "dm_DonVi", False)
    assert found["E"] == ("list", "dm_DonVi", False)
    assert found["F"] == ("list", "dm_ThoiGian", False)
    assert found["H"] == ("decimal", "0", False)
    assert set(found) == set("ABCDEFGHIJK")


def test_dropdowns_reach_several_hundred_rows() -> None:
    for rule in template()["Nhiệm vụ"].data_validations.dataValidation:
        assert all((area.min_row, area.max_row) == (5, 404) for area in rule.sqref.ranges)


def test_every_dropdown_has_its_list() -> None:
    names = template().defined_names
    for sheet in template():
        for rule in sheet.data_validations.dataValidation:
            assert rule.type != "list" or rule.formula1 in names
    assert names["dm_TrangThai"].attr_text == "'Danh mục'!$A$5:$A$8"
    statuses = [cell.value for (cell,) in template()["Danh mục"]["A5:A8"]]
    assert statuses == ["Hoàn thành", "Đang thực hiện", "Chưa thực hiện", "Tạm dừng"]


def test_input_messages_fit_what_excel_shows() -> None:
    for sheet in template():
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.promptTitle or "") <= 32
            assert len(rule.prompt or "") <= 255
            assert len(rule.errorTitle or "") <= 32
            assert len(rule.error or "") <= 255


def test_information_is_in_named_cells() -> None:
    names = template().defined_names
    sheet = template()["Thông tin"]
    assert names["papi_unit"].attr_text == "'Thông tin'!$B$4"
    assert names["papi_as_of"].attr_text == "'Thông tin'!$B$11"
    assert {f"papi_{field.key}" for field in schema.INFO_FIELDS} <= set(names)
    assert [sheet[f"A{row}"].value for row in (4, 5, 7, 9, 10)] == [
        "Đơn vị *", "Mã đơn vị", "Cơ quan nhận báo cáo *", "Năm kế hoạch *", "Kỳ báo cáo *",
    ]  # fmt: skip
    assert sheet["B4"].value == "Trường Mầm non Tân Tiến"
    assert sheet["B9"].value == 2021
    assert sheet["B11"].value.isoformat() == "2021-12-31T00:00:00"


def test_hidden_keys_and_values() -> None:
    pairs = {key.value: value.value for key, value in template()["_papi"]["A1:B9"]}
    assert pairs == {
        "kind": "template", "template_version": "1", "unit": "Trường Mầm non Tân Tiến", "unit_code": "",
        "year": "2021", "period": "Năm 2021", "as_of": "2021-12-31", "made_at": "", "digest": "",
    }  # fmt: skip


def test_pages_are_a4_with_the_margins_of_the_decree_and_repeat_the_header() -> None:
    for name in ("Nhiệm vụ", "Giám sát", "Tuyên truyền", "Vướng mắc"):
        sheet = template()[name]
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        margins = sheet.page_margins
        found = [round(side * MM) for side in (margins.top, margins.bottom, margins.left, margins.right)]
        assert found == [20, 20, 30, 15]
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.freeze_panes in {"C5", "A5"}


def test_everything_is_in_times_new_roman() -> None:
    fonts = {cell.font.name for sheet in template() for row in sheet["A1:P30"] for cell in row}
    assert fonts == {"Times New Roman"}


def test_everything_is_composed_vietnamese() -> None:
    assert all(unicodedata.is_normalized("NFC", text) for text in texts(template()))


def test_the_guide_explains_every_colour() -> None:
    guide = template()["Hướng dẫn"]
    legend = {row[0].fill.fgColor.rgb for row in guide.iter_rows(max_col=1)} - {"00000000"}
    legend |= {rule.dxf.fill.bgColor.rgb for area in guide.conditional_formatting for rule in area.rules}
    colours = {f"FF{mark['bg_color'][1:]}" for mark in MARKS.values() if "bg_color" in mark}
    colours |= {f"FF{colour[1:]}" for colour in CHECK_MARKS.values()}
    assert legend == colours
    assert len(colours) == 10


def test_marks_of_overlapping_areas_would_hide_each_other_in_libreoffice() -> None:
    areas = [area for found in template()["Nhiệm vụ"].conditional_formatting for area in found.sqref.ranges]
    assert sorted(area.coord for area in areas) == [
        "A5:A404", "B5:D404", "E5:E404", "F5:G404", "H5:H404", "I5:K404",
    ]  # fmt: skip


def test_rows_grow_with_what_is_typed_into_them() -> None:
    with zipfile.ZipFile(io.BytesIO(template_bytes(sources.plan()))) as parts:
        content = parts.read("xl/worksheets/sheet3.xml").decode()
    header, task = (re.findall(rf'<row r="{row}"[^>]*>', content)[0] for row in (4, 6))
    assert 'customHeight="1"' in header
    assert " ht=" in task
    assert "customHeight" not in task


def test_the_plan_gives_seventeen_tasks_under_eight_domains() -> None:
    numbers = [row["number"] for row in sources.plan().tasks]
    assert numbers == [
        "1.", "1.1.", "2.", "2.1.", "3.", "3.1.", "3.2.", "4.", "4.1.", "4.2.", "4.3.", "4.4.", "4.5.", "5.",
        "5.2.", "5.3.", "6.", "6.1.", "6.2.", "6.3.", "6.4.", "7.", "7.1.", "8.", "8.1.",
    ]  # fmt: skip


def test_the_plan_keeps_its_wording_and_says_what_was_supplied() -> None:
    rows = {row["number"]: row for row in sources.plan().tasks}
    assert rows["2.1."]["task"].startswith("Thực hiện đúng, đủ việc công khai, minh bạch")  # type: ignore[union-attr]
    assert "hực hiện dân chủ ở trường" in str(rows["2.1."]["task"])
    assert "tạo điều kiện đẻ học sinh bộc lộ tư duy" in str(rows["6.1."]["task"])
    assert rows["5.3."]["task"] == "Ứng dụng CNTT trong giải quyết thủ tục hành chính"
    assert rows["1.1."]["product"] == "Thông báo"
    assert rows["6.4."]["product"] == "Văn bản chỉ đạo, quy chế"
    assert rows["3.1."]["note"] is None
    assert rows["1.1."]["note"] == (
        "Nội dung lấy từ mục II.1.a của Kế hoạch; chủ trì bổ sung theo các dòng khác."
    )
    tasks = [row for row in sources.plan().tasks if row.get("lead")]
    assert {row["lead"] for row in tasks} == {"Trường MN"}
    assert {row["timing"] for row in tasks} == {"Thường xuyên"}
    assert {row["status"] for row in tasks} == {"Chưa thực hiện"}


def test_the_empty_template_has_room_under_each_domain() -> None:
    rows = sources.blank().tasks
    assert len(rows) == 40
    assert [row["task"] for row in rows if row][6] == "Quản trị môi trường"
    assert rows[1:5] == ({}, {}, {}, {})


def test_text_is_never_taken_for_a_formula_or_link() -> None:
    tasks = (
        {"number": "1.1.", "task": "=1+1", "evidence": "http://example.com", "note": CellError("#REF!")},
    )
    sheet = opened(Filling(info={}, tasks=tasks))["Nhiệm vụ"]
    assert (sheet["B5"].value, sheet["B5"].data_type) == ("=1+1", "s")
    assert (sheet["I5"].value, sheet["I5"].hyperlink) == ("http://example.com", None)
    assert (sheet["J5"].value, sheet["J5"].data_type) == ("=#REF!", "f")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("3.1.", "3.1."),
        ("0.5", 0.5),
        ("60", 60),
        ("'0,25", "0,25"),
        ("'60", "60"),
        ("", None),
        ("80%", "80%"),
    ],
)
def test_cells_of_the_sources(text: str, cell: object) -> None:
    assert cell_of(text) == cell
    assert type(cell_of(text)) is type(cell)


def test_a_folder_that_does_not_take_the_file_is_an_output_error() -> None:
    with pytest.raises(OutputError):
        write_template(sources.folder() / "nowhere" / "x.xlsx", sources.blank())


def test_formulas_use_what_excel_2010_and_libreoffice_know() -> None:
    for sheet in (template()["Tổng hợp"], template()["Nhiệm vụ"]):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert_plain(str(cell.value))


def assert_plain(formula: str) -> None:
    code = re.sub(r'"[^"]*"', '""', formula)
    assert set(re.findall(r"([A-Z0-9.]+)\(", code)) <= EXCEL_2010
    assert len(formula) <= 8192
    depth = deepest = 0
    for char in code:
        depth += (char == "(") - (char == ")")
        deepest = max(deepest, depth)
    assert depth == 0
    assert deepest <= 64


def test_a_reading_column_refers_to_its_own_row_and_the_one_above() -> None:
    letters, fixed = {"x": "T", "y": "U"}, {"as_of": "$R$2"}
    found = formulas.resolve("IF([^x]<[as_of],<task>,[y])", 7, letters, fixed)
    assert found == "=IF($T6<$R$2,INDEX('Nhiệm vụ'!$B:$B,ROW()),$U7)"
    assert formulas.resolve("[^x]", 1, letters, fixed) == "=0"


def test_every_reading_column_refers_to_columns_that_exist() -> None:
    columns = (*formulas_rows.columns("K", "N"), *formulas_timing.columns())
    names = [name for name, _ in columns]
    assert len(names) == len(set(names))
    letters = dict.fromkeys(names, "A")
    fixed = {"header_row": "$R$1", "as_of": "$R$2", "plan_year": "$R$3"}
    for _, formula in columns:
        assert not re.search(r"\[\^?\w+\]|<\w+>", formulas.resolve(formula, 2, letters, fixed))
    assert LAST_READ == 404
