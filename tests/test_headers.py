"""The task table is found by its headers: by any alias, in any order, wherever it stands."""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papi_xl import headers, schema, titles
from papi_xl.raw import Area, RawSheet, RawWorkbook
from papi_xl.text import content, header_key
from tests.tables import found, workbook

ALIASES = [
    ("number", "TT"), ("number", "STT"), ("task", "Nội dung nhiệm vụ"), ("task", "Nhiệm vụ"),
    ("task", "Tên nhiệm vụ"), ("task", "Nội dung"), ("task", "Nội dung công việc"), ("product", "Sản phẩm"),
    ("product", "Kết quả"), ("product", "Sản phẩm/kết quả"), ("product", "Kết quả/Sản phẩm"),
    ("product", "Sản phẩm, kết quả"), ("lead", "Đơn vị chủ trì"), ("lead", "Chủ trì"),
    ("lead", "Cơ quan chủ trì"), ("lead", "Đơn vị thực hiện"), ("partners", "Đơn vị phối hợp"),
    ("partners", "Phối hợp"), ("partners", "Cơ quan phối hợp"), ("timing", "Thời gian thực hiện"),
    ("timing", "Thời gian"), ("timing", "Thời hạn"), ("timing", "Thời gian hoàn thành"),
    ("timing", "Thời hạn hoàn thành"), ("timing", "Hạn xử lý"), ("status", "Trạng thái"),
    ("status", "Tình trạng"), ("status", "Kết quả thực hiện"), ("percent", "Tỷ lệ hoàn thành"),
    ("percent", "Tỷ lệ"), ("percent", "Tỉ lệ"), ("percent", "% hoàn thành"), ("percent", "Tỷ lệ (%)"),
    ("evidence", "Minh chứng"), ("evidence", "Tài liệu minh chứng"), ("note", "Ghi chú"),
    ("justification", "Giải trình"), ("justification", "Lý do"),
]  # fmt: skip
OTHERS = {"task": "Nội dung", "number": "TT", "lead": "Chủ trì", "partners": "Phối hợp"}


def table_of(text: str) -> headers.Table:
    table = headers.find(workbook(text))
    assert table is not None
    return table


@pytest.mark.parametrize(("key", "alias"), ALIASES)
def test_alias(key: str, alias: str) -> None:
    """Each alias of the contract heads its column, in whatever case and accent composition."""
    others = [header for other, header in OTHERS.items() if other != key]
    for label in (alias, alias.upper(), unicodedata.normalize("NFD", alias), f" {alias}: (1)"):
        table = table_of(" | ".join([*others, label]))
        assert table.columns.get(key) == len(others) + 1


@pytest.mark.parametrize(
    ("values", "key"),
    [
        (["Hoàn thành", "Đang thực hiện"], "status"),
        (["80%", "#0.5"], "percent"),
        (["Quý II/2021", "Thường xuyên"], "timing"),
    ],
)
def test_tien_do_is_settled_by_its_values(values: list[str], key: str) -> None:
    """`Tiến độ` is status, percent or timing by what stands under it."""
    rows = "\n".join(f"1.{index} | Việc {index} | Văn bản | {value}" for index, value in enumerate(values, 1))
    assert table_of(f"TT | Nội dung | Sản phẩm | Tiến độ\n{rows}").columns[key] == 4


def test_an_ambiguous_header_takes_the_free_column() -> None:
    """Without values to tell, `Tiến độ` beside `Thời gian` is the status."""
    assert table_of("TT | Nội dung | Thời gian | Tiến độ\n1.1. | Việc").columns["status"] == 4


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("TRƯỜNG MẦM NON A", "TRƯỜNG MẦM NON A"),
        ("TRƯỜNG MẦM NON A\nĐơn vị: MN B", "MN B"),
        ("Đơn vị: %\nTRƯỜNG MẦM NON A", "TRƯỜNG MẦM NON A"),
        ("Đơn vị: triệu đồng\nTRƯỜNG MẦM NON A", "TRƯỜNG MẦM NON A"),
        ("Đơn vị: 1.000 đồng\nTRƯỜNG MẦM NON A", "TRƯỜNG MẦM NON A"),
        ("Đơn vị: ………\nTRƯỜNG MẦM NON A", "TRƯỜNG MẦM NON A"),
        ("Đơn vị: Đồng Tâm", "Đồng Tâm"),
        ("Trường hợp vướng mắc, gọi văn thư\nTRƯỜNG MẦM NON A", "TRƯỜNG MẦM NON A"),
    ],
)
def test_the_unit_of_the_titles(title: str, unit: str) -> None:
    """Units of measure, gaps and other sentences are no unit's name."""
    assert titles.named(table_of(f"{title}\nTT | Nội dung | Chủ trì | Sản phẩm"))["unit"] == unit


def test_a_code_of_the_titles() -> None:
    table = table_of("Mã đơn vị: ……\nMã trường: 0123\nTT | Nội dung | Chủ trì | Sản phẩm")
    assert titles.named(table)["unit_code"] == "0123"


def test_titles_above_and_other_order() -> None:
    table = table_of(
        """
        TRƯỜNG MẦM NON HOA SEN
        KẾ HOẠCH NĂM 2024
        Chủ trì | Thời hạn | Tên nhiệm vụ | STT
        Trường MN | Quý II | Thông báo | 1.1
        """
    )
    assert table.columns == {"lead": 1, "timing": 2, "task": 3, "number": 4}
    assert (table.header_row, table.title_year) == (3, 2024)


def test_sub_labels_belong_to_the_header() -> None:
    table = table_of(
        """
        TT | Nội dung | Sản phẩm | Chủ trì | Thời gian | Kết quả thực hiện |
           |          |          |         |           | Trạng thái | Tỷ lệ (%)
        1.1. | Thông báo | Văn bản | Trường MN | Quý II | Xong | 100
        """
    )
    assert (table.columns["status"], table.columns["percent"], table.body) == (6, 7, 2)


def test_a_header_may_name_its_columns_in_the_second_row() -> None:
    table = table_of(
        """
        TT | Nhiệm vụ | Thực hiện | | | Báo cáo |
           |          | Sản phẩm | Chủ trì | Thời hạn | Tình trạng | Tỷ lệ
        1.1. | Thông báo | Văn bản | Trường MN | Quý II | Xong | 100
        """
    )
    assert (table.header_row, table.body, len(table.columns)) == (1, 2, 7)


def test_a_result_that_is_no_status_is_a_second_product() -> None:
    rows = "TT | Nội dung | Sản phẩm | Kết quả\n1.1. | Họp | Biên bản | Báo cáo\n1.2. | Góp ý | Sổ | Kế hoạch"
    assert table_of(rows).duplicates == (("product", 4),)
    assert found(rows, "column-duplicate") == ["D1"]


@pytest.mark.parametrize(
    ("titles", "year"),
    [
        ("Văn Giang, ngày 28 tháng 12 năm 2020\nKẾ HOẠCH nâng cao chỉ số PAPI năm 2021", 2021),
        ("Kế hoạch số 12/KH-MN ngày 28/12/2020\nChỉ số PAPI 2021", 2021),
        ("Văn Giang, ngày 28 tháng 12 năm 2020", 2020),
        ("NĂM HỌC 2020-2021", None),
        ("Căn cứ Nghị định số 04/2015/NĐ-CP", None),
        ("Căn cứ Kế hoạch 55/KH-UBND ngày 12/3/2020", None),
        ("KẾ HOẠCH", None),
    ],
)
def test_the_year_of_the_titles(titles: str, year: int | None) -> None:
    """The day of signing comes last, and a school year is no plan year."""
    assert table_of(f"{titles}\nTT | Nội dung | Chủ trì | Sản phẩm").title_year == year


def test_a_start_and_an_end_are_one_timing() -> None:
    table = table_of(
        """
        TT | Nội dung | Chủ trì | Thời gian thực hiện | | Ghi chú
           |          |         | Bắt đầu | Kết thúc |
        1.1. | Thông báo | Trường MN | 1/3/2021 | 30/9/2021 |
        """
    )
    assert (table.columns["timing"], table.duplicates, table.columns["note"]) == (5, (), 6)


def test_a_first_task_without_number_is_no_header() -> None:
    table = table_of("TT | Nội dung | Sản phẩm | Chủ trì\n | Thông báo | Văn bản | Trường MN")
    assert table.body == 1


NAMES = [alias for key, alias in ALIASES if key == "task"]
LET_BY = st.sampled_from(
    ["", "", "", " ", ".", "_", "(x)", "[1]", "((a)", "(", "]", "\n", "\u200b", "\0", "x"]
)


@given(st.sampled_from(NAMES), st.data(), st.sampled_from([str, str.upper]), st.sampled_from(["NFC", "NFD"]))
def test_marks_and_brackets_anywhere_in_a_label(
    name: str, data: st.DataObject, case: Callable[[str], str], form: Literal["NFC", "NFD"]
) -> None:
    """A label is found by its letters, whatever stands between them that is no letter; with one it is not."""
    marks = [data.draw(LET_BY) for _ in range(len(name) + 1)]
    spread = "".join(mark + letter for letter, mark in zip(case(name), marks[1:], strict=True))
    label = unicodedata.normalize(form, spread + marks[0])
    rows = [[label, "Đơn vị chủ trì", "Thời gian"], ["Họp", "Trường MN", "Quý II"]]
    known = header_key(content(label)) == header_key(name)
    assert (headers.find(RawWorkbook("a", (sheet("Bảng", rows),))) is not None) == known


def test_thirty_rows_are_searched() -> None:
    header = "TT | Nội dung | Sản phẩm | Chủ trì\n1.1. | Thông báo | Văn bản | MN"
    assert headers.find(workbook("x\n" * 29 + header)) is not None
    assert headers.find(workbook("x\n" * 30 + header)) is None


def test_two_columns_beside_the_task_are_needed() -> None:
    assert headers.find(workbook("TT | Nội dung | Ngày | Kênh\n1 | a | b | c")) is None
    assert found("TT | Nội dung | Ngày | Kênh\n1 | a | b | c") == ["task-table-missing -"]


def sheet(name: str, rows: Sequence[Sequence[str | None]], **more: object) -> RawSheet:
    return RawSheet(name, rows, range(1, len(rows) + 1), **more)  # type: ignore[arg-type]


SHORT: list[list[str | None]] = [["TT", "Nội dung", "Sản phẩm"], ["1.1.", "a", "b"]]
LONG: list[list[str | None]] = [["TT", "Nội dung", "Sản phẩm", "Chủ trì"], ["1.1.", "a", "b", "c"]]


def chosen(*sheets: RawSheet) -> str:
    table = headers.find(RawWorkbook("x.xlsx", sheets))
    assert table is not None
    return table.sheet.name


def test_which_table_wins() -> None:
    """The template's own table wins, then the one with most known columns, then most rows."""
    own = {schema.TASK_TABLE: Area(1, 1, 2, 3)}
    assert chosen(sheet("a", SHORT), sheet("b", LONG)) == "b"
    assert chosen(sheet("a", SHORT, tables=own), sheet("b", LONG)) == "a"
    assert chosen(sheet("a", LONG), sheet("b", [*LONG, ["1.2.", "d", "e", "f"]])) == "b"


def test_headers_of_the_other_sheets_are_no_task_table() -> None:
    """The template's further sheets can stand alone without being taken for the task table."""
    for _, labels in schema.SIDE_TABLES.values():
        assert headers.find(workbook("@sheet x\n" + "TT | Nội dung\n")) is None
        assert headers.find(RawWorkbook("x", (sheet("x", [list(labels)]),))) is None


def test_a_year_in_the_title_settles_the_plan_year() -> None:
    text = """
        Kế hoạch số 12/KH-MN ngày 05/02/2020 về chỉ số PAPI năm 2021
        TT | Nội dung | Sản phẩm | Chủ trì | Thời gian
        1.1. | Thông báo | Văn bản | Trường MN | 30/9/2022
        """
    assert found(text, "due-outside-plan", as_of=date(2021, 1, 1)) == ["E3"]
