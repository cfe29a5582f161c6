"""A clerk's own table, in every format: other headers and order, titles, merged groups, Roman numerals."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from papi_xl.cli import main
from papi_xl.template import sources
from tests.office import convert
from tests.test_formats import cell, real, row, wide, write_xlsb

TEXT, NUMBER = 6, 5
DUE = datetime(2024, 6, 30)
ROWS: tuple[tuple[object, ...], ...] = (
    ("TRƯỜNG MẦM NON HOA SEN",),
    ("KẾ HOẠCH NÂNG CAO CHỈ SỐ PAPI NĂM 2024",),
    (),
    (
        "STT",
        "Tên nhiệm vụ",
        "Cơ quan chủ trì",
        "Sản phẩm, kết quả",
        "Thời hạn hoàn thành",
        "Tiến độ",
        "Phối hợp",
    ),
    ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"),
    ("III. Trách nhiệm giải trình với người dân",),
    (1, "Họp phụ huynh", "Hiệu trưởng", "Biên bản", DUE, "Hoàn thành", "Công đoàn"),
    (2, "Hòm thư góp ý", None, "Hòm thư", "Trước 30/9/2024", "xog", None),
    ("VII. Quản trị môi trường",),
    (1, "Trồng cây", "Đoàn TN", None, "31/12/2025", "Đang triển khai", "Đoàn TN"),
    (1.5, "Phân loại rác", "Trường MN", "Ảnh", "Thường xuyên", "Chưa thực hiện", None),
    ("Tổng cộng", None, None, 3),
    ("Nơi nhận:", None, None, None, "HIỆU TRƯỞNG"),
    ("Lưu: VT.", "Nguyễn Thị Hoa"),
)
MERGED = {5: "A6:G6", 8: "A9:G9"}
FOUND = [
    "domain-missing None", "number-not-text A7", "number-not-text A8", "lead-missing C8", "overdue E8",
    "status-unknown F8", "number-not-text A10", "product-missing D10", "due-outside-plan E10",
    "lead-is-partner G10", "number-not-text A11",
]  # fmt: skip
KINDS = ("xlsx", "xlsm", "xls", "ods", "xlsb")


def write_xlsx(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet("KH 2024"), book.add_format({"num_format": "dd/mm/yyyy"})
        for index, values in enumerate(ROWS):
            for column, value in enumerate(values):
                sheet.write(index, column, value, day if isinstance(value, datetime) else None)
        for index, area in MERGED.items():
            sheet.merge_range(area, ROWS[index][0])


def write_binary(path: Path) -> None:
    """Write the table as .xlsb, which LibreOffice cannot; its one date is text, for want of styles."""

    def made(column: int, value: object) -> bytes:
        if isinstance(value, int | float):
            return cell(NUMBER, column, real(value))
        return cell(TEXT, column, wide("30/6/2024" if value == DUE else str(value)))

    rows = [
        row(number, *(made(column, value) for column, value in enumerate(values) if value is not None))
        for number, values in enumerate(ROWS)
    ]
    write_xlsb(path, *rows)


def with_macros(source: Path, target: Path) -> None:
    """Copy a workbook as one that may hold macros."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            plain = b"officedocument.spreadsheetml.sheet.main+xml"
            new.writestr(name, old.read(name).replace(plain, b"ms-excel.sheet.macroEnabled.main+xml"))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The table in every format, in one folder."""
    folder = tmp_path_factory.mktemp("own")
    write_xlsx(folder / "bang.xlsx")
    with_macros(folder / "bang.xlsx", folder / "bang.xlsm")
    convert(folder / "bang.xlsx", "xls", folder)
    convert(folder / "bang.xlsx", "ods", folder)
    write_binary(folder / "bang.xlsb")
    yield folder
    shutil.rmtree(folder)


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    main([*argv, "--format", "json"])
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_findings_in_every_format(
    files: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each finding stands at the cell that a person would point at, whatever the file's format."""
    found = run(capsys, "check", str(files / f"bang.{kind}"), "--as-of", "1/10/2024")
    assert [f"{one['rule']} {one['cell']}" for one in found["findings"]] == FOUND
    assert found["counts"] == {"error": 3, "warning": 8, "info": 0, "justified": 0}
    assert {one["sheet"] for one in found["findings"] if one["cell"]} <= {"KH 2024", "Trang"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_figures_in_every_format(
    files: Path, kind: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Worked out by hand: two tasks of domain 3, one of 7, and 1.5 by its number of domain 1."""
    made = run(
        capsys, "summarize", str(files / f"bang.{kind}"), "--as-of", "1/10/2024", "--allow-errors",
        "-o", str(tmp_path / "ra.xlsx"),
    )  # fmt: skip
    lines = {line["domain"]: line for line in made["domains"]}
    assert {number: line["tasks"] for number, line in lines.items() if line["tasks"]} == {1: 1, 3: 2, 7: 1}
    assert (lines[3]["done"], lines[3]["overdue"], lines[3]["completion"]) == (1, 1, 0.5)
    assert (lines[7]["in_progress"], lines[7]["as_reported"], lines[7]["completion"]) == (1, 1, 0)
    assert (lines[1]["not_started"], lines[1]["recurring"]) == (1, 1)
    assert (made["total"]["tasks"], made["total"]["completion"]) == (4, 0.25)


PLAN_HEADERS = ("TT", "Nội dung", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian")


def test_the_plans_bare_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The plan's own six columns, headings without progress columns: a task table without findings."""
    path = tmp_path / "ke-hoach.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, PLAN_HEADERS)
        for index, task in enumerate(sources.plan().tasks, start=1):
            sheet.write_row(index, 0, list(task.values())[:6])
    found = run(capsys, "check", str(path))
    assert found["findings"] == []
    made = run(capsys, "summarize", str(path), "-o", str(tmp_path / "ra.xlsx"))
    assert [line["tasks"] for line in made["domains"]] == [1, 1, 2, 5, 2, 4, 1, 1]
    assert made["total"]["unreported"] == made["total"]["recurring"] == 17
