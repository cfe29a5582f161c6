"""The consolidated workbook on paper, as LibreOffice prints it: pages, numbers, nothing cut off."""

import random
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import xlwings as xw

from papi_xl import schema
from papi_xl.consolidated import Consolidated, Line
from papi_xl.write_consolidated import write
from papi_xl.writing import task_rows
from tests import office
from tests.consolidations import MADE_ON, generated, overdue_of, rows_of
from tests.tables import run

WORDS = [
    "tăng", "cường", "công", "tác", "tuyên", "truyền", "phổ", "biến", "giáo", "dục", "nghiêng", "Trường",
    "HIỆU", "TRƯỞNG", "UBND", "15/KH-MN", "30/6/2021", "https://van-giang.hungyen.gov.vn/papi_2021/bao-cao",
]  # fmt: skip


def texts(chance: random.Random, longest: int) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randrange(1, longest)))


@pytest.fixture(scope="module")
def long_texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One unit whose 120 tasks have cells of any length, rendered where files are read."""
    chance = random.Random(7)  # noqa: S311 - made-up texts
    rows = [
        f"{n % 8 + 1}.{n // 8 + 1}. | {texts(chance, 60)} | {texts(chance, 12)} | {texts(chance, 5)} | "
        f"{texts(chance, 9)} | Tháng 5/2021 | Đang thực hiện | 80,5% | {texts(chance, 9)} | "
        f"{texts(chance, 7)}"
        for n in range(120)
    ]
    result = run("\n".join(rows))
    assert result.batch is not None
    lines, total = result.figures()
    made = generated(1, periods=1)
    first = made.lines[0]
    line = replace(first, received=replace(first.received, lines=lines, total=total))
    every, late = (rendered(result.batch, "vi")[0] for rendered in (task_rows.all_tasks, task_rows.overdue))
    path = tmp_path_factory.mktemp("long") / "long.xlsx"
    with path.open("wb") as stream:
        write(
            stream,
            replace(made, lines=(line, *made.lines[1:]), domains=lines, total=total),
            lang="vi", made_on=MADE_ON, tasks=lambda _: every, overdue=lambda _: late,
        )  # fmt: skip
    return path


@pytest.mark.parametrize("name", [schema.ALL_TASKS, schema.OVERDUE, schema.UNITS, schema.GAPS])
def test_no_row_is_lower_than_its_texts(app: xw.App, long_texts: Path, name: str) -> None:
    """LibreOffice, asked to fit the rows, makes none higher than it stands in the file."""
    book = app.books.open(str(long_texts))
    sheet = book.sheets[name]
    last = sheet.used_range.last_cell.row
    written_heights = heights(sheet, last)
    sheet.range(f"A5:A{last}").rows.autofit()
    pairs = enumerate(zip(written_heights, heights(sheet, last), strict=True), start=5)
    too_low = [row for row, (mine, fitted) in pairs if mine < fitted]
    book.close()
    assert too_low == []


def heights(sheet: xw.Sheet, last: int) -> list[float]:
    return [sheet.range(f"A{row}").row_height or 0.0 for row in range(5, last + 1)]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of each printed page for five units and three periods."""
    return pages_of(generated(5, tasks=16), tmp_path_factory.mktemp("printed"))


def pages_of(made: Consolidated, folder: Path) -> list[str]:
    path = folder / "out.xlsx"
    with path.open("wb") as stream:
        write(stream, made, lang="vi", made_on=MADE_ON, tasks=rows_of, overdue=overdue_of)
    pdf = office.convert(path, "pdf", folder)
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1]


def sheets_of(printed: list[str]) -> Iterator[list[str]]:
    """Yield the pages of each sheet: the first of each carries no number."""
    starts = [index for index, page in enumerate(printed) if not re.match(r"\s*\d+\n", page)]
    for first, end in zip(starts, [*starts[1:], len(printed)], strict=True):
        yield printed[first:end]


def squeezed(page: str) -> str:
    """Return the page without spaces, which stand-in fonts put between letters too."""
    return "".join(page.split())


def test_each_sheet_counts_its_pages(printed: list[str]) -> None:
    sheets = list(sheets_of(printed))
    assert [
        next(title for title in TITLES if "".join(title.split()) in squeezed(pages[0])) for pages in sheets
    ] == TITLES
    for pages in sheets:
        numbers = [re.match(r"\s*(\d+)\n", page) for page in pages[1:]]
        assert [int(match[1]) for match in numbers if match] == list(range(2, len(pages) + 1))


TITLES = [
    "CHỈ SỐ PAPI CỦA CÁC ĐƠN VỊ", "DANH SÁCH ĐƠN VỊ ĐƯỢC TÍNH", "NHIỆM VỤ QUÁ HẠN",
    "ĐƠN VỊ THIẾU, TRỄ VÀ TỆP BỊ LOẠI", "DIỄN BIẾN QUA CÁC KỲ BÁO CÁO", "TOÀN BỘ NHIỆM VỤ CỦA CÁC ĐƠN VỊ",
]  # fmt: skip


def test_the_header_is_on_every_page_of_tasks(printed: list[str]) -> None:
    pages = list(sheets_of(printed))[-1]
    assert len(pages) > 2
    assert all("Nộidungnhiệmvụ" in squeezed(page) for page in pages)


def test_nothing_is_hidden_behind_number_signs(printed: list[str]) -> None:
    assert not [page for page in printed if "##" in page]


def test_every_unit_is_printed(printed: list[str]) -> None:
    """On the overview, on the list, and among the changes."""
    sheets = ["".join(map(squeezed, pages)) for pages in sheets_of(printed)]
    for number in range(1, 6):
        assert [f"33-0000{number}" in sheets[index] for index in (0, 1, 4, 5)] == [True] * 4


def test_many_units_print_too(tmp_path: Path) -> None:
    """104 units: a histogram, and each unit in its row."""
    text = "".join(map(squeezed, pages_of(generated(104, periods=2, tasks=1), tmp_path)))
    assert "20–dưới40%" in text
    assert all(text.count(f"33-{number:05}") >= 3 for number in range(1, 105))
    assert "##" not in text


def test_lines_without_tasks_have_no_rows() -> None:
    """A workbook whose table is empty is listed and has no rows."""
    line: Line = generated(1, periods=1, tasks=0).lines[0]
    assert rows_of(line) == ""
