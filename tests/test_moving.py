"""Older templates, own tables and reports moved into the template: every value has a place, none is lost."""

import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from papi_xl import schema
from papi_xl.cli import main
from papi_xl.mending.run import moved_into_template
from papi_xl.moving.parts import completed, says
from papi_xl.moving.run import Moved
from papi_xl.moving.tasks import read_tasks
from papi_xl.raw import Cell, RawSheet, RawWorkbook
from papi_xl.read import read_workbook
from papi_xl.template import sources
from papi_xl.text import shown
from tests.office import convert

BUILT = sources.folder()
OWN_WORDS = {
    ("own.xlsx", "Biểu 1", 4),
    ("own.xlsx", "Giám sát nội bộ", 1),
    ("own.ods", "Biểu 1", 4),
    ("own.ods", "Giám sát nội bộ", 1),
}
"""Header rows that are understood, by file, sheet and row: what they say is what the template says."""


def write_own(path: Path) -> None:
    """Write a clerk's own table with all that can be left over."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Biểu 1")
        sheet.write("A1", "TRƯỜNG MẦM NON HOA SEN")
        sheet.write("A2", "BIỂU NHIỆM VỤ NĂM 2026")
        sheet.write("D2", "Mã đơn vị: HS01")
        heads = ["STT", "Nội dung công việc", "Kinh phí", "Chủ trì", "Thời hạn", "Kết quả", "Tỷ lệ (%)"]
        sheet.write_row("A4", heads)
        sheet.write_row("A5", [f"({number})" for number in range(1, 8)])
        sheet.write_row("A6", ["I", "Tham gia của người dân ở cấp cơ sở"])
        sheet.write_row("A7", ["1.1", "Họp phụ huynh", 500, "Hiệu trưởng"])
        sheet.write_datetime("E7", date(2026, 9, 30), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write("F7", "Biên bản")
        sheet.write_formula("G7", "=40+40", None, 80)
        sheet.write_row("A8", [1.2, "  Niêm yết  công khai ", "=A1", "Kế toán", "Tháng 6/2026", "Bảng", 0.5])
        sheet.write_row("A11", ["1.3", "Thu gom rác", "", "Tổ CM", "Thường xuyên", "Sổ", True])
        sheet.write_row("B12", ["Tổng cộng", 500])
        sheet.write("B13", "Ghi chú: số liệu tạm tính")
        sheet.write("E14", "Hưng Yên, ngày 05 tháng 6 năm 2026")
        sheet.write("E15", "HIỆU TRƯỞNG")
        sheet.write("E17", "Nguyễn Thị B")
        side = book.add_worksheet("Giám sát nội bộ")
        side.write_row("A1", ["Hình thức", "Ngày kiểm tra", "TT nhiệm vụ", "Tồn tại, thiếu sót", "Người xem"])
        side.write_row("A2", ["Đột xuất", "1/6/2026", "1.1", "Chậm", "Bà A"])
        hidden = book.add_worksheet("Ẩn")
        hidden.hide()
        hidden.write("C3", "lưu ý riêng")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with an own table, the same in another format, and a report."""
    folder = tmp_path_factory.mktemp("nguon")
    write_own(folder / "own.xlsx")
    convert(folder / "own.xlsx", "ods", folder)
    for name in ("papi_template", "papi_example", "papi_defects"):
        shutil.copyfile(BUILT / f"{name}.xlsx", folder / f"{name}.xlsx")
    assert main(["summarize", str(folder / "papi_example.xlsx"), "-o", str(folder / "report.xlsx")]) == 0
    return folder


def moved(path: Path) -> Moved:
    return moved_into_template(read_workbook(path, everything=True))


def everything(path: Path) -> RawWorkbook:
    return read_workbook(path, everything=True)


def said(path: Path) -> list[str]:
    """Return the text of every cell of a workbook, computed figures of `Tổng hợp` aside."""
    return [
        shown(cell)
        for sheet in everything(path).sheets
        for number, row in zip(sheet.numbers, sheet.rows, strict=True)
        for column, cell in enumerate(row, start=1)
        if says(cell)
        and not (sheet.name == schema.SUMMARY and (number, column) in (sheet.formulas or ()))
        and (path.name, sheet.name, number) not in OWN_WORDS
    ]


@pytest.mark.parametrize(
    "name", ["own.xlsx", "own.ods", "papi_template.xlsx", "papi_example.xlsx", "papi_defects.xlsx"]
)
def test_nothing_is_lost(place: Path, tmp_path: Path, name: str) -> None:
    """What a cell says stands in as many cells of the new workbook at least."""
    output = tmp_path / "moi.xlsx"
    assert main(["new", "--from", str(place / name), "-o", str(output)]) == 0
    before, after = said(place / name), said(output)
    if name == "papi_defects.xlsx":
        before.remove("0")  # the version, which is the current one now
        before = [text for text in before if not text.startswith("Bản mẫu số 0.")]
    lost = [text for text in set(before) if before.count(text) > sum(text in other for other in after)]
    assert lost == []


def test_an_own_table_in_the_templates_columns(place: Path) -> None:
    """Types and texts stay; what has no column is in the notes; formulas are values."""
    found = moved(place / "own.xlsx")
    assert found.filling.tasks == (
        {"number": "I", "task": "Tham gia của người dân ở cấp cơ sở"},
        {
            "number": "1.1", "task": "Họp phụ huynh", "lead": "Hiệu trưởng", "timing": date(2026, 9, 30),
            "product": "Biên bản", "percent": 80.0, "note": "Kinh phí: 500",
        },
        {
            "number": 1.2, "task": "  Niêm yết  công khai ", "lead": "Kế toán", "timing": "Tháng 6/2026",
            "product": "Bảng", "percent": 0.5, "note": "Kinh phí: =A1",
        },
        {},
        {},
        {
            "number": "1.3", "task": "Thu gom rác", "lead": "Tổ CM", "timing": "Thường xuyên",
            "product": "Sổ", "percent": True,
        },
    )  # fmt: skip
    assert found.filling.info == {"unit": "TRƯỜNG MẦM NON HOA SEN", "unit_code": "HS01", "year": 2026}
    assert found.filling.supervision == (["1/6/2026", "Đột xuất", "1.1", "Chậm", None, None, None],)
    assert found.computed == (("Biểu 1", 7, 7),)
    assert [(one.sheet, one.row, one.said, str(one.why)) for one in found.strays[-9:]] == [
        ("Biểu 1", 12, "Tổng cộng", "no-task"),
        ("Biểu 1", 12, "500", "no-task"),
        ("Biểu 1", 13, "Ghi chú: số liệu tạm tính", "no-task"),
        ("Biểu 1", 14, "Hưng Yên, ngày 05 tháng 6 năm 2026", "no-task"),
        ("Biểu 1", 15, "HIỆU TRƯỞNG", "no-task"),
        ("Biểu 1", 17, "Nguyễn Thị B", "no-task"),
        ("Giám sát nội bộ", 1, "Người xem", "outside"),
        ("Giám sát nội bộ", 2, "Bà A", "outside"),
        ("Ẩn", 3, "lưu ý riêng", "other-sheet"),
    ]


def test_the_template_comes_back_as_it_was_filled() -> None:
    """Without strays: its own words, hints, figures and record are known."""
    found = moved(BUILT / "papi_example.xlsx")
    example = sources.example()
    assert found.strays == ()
    assert found.filling.info == example.info
    assert [{key: cell for key, cell in row.items() if cell is not None} for row in example.tasks] == list(
        found.filling.tasks
    )
    assert tuple(map(tuple, found.filling.difficulties)) == example.difficulties


def test_a_report_gives_its_tasks_and_what_it_carries(place: Path) -> None:
    """Its state and days late are worked out anew; the rest of its first sheet is listed."""
    found = moved(place / "report.xlsx")
    assert found.tasks is not None
    assert not found.tasks.noted
    assert len(found.filling.tasks) == 32
    assert found.filling.tasks[1]["number"] == "1.1."
    assert found.filling.info == {
        "unit": "Trường Mầm non Tân Tiến", "unit_code": "MN-TT", "year": 2021,
        "period": "6 tháng đầu năm 2021", "as_of": date(2021, 6, 30),
    }  # fmt: skip


def test_what_is_given_wins(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And what became of the rest is said."""
    output = tmp_path / "moi.xlsx"
    given = ["--unit", "Trường MN Sen Vàng", "--recipient", "UBND xã"]
    assert main(["new", "--from", str(place / "own.xlsx"), "-o", str(output), *given]) == 0
    heard = capsys.readouterr().out
    assert "4 nhiệm vụ" in heard
    assert "Kinh phí" in heard
    assert "Biểu 1!G7" in heard
    assert "19 ô" in heard
    info = everything(output).info
    assert (info["unit"], info["unit_code"], info["recipient"]) == ("Trường MN Sen Vàng", "HS01", "UBND xã")
    assert openpyxl.load_workbook(output)["Nhiệm vụ"]["J7"].data_type == "s"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--from", "khong-co.xlsx"], "khong-co.xlsx"),
        (["--from", "."], "thư mục"),
        (["--from", "rac.xlsx"], "rac.xlsx"),
        (["--from", "thu-chi.xlsx"], "bảng nhiệm vụ"),
        (["--from", "thu-chi.xlsx", "--blank"], "--blank"),
        (["--from", "thu-chi.xlsx", "-o", "thu-chi.xlsx", "--force"], "thu-chi.xlsx"),
    ],
)
def test_what_cannot_be_moved_is_said(
    arguments: list[str],
    word: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rac.xlsx").write_bytes(b"rac")
    with xlsxwriter.Workbook("thu-chi.xlsx") as book:
        book.add_worksheet("Thu chi").write_row("A1", ["Ngày", "Số tiền"])
    assert main(["new", "-o", "moi.xlsx", *arguments]) == 2
    assert word in capsys.readouterr().err
    assert not Path("moi.xlsx").exists()


def test_lists_that_staff_lengthened_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    book = openpyxl.load_workbook(BUILT / "papi_template_blank.xlsx")
    for row in range(13, 35):
        book[schema.LISTS].cell(row, 4).value = f"Tổ {row}"
    book.save(path)
    found = moved(path)
    assert found.filling.lists["dm_DonVi"][:2] == ("Trường MN", "Các khu tập trung")
    assert found.filling.lists["dm_DonVi"][-1] == "Tổ 34"
    assert len(found.filling.lists["dm_DonVi"]) == 30
    output = tmp_path / "moi.xlsx"
    assert main(["new", "--from", str(path), "-o", str(output)]) == 0
    assert "$D$34" in openpyxl.load_workbook(output).defined_names["dm_DonVi"].attr_text


def test_what_the_last_report_said_goes_along(tmp_path: Path) -> None:
    """The very hidden sheet that remembers it is no leftover, and is there again."""
    path, output = tmp_path / "bieu.xlsx", tmp_path / "moi.xlsx"
    book = openpyxl.load_workbook(BUILT / "papi_template_blank.xlsx")
    sheet = book.create_sheet("_papi_gui")
    sheet.append(["sent", "2021-06-30", "6 tháng", "2021-07-01"])
    sheet.sheet_state = "veryHidden"
    book.save(path)
    assert main(["new", "--from", str(path), "-o", str(output)]) == 0
    made = openpyxl.load_workbook(output)
    assert [[cell.value for cell in row] for row in made["_papi_gui"]] == [
        ["sent", "2021-06-30", "6 tháng", "2021-07-01"]
    ]
    assert made["_papi_gui"].sheet_state == "veryHidden"
    assert schema.LEFTOVERS not in made.sheetnames


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"a": 1, "c": 3}, {"a": 1, "b": 2, "c": 3, "d": 4}),
        ({"a": 1, "c": 4}, {"a": 1, "c": 4, "d": 5}),
        ({"b": 2}, {"a": 1, "b": 2, "c": 3, "d": 4}),
        ({"c": 2}, {"c": 2, "d": 3}),
        ({}, {"a": 1, "b": 2, "c": 3, "d": 4}),
    ],
)
def test_columns_without_their_header_are_known_by_their_neighbours(
    known: dict[str, int], expected: dict[str, int]
) -> None:
    assert completed("abcd", known, {at: key for key, at in known.items()}, 5) == expected


TASKS = (
    ("3.", "Trách nhiệm giải trình với người dân"),
    ("3.1.", "Họp phụ huynh", "Biên bản", "Trường MN", "Công đoàn", "Quý II", "Hoàn thành", 1.0, "BB số 1"),
    ("3.2.", "Hộp thư góp ý", "Sổ", "Kế toán", "Tổ CM", "30/9/2021", "Đang thực hiện", "50%", ""),
)


def read_headless(*rows: tuple[Cell, ...]) -> dict[str, int] | None:
    """Return where the columns of the template's sheet are found when its header row is gone."""
    sheet = RawSheet(schema.TASKS, [list(row) for row in rows], range(4, 4 + len(rows)))
    tasks = read_tasks(RawWorkbook("bieu.xlsx", (sheet,)), sheet)
    return dict(tasks.table.columns) if tasks else None


def test_a_column_put_in_is_told_where_the_headers_were_lost() -> None:
    assert read_headless(*TASKS) == dict(zip(schema.KEYS, range(1, 12), strict=True))
    wider = [(*row[:2], "5 triệu" if row is TASKS[1] else "", *row[2:]) for row in TASKS]
    found = read_headless(*wider)
    assert found == dict(zip(schema.KEYS, (1, 2, *range(4, 13)), strict=True))


def test_columns_that_hold_something_else_are_not_taken_for_the_template_s() -> None:
    foreign = [(*row[:2], *("khác",) * 9) if len(row) > 2 else row for row in TASKS]
    assert read_headless(*foreign) is None
